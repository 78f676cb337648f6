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
#[expect(clippy::needless_pass_by_value, reason = "generated code passes what it just named")]
pub const fn role<R: Roles>(role: Named<R>) -> Access {
    Access::Role(Grant::new(&role))
}
