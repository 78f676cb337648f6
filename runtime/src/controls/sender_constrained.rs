//! `sender_constrained`: a stolen credential is not enough (RFC 9449, RFC 8705). In an expression, `sender_constrained()`.

use crate::policy::Access;

/// Demands a credential that only its holder can use: a token bound to the key of a `DPoP` proof or to a TLS client certificate.
///
/// A token that is bound is always held to it, whether or not it has to be. With this, one that is not bound is refused with 401
/// and a challenge that asks for `DPoP`; an API key is refused with 403. `default(sender_constrained)` demands it everywhere.
///
/// ```
/// use palisade::{controls, policy::Access};
///
/// assert!(matches!(controls::sender_constrained(), Access::SenderConstrained));
/// ```
#[must_use]
pub const fn sender_constrained() -> Access {
    Access::SenderConstrained
}
