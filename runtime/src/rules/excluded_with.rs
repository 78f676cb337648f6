//! `excluded_with(card)`: the value is absent when one of other fields is there.
//!
//! ```
//! use palisade::rules::{Relate, excluded_with::ExcludedWith};
//!
//! const RULE: ExcludedWith = ExcludedWith::between(&["card"]).seal().into_rule();
//! assert!(RULE.holds(&None::<u8>, (&Some("4111"),)));
//! assert!(!RULE.holds(&Some("DE02"), (&Some("4111"),)));
//! ```

use std::fmt;

use super::{Parameter, Presence, Presences, Relate, Rule, Sealed, fields};
use crate::policy::{Facet, Facets, Relation};

/// The rule `excluded_with`.
#[derive(Debug, Clone, Copy)]
pub struct ExcludedWith {
    fields: &'static [&'static str],
}

impl ExcludedWith {
    /// Excluded with one of these fields.
    #[must_use]
    pub const fn between(fields: &'static [&'static str]) -> Self {
        Self { fields }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Between(Relation::ExcludedWith(self.fields))))
    }
}

impl Rule for ExcludedWith {
    fn code(&self) -> &'static str {
        "excluded_with"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be absent with ")?;
        fields::list(f, self.fields, " or ")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("fields", Parameter::Texts(self.fields));
    }
}

impl<T: Presence, O: Presences> Relate<T, O> for ExcludedWith {
    #[inline]
    fn holds(&self, value: &T, others: O) -> bool {
        !value.is_there() || others.count() == 0
    }
}
