//! The adapter for axum 0.8: the only place that knows it.

mod accept;
mod arriving;
mod greeting;
mod router;
mod serve;
#[cfg(feature = "tls")]
mod serve_tls;
mod state;
mod verify;

#[cfg(feature = "tls")]
pub(crate) use accept::Incoming;
pub use router::{Routes, not_found};
pub use serve::serve;
#[cfg(feature = "tls")]
pub use serve_tls::serve_tls;
