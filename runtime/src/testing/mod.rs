//! For tests of those who use Palisade: real keys, real tokens, the real verifier, and a clock that moves when told.
//!
#![cfg_attr(feature = "axum", doc = include_str!("../docs/testing.md"))]

mod clock;
mod defect;
mod issuer;
mod proof;
mod server;
mod token;

pub use clock::FakeClock;
pub use defect::Defect;
pub use issuer::TestIssuer;
pub use proof::{ProofBuilder, ProofKey};
pub use server::IssuerServer;
pub use token::TokenBuilder;
