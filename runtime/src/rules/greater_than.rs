//! `greater_than(end)`: the value is above that of another field. What is absent on either side is not compared.
//!
//! ```
//! use palisade::rules::{Relate, greater_than::GreaterThan};
//!
//! const RULE: GreaterThan = GreaterThan::between(&["end"]).seal().into_rule();
//! assert!(RULE.holds(&2, (&1,)));
//! assert!(!RULE.holds(&1, (&1,)));
//! ```

use std::fmt;

use super::{Ordered, Parameter, Relate, Rule, Sealed, fields};
use crate::{
    policy::{Facet, Facets},
    value::Value,
};

/// The rule `greater_than`.
#[derive(Debug, Clone, Copy)]
pub struct GreaterThan {
    fields: &'static [&'static str],
}

impl GreaterThan {
    /// Above this field.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("greater_than")))
    }
}

impl Rule for GreaterThan {
    fn code(&self) -> &'static str {
        "greater_than"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be above ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Ordered<U> + Value, U: Value> Relate<T, (&U,)> for GreaterThan {
    #[inline]
    fn holds(&self, value: &T, (other,): (&U,)) -> bool {
        value.is_absent() || other.is_absent() || value.is_above(other)
    }
}
