//! `less_than(end)`: the value is below that of another field. What is absent on either side is not compared.
//!
//! ```
//! use palisade::rules::{Relate, less_than::LessThan};
//!
//! const RULE: LessThan = LessThan::between(&["end"]).seal().into_rule();
//! assert!(RULE.holds(&1, (&2,)));
//! assert!(!RULE.holds(&1, (&1,)));
//! ```

use std::fmt;

use super::{Ordered, Parameter, Relate, Rule, Sealed, fields};
use crate::{
    policy::{Facet, Facets},
    value::Value,
};

/// The rule `less_than`.
#[derive(Debug, Clone, Copy)]
pub struct LessThan {
    fields: &'static [&'static str],
}

impl LessThan {
    /// Below this field.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("less_than")))
    }
}

impl Rule for LessThan {
    fn code(&self) -> &'static str {
        "less_than"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be below ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Ordered<U> + Value, U: Value> Relate<T, (&U,)> for LessThan {
    #[inline]
    fn holds(&self, value: &T, (other,): (&U,)) -> bool {
        value.is_absent() || other.is_absent() || value.is_below(other)
    }
}
