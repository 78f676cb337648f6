//! `unique`: no two items of a list are equal.
//!
//! Equality is that of the decoded items, which derive `PartialEq`, `Eq` and `Hash`: two spellings of one UUID are one
//! item. Floating-point numbers have no such equality. A list that did not decode is checked once it does.
//!
//! ```
//! use palisade::rules::{Apply, unique::Unique};
//!
//! const RULE: Unique = Unique::new().seal().into_rule();
//! assert!(RULE.check(&vec!["a".to_owned(), "b".to_owned()]));
//! assert!(!RULE.check(&vec![3_u32, 1, 3]));
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::Distinct,
};

/// The rule `unique`.
#[derive(Debug, Clone, Copy)]
pub struct Unique;

impl Unique {
    /// The rule has no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Unique))
    }
}

impl Rule for Unique {
    fn code(&self) -> &'static str {
        "unique"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must not hold the same item twice")
    }
}

impl<T: Distinct + ?Sized> Apply<T> for Unique {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.is_distinct()
    }
}
