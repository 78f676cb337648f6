//! `role = Role::Support`: the caller has this role, or one that implies it.

use crate::policy::{Access, Grant, Named, Roles};

/// Demands a role of the API's catalogue.
///
/// ```
/// use palisade::{controls, policy::named, prelude::*};
///
/// #[derive(Roles)]
/// enum Role {
///     /// Helps customers.
///     #[secure("support")]
///     Support,
/// }
///
/// let access = controls::role(named(Role::Support, Role::Support as usize));
/// assert!(matches!(access, palisade::policy::Access::Role(role) if role.name() == "support"));
/// ```
#[must_use]
pub const fn role<R: Roles>(role: Named<R>) -> Access {
    Access::Role(Grant::new(&role))
}
