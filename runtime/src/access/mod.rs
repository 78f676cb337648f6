//! Deciding who may: pure, without I/O, clock, lock or allocation.

mod decide;
mod decision;
mod known;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub(crate) use decide::{Ownership, contexts, decide_property, scopes_in};
pub use decision::{Decision, Denial, Factors, GrantedScopes, Login};
pub(crate) use known::Known;
