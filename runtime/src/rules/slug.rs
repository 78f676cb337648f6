//! `slug`: small letters and digits of ASCII in words with one hyphen between them, as in an address of a page.
//!
//! ```
//! use palisade::rules::{Apply, slug::Slug};
//!
//! const RULE: Slug = Slug::new().seal().into_rule();
//! assert!(RULE.check("ten-little-rules"));
//! assert!(!RULE.check("Ten--little-rules-"));
//! ```

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

const FORM: PatternFacts = Pattern::facts_of("[a-z0-9]+(?:-[a-z0-9]+)*");
static COMPILED: Pattern = Pattern::compile(FORM.source);

/// The rule `slug`.
#[derive(Debug, Clone, Copy)]
pub struct Slug;

impl Slug {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule, with its form.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(FORM)))
    }
}

impl TextRule for Slug {
    fn code(&self) -> &'static str {
        "slug"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be small letters and digits, in words with one hyphen between them")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        COMPILED.matches(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_stand_between_words() {
        for (text, verdict) in [
            ("a", true),
            ("7", true),
            ("a-b-9", true),
            ("", false),
            ("-", false),
            ("-a", false),
            ("a-", false),
            ("a--b", false),
            ("A", false),
            ("a_b", false),
            ("a b", false),
            ("é", false),
            ("a\n", false),
        ] {
            assert_eq!(Slug::new().accepts(text), verdict, "{text:?}");
        }
    }
}
