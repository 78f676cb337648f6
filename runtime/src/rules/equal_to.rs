//! `equal_to(password)`: the value equals that of another field.
//!
//! ```
//! use palisade::rules::{Relate, equal_to::EqualTo};
//!
//! const RULE: EqualTo = EqualTo::between(&["password"]).seal().into_rule();
//! assert!(RULE.holds(&"secret", (&"secret",)));
//! assert!(!RULE.holds(&"secret", (&"Secret",)));
//! ```

use std::fmt;

use super::{Comparable, Parameter, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets};

/// The rule `equal_to`.
#[derive(Debug, Clone, Copy)]
pub struct EqualTo {
    fields: &'static [&'static str],
}

impl EqualTo {
    /// Equal to this field.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("equal_to")))
    }
}

impl Rule for EqualTo {
    fn code(&self) -> &'static str {
        "equal_to"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must equal ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Comparable<U>, U> Relate<T, (&U,)> for EqualTo {
    #[inline]
    fn holds(&self, value: &T, (other,): (&U,)) -> bool {
        value.equals(other)
    }
}
