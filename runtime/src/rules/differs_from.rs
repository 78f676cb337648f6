//! `differs_from(old_password)`: the value differs from that of another field. What is absent differs from everything.
//!
//! ```
//! use palisade::rules::{Relate, differs_from::DiffersFrom};
//!
//! const RULE: DiffersFrom = DiffersFrom::between(&["oldPassword"]).seal().into_rule();
//! assert!(RULE.holds(&"new", (&"old",)));
//! assert!(!RULE.holds(&"old", (&"old",)));
//! ```

use std::fmt;

use super::{Comparable, Parameter, Relate, Rule, Sealed, fields};
use crate::{
    policy::{Facet, Facets},
    value::Value,
};

/// The rule `differs_from`.
#[derive(Debug, Clone, Copy)]
pub struct DiffersFrom {
    fields: &'static [&'static str],
}

impl DiffersFrom {
    /// Different from this field.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("differs_from")))
    }
}

impl Rule for DiffersFrom {
    fn code(&self) -> &'static str {
        "differs_from"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must differ from ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Comparable<U> + Value, U> Relate<T, (&U,)> for DiffersFrom {
    #[inline]
    fn holds(&self, value: &T, (other,): (&U,)) -> bool {
        value.is_absent() || !value.equals(other)
    }
}
