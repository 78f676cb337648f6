//! Deciding who may: pure, without I/O, clock, lock or allocation.

mod decide;
mod decision;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub(crate) use decide::scopes_in;
pub use decision::{Decision, Denial};
