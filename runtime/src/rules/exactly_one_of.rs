//! `exactly_one_of(card, iban)`: on a type: one of its fields is there, and no second.
//!
//! ```
//! use palisade::rules::{Relate, exactly_one_of::ExactlyOneOf};
//!
//! const RULE: ExactlyOneOf = ExactlyOneOf::between(&["card", "iban"]).seal().into_rule();
//! assert!(RULE.holds(&(), (&Some("4111"), &None::<u8>)));
//! assert!(!RULE.holds(&(), (&Some("4111"), &Some("DE02"))));
//! ```

use std::fmt;

use super::{Parameter, Presences, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets, Relation};

/// The rule `exactly_one_of`.
#[derive(Debug, Clone, Copy)]
pub struct ExactlyOneOf {
    fields: &'static [&'static str],
}

impl ExactlyOneOf {
    /// Exactly one of these fields.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Between(Relation::ExactlyOneOf(self.fields))))
    }
}

impl Rule for ExactlyOneOf {
    fn code(&self) -> &'static str {
        "exactly_one_of"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must have exactly one of ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T, O: Presences> Relate<T, O> for ExactlyOneOf {
    #[inline]
    fn holds(&self, _value: &T, fields: O) -> bool {
        fields.count() == 1
    }
}
