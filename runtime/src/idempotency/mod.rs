//! Requests that may be sent again: the first answer is kept under the client's key and given again
//! (draft-ietf-httpapi-idempotency-key-header).
//!
//! An endpoint with `idempotent` demands an `Idempotency-Key`, a text in quotes. The first request under it is carried out and
//! its answer kept; the same request gets the same answer from then on, with `Idempotent-Replayed: true`.
//!
//! | request | answer |
//! |---|---|
//! | without a key, or with one that is no text in quotes | 400 `idempotency-key` |
//! | another one, under a key that was used | 422 `idempotency-key-reused` |
//! | the same, while the first is carried out | 409 `still-running`, with `Retry-After` |
//! | when the store does not answer or is full | 503 `unavailable` |
//!
//! The body is read as a whole before it is compared, and the answer kept as a whole: a gate does not open over an endpoint that
//! takes more than 16 MiB, or answers with `Lines` or `Events`, and another stream is answered with 500.
//!
//! A key belongs to one caller and one endpoint. What the handler answers is kept, 2xx to 4xx. A request that was refused
//! before, or whose handler panicked or answered 5xx, gives its key back: the next one is the first. A handler is not stopped
//! when its client goes away, since that client will ask again.
//!
//! An answer is given again as it was, without asking the rules of objects anew, which the request itself may have changed. Who
//! may call at all, and how often, is asked each time; a caller who satisfies no longer each demand on a property that they
//! satisfied then gets 403.

mod answer;
mod keeper;
mod key;
mod memory;
mod request;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
#[cfg(test)]
mod tests;

pub use crate::Promise;
pub use answer::KeptAnswer;
pub use keeper::{Capacity, Idempotency, InvalidCapacity};
pub use key::{IDEMPOTENCY_KEY, InvalidKey, Key};
pub use request::{Fingerprint, Slot};
#[cfg(feature = "sqlite")]
pub use sqlite::Sqlite;
pub use store::{Claim, Claimed, Store, Ticket};

use http::HeaderName;

/// The header field of an answer that was given before: `true`.
///
/// ```
/// assert_eq!(palisade::idempotency::IDEMPOTENT_REPLAYED, "idempotent-replayed");
/// ```
pub const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
