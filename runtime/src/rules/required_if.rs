//! `required_if(kind == Kind::Company)`: the value is there when a condition on other fields holds.
//!
//! ```
//! use palisade::rules::{Relate, required_if::RequiredIf};
//!
//! const RULE: RequiredIf = RequiredIf::between(&["kind"]).seal().into_rule();
//! assert!(RULE.holds(&Some("DE123456789"), (&true,)));
//! assert!(!RULE.holds(&None::<u8>, (&true,)));
//! ```

use std::fmt;

use super::{Condition, Parameter, Presence, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets};

/// The rule `required_if`.
#[derive(Debug, Clone, Copy)]
pub struct RequiredIf {
    fields: &'static [&'static str],
}

impl RequiredIf {
    /// Required by a condition on these fields.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("required_if")))
    }
}

impl Rule for RequiredIf {
    fn code(&self) -> &'static str {
        "required_if"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is required by ")?;
        fields::list(f, self.fields, " and ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Presence, C: Condition> Relate<T, (&C,)> for RequiredIf {
    #[inline]
    fn holds(&self, value: &T, (condition,): (&C,)) -> bool {
        !condition.is_met() || value.is_there()
    }
}
