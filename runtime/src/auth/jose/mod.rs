//! Signed tokens as such (JOSE): keys, algorithms, and the strict verification of a compact JWS.

mod algorithm;
pub(super) mod base64url;
pub(super) mod json;
pub(super) mod jwk;
pub mod jws;
mod key;
mod keys;
mod names;
mod spki;

use algorithm::{Curve, Primitive};

pub use algorithm::Algorithm;
pub use key::{Key, KeyFault};
pub use keys::{KeySetError, Keys, Skipped};
