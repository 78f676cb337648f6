//! `ascii`: every character is ASCII; `ascii(only = "printable")`: from the space to the tilde.
//!
//! ```
//! use palisade::rules::{Apply, ascii::Ascii};
//!
//! const RULE: Ascii = Ascii::new().seal().into_rule();
//! assert!(RULE.check("one\ntwo"));
//! assert!(!RULE.check("café"));
//!
//! const PRINTABLE: Ascii = Ascii::new().only("printable").seal().into_rule();
//! assert!(!PRINTABLE.check("one\ntwo"));
//! ```
//!
//! The empty text passes, as it does wherever a rule is about each character: `length(min = 1)` refuses it.

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts, same};

const ALL: PatternFacts = Pattern::facts_of(r"[\x00-\x7F]*");
const PRINTABLE: PatternFacts = Pattern::facts_of("[ -~]*");

/// The rule `ascii`.
#[derive(Debug, Clone, Copy)]
pub struct Ascii {
    only: Only,
}

#[derive(Debug, Clone, Copy)]
enum Only {
    All,
    Printable,
}

impl Ascii {
    /// Any ASCII character, control characters included.
    #[must_use]
    pub const fn new() -> Self {
        Self { only: Only::All }
    }

    /// Which of them: `printable` leaves out the control characters.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn only(self, word: &str) -> Self {
        assert!(same(word, "printable"), "`ascii`: `only` is \"printable\"");
        Self { only: Only::Printable }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facts = match self.only {
            Only::All => ALL,
            Only::Printable => PRINTABLE,
        };
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(facts)))
    }
}

impl TextRule for Ascii {
    fn code(&self) -> &'static str {
        "ascii"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.only {
            Only::All => "must hold ASCII characters only",
            Only::Printable => "must hold printable ASCII characters only",
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.only {
            Only::All => {}
            Only::Printable => visit("only", Parameter::Text("printable")),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        match self.only {
            Only::All => text.is_ascii(),
            // Without a way out of the loop it is done in blocks of bytes.
            Only::Printable => text.bytes().fold(true, |printable, byte| printable & matches!(byte, b' '..=b'~')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ALL: Pattern = Pattern::compile(super::ALL.source);
    static PRINTABLE: Pattern = Pattern::compile(super::PRINTABLE.source);

    #[test]
    fn printable_is_from_space_to_tilde() {
        let rule = Ascii::new().only("printable");
        for (text, verdict) in
            [("", true), (" ~", true), ("a\tb", false), ("\u{1F}", false), ("\u{7F}", false), ("é", false)]
        {
            assert_eq!(rule.accepts(text), verdict, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_code_and_the_published_pattern_agree(text in "[\\x00-\\x7f]{0,9}|\\PC{0,9}") {
            proptest::prop_assert_eq!(Ascii::new().accepts(&text), ALL.matches(&text));
            proptest::prop_assert_eq!(Ascii::new().only("printable").accepts(&text), PRINTABLE.matches(&text));
        }
    }
}
