//! The adapter for axum 0.8: the only place that knows it.

mod arriving;
mod router;
mod serve;
mod state;
mod verify;

pub use router::{Routes, not_found};
pub use serve::serve;
