//! `acr = "urn:example:gold"`: the user logged in at least as strongly as this (the `acr` claim).

use crate::policy::{Access, Acr};

/// Demands a strong login; a weaker one is challenged to step up (RFC 9470).
///
/// The value is compared to the letter, unless the deployment says which are stronger
/// ([`Tokens::acr_levels`](crate::auth::Tokens::acr_levels)). A token without `acr` has reached none.
///
/// ```
/// use palisade::{controls, policy::Access};
///
/// assert!(matches!(controls::acr("urn:example:gold"), Access::Acr(acr) if acr.value() == "urn:example:gold"));
/// ```
#[must_use]
#[track_caller]
pub const fn acr(value: &'static str) -> Access {
    Access::Acr(Acr::named(value))
}
