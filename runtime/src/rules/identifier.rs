//! `identifier`: a name as programming languages have it: a letter of ASCII or `_`, then letters, digits and `_`.
//!
//! ```
//! use palisade::rules::{Apply, identifier::Identifier};
//!
//! const RULE: Identifier = Identifier::new().seal().into_rule();
//! assert!(RULE.check("unit_price_2"));
//! assert!(!RULE.check("2nd_price"));
//! ```
//!
//! Key words of a language are not refused; `not_one_of` does that. Identifiers of Unicode (UAX 31) are another matter: they
//! need tables that grow, and rules against look-alikes.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

const FORM: PatternFacts = Pattern::facts_of("[A-Za-z_][0-9A-Za-z_]*");
static COMPILED: Pattern = Pattern::compile(FORM.source);

/// The rule `identifier`.
#[derive(Debug, Clone, Copy)]
pub struct Identifier;

impl Identifier {
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

impl TextRule for Identifier {
    fn code(&self) -> &'static str {
        "identifier"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a letter or `_`, followed by letters, digits and `_`")
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
    fn a_digit_does_not_come_first() {
        for (text, verdict) in [
            ("a", true),
            ("_", true),
            ("__a9", true),
            ("aB_9", true),
            ("", false),
            ("9", false),
            ("9a", false),
            ("a-b", false),
            ("a.b", false),
            ("a b", false),
            ("$a", false),
            ("é", false),
            ("a\n", false),
        ] {
            assert_eq!(Identifier::new().accepts(text), verdict, "{text:?}");
        }
    }
}
