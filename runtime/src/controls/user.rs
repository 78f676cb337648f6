//! `user`: a token speaks for the caller, a person. No machine may call.

use crate::policy::{Access, CallerKinds};

/// Demands that the caller is a person, for whom a token speaks.
///
/// A token speaks for its client alone where its `sub` is its `client_id` (RFC 9068, section 2.2), or where its issuer says so in
/// another way that the deployment knows.
///
/// ```
/// use palisade::{controls, policy::{Access, CallerKinds}};
///
/// assert!(matches!(controls::user(), Access::Kinds(CallerKinds::USERS)));
/// ```
#[must_use]
pub const fn user() -> Access {
    Access::Kinds(CallerKinds::USERS)
}
