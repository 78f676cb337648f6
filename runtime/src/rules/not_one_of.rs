//! `not_one_of(["admin", "root"])`: the text is none of a fixed list.
//!
//! ```
//! use palisade::rules::{Apply, not_one_of::NotOneOf};
//!
//! const RULE: NotOneOf = NotOneOf::new(&["admin", "root"]).seal().into_rule();
//! assert!(RULE.check("ada"));
//! assert!(!RULE.check("root"));
//! ```
//!
//! The texts are compared exactly. To refuse a name in whatever case, write `lowercase` before it.

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets};

/// The rule `not_one_of`.
#[derive(Debug, Clone, Copy)]
pub struct NotOneOf {
    refused: &'static [&'static str],
}

impl NotOneOf {
    /// None of these texts, compared exactly.
    #[must_use]
    pub const fn new(refused: &'static [&'static str]) -> Self {
        Self { refused }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the list is empty: every value would pass.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.refused.is_empty(), "`not_one_of` needs a text, like `not_one_of([\"admin\", \"root\"])`");
        Sealed::new(self, Facets::NONE.with(Facet::NoneOf(self.refused)))
    }
}

impl TextRule for NotOneOf {
    fn code(&self) -> &'static str {
        "not_one_of"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must not be one of ")?;
        for (at, text) in self.refused.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}`{text}`")?;
        }
        Ok(())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("refused", Parameter::Texts(self.refused));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        !self.refused.contains(&text)
    }
}
