//! `scope = Scope::OrdersWrite`: the token carries this scope.

use crate::policy::{Access, Grant, Named, Scopes};

/// Demands a scope of the API's catalogue.
///
/// ```
/// use palisade::{controls, policy::named, prelude::*};
///
/// #[derive(Scopes)]
/// enum Scope {
///     /// Read orders.
///     #[secure("orders:read")]
///     OrdersRead,
/// }
///
/// let access = controls::scope(named(Scope::OrdersRead, Scope::OrdersRead as usize));
/// assert!(matches!(access, palisade::policy::Access::Scope(scope) if scope.name() == "orders:read"));
/// ```
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "generated code passes what it just named")]
pub const fn scope<S: Scopes>(scope: Named<S>) -> Access {
    Access::Scope(Grant::new(&scope))
}
