//! `at_least_one_of(mail, phone)`: on a type: one of its fields is there, or several.
//!
//! ```
//! use palisade::rules::{Relate, at_least_one_of::AtLeastOneOf};
//!
//! const RULE: AtLeastOneOf = AtLeastOneOf::between(&["mail", "phone"]).seal().into_rule();
//! assert!(RULE.holds(&(), (&None::<u8>, &Some("+49301234"))));
//! assert!(!RULE.holds(&(), (&None::<u8>, &None::<u8>)));
//! ```

use std::fmt;

use super::{Parameter, Presences, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets, Relation};

/// The rule `at_least_one_of`.
#[derive(Debug, Clone, Copy)]
pub struct AtLeastOneOf {
    fields: &'static [&'static str],
}

impl AtLeastOneOf {
    /// At least one of these fields.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Between(Relation::AtLeastOneOf(self.fields))))
    }
}

impl Rule for AtLeastOneOf {
    fn code(&self) -> &'static str {
        "at_least_one_of"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must have at least one of ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T, O: Presences> Relate<T, O> for AtLeastOneOf {
    #[inline]
    fn holds(&self, _value: &T, fields: O) -> bool {
        fields.count() > 0
    }
}
