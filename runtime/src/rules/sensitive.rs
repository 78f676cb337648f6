//! `sensitive`: the value is confidential. Its violations are reported without arguments, and documents say so.
//!
//! ```
//! use palisade::rules::{Rule, sensitive::Sensitive};
//!
//! assert!(Sensitive::new().seal().into_rule().is_sensitive());
//! ```

use super::{Apply, Rule, Sealed};
use crate::policy::{Facet, Facets};

/// The mark `sensitive`. It refuses nothing.
#[derive(Debug, Clone, Copy)]
pub struct Sensitive;

impl Sensitive {
    /// The mark; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Sensitive))
    }
}

impl Rule for Sensitive {
    fn code(&self) -> &'static str {
        "sensitive"
    }

    fn is_sensitive(&self) -> bool {
        true
    }
}

impl<T: ?Sized> Apply<T> for Sensitive {}
