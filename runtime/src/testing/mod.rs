//! For tests of those who use Palisade: real keys, real tokens, the real verifier, and a clock that moves when told.

mod clock;
mod issuer;
mod proof;

pub use clock::FakeClock;
pub use issuer::{TestIssuer, TokenBuilder};
pub use proof::{ProofBuilder, ProofKey};
