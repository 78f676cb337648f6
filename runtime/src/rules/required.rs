//! `required`: the value is there, although its type allows that it is not. With `on = Group`, in that group.
//!
//! ```
//! use palisade::rules::{Apply, required::Required};
//!
//! const RULE: Required = Required::new().seal().into_rule();
//! assert!(RULE.check(&Some("a title")));
//! assert!(!RULE.check(&None::<String>));
//! ```

use std::fmt;

use super::{Apply, Presence, Rule, Sealed};
use crate::policy::{Facet, Facets, Relation};

/// The rule `required`.
#[derive(Debug, Clone, Copy)]
pub struct Required;

impl Required {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Between(Relation::Required)))
    }
}

impl Rule for Required {
    fn code(&self) -> &'static str {
        "required"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is required")
    }
}

impl<T: Presence> Apply<T> for Required {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.is_there()
    }
}
