//! `required_with(street)`: the value is there when one of other fields is.
//!
//! ```
//! use palisade::rules::{Relate, required_with::RequiredWith};
//!
//! const RULE: RequiredWith = RequiredWith::between(&["street"]).seal().into_rule();
//! assert!(RULE.holds(&Some("Berlin"), (&Some("Unter den Linden 1"),)));
//! assert!(!RULE.holds(&None::<u8>, (&Some("Unter den Linden 1"),)));
//! ```

use std::fmt;

use super::{Parameter, Presence, Presences, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets, Relation};

/// The rule `required_with`.
#[derive(Debug, Clone, Copy)]
pub struct RequiredWith {
    fields: &'static [&'static str],
}

impl RequiredWith {
    /// Required with one of these fields.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Between(Relation::RequiredWith(self.fields))))
    }
}

impl Rule for RequiredWith {
    fn code(&self) -> &'static str {
        "required_with"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is required with ")?;
        fields::list(f, self.fields, " or ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Presence, O: Presences> Relate<T, O> for RequiredWith {
    #[inline]
    fn holds(&self, value: &T, others: O) -> bool {
        value.is_there() || others.count() == 0
    }
}
