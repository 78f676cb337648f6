//! Signed requests: HTTP Message Signatures (RFC 9421), with the body bound by its digest (RFC 9530).

mod component;
mod error;
mod input;
mod key;
mod query;
mod sign;
mod signing_key;
mod structured_field;
mod verify;

pub use self::{
    error::SignatureError,
    input::{SIGNATURE, SIGNATURE_INPUT},
    key::SignatureKey,
    sign::{SignError, Signer},
    signing_key::SigningKey,
    verify::{Coverage, NeedsReplays, Signatures, SignaturesError, SignedRequest},
};

#[cfg(test)]
mod tests;
