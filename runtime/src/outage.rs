//! A store did not answer, or will.

use std::pin::Pin;

/// What a store answers with, once it does.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = Result<T, Outage>> + Send + 'a>>;

/// The store did not answer. A request can be neither allowed nor denied (503), a value neither accepted nor refused.
///
/// ```
/// assert_eq!(palisade::Outage.to_string(), "a store did not answer");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outage;

impl std::fmt::Display for Outage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a store did not answer")
    }
}

impl std::error::Error for Outage {}
