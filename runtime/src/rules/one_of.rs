//! `one_of(["EUR", "USD"])`: the text is one of a fixed list.
//!
//! ```
//! use palisade::rules::{Apply, one_of::OneOf};
//!
//! const RULE: OneOf = OneOf::new(&["EUR", "USD"]).seal().into_rule();
//! assert!(RULE.check("EUR"));
//! assert!(!RULE.check("eur"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets};

/// The rule `one_of`.
#[derive(Debug, Clone, Copy)]
pub struct OneOf {
    choices: &'static [&'static str],
}

impl OneOf {
    /// One of these texts, compared exactly.
    #[must_use]
    pub const fn new(choices: &'static [&'static str]) -> Self {
        Self { choices }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the list is empty: no value could pass.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.choices.is_empty(), "`one_of` needs a choice, like `one_of([\"EUR\", \"USD\"])`");
        Sealed::new(self, Facets::NONE.with(Facet::OneOf(self.choices)))
    }
}

impl TextRule for OneOf {
    fn code(&self) -> &'static str {
        "one_of"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be one of ")?;
        for (at, choice) in self.choices.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}`{choice}`")?;
        }
        Ok(())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("choices", Parameter::Texts(self.choices));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        self.choices.contains(&text)
    }
}
