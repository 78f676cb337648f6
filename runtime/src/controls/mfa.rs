//! `mfa`: the user logged in with several factors (the `amr` claim, RFC 8176). In an expression, `mfa()`.

use crate::policy::Access;

/// Demands a login with several factors; another is challenged to step up (RFC 9470).
///
/// Several factors are the method `mfa`, or methods of two kinds: something known (`kba`, `pin`, `pwd`), something held (`hwk`,
/// `otp`, `pop`, `sc`, `sms`, `swk`, `tel`) and something one is (`face`, `fpt`, `iris`, `retina`, `vbm`); or an `acr` that the
/// deployment names ([`Tokens::multi_factor_acr`](crate::auth::Tokens::multi_factor_acr)). A token that says nothing of this
/// has one factor.
///
/// ```
/// use palisade::{controls, policy::Access};
///
/// assert!(matches!(controls::mfa(), Access::Mfa));
/// ```
#[must_use]
pub const fn mfa() -> Access {
    Access::Mfa
}
