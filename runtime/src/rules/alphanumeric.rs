//! `alphanumeric`: every character is a letter or digit of ASCII; `alphanumeric(letters = "unicode")`: of any script.
//!
//! ```
//! use palisade::rules::{Apply, alphanumeric::Alphanumeric};
//!
//! const RULE: Alphanumeric = Alphanumeric::new().seal().into_rule();
//! assert!(RULE.check("Route66"));
//! assert!(!RULE.check("Straße"));
//!
//! const ANY_SCRIPT: Alphanumeric = Alphanumeric::new().letters("unicode").seal().into_rule();
//! assert!(ANY_SCRIPT.check("Straße"));
//! assert!(!ANY_SCRIPT.check("Straße 7"));
//! ```
//!
//! With `letters = "unicode"` a character passes that is `Alphabetic` or of general category `Nd`, `Nl` or `No`. Which those
//! are grows with each version of Unicode, so no pattern is published. An accent of its own (`e` and U+0301) is no letter:
//! clean with `nfc` first. Looks alone tell letters of different scripts poorly apart: see `single_script`.

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts, same};

const FORM: PatternFacts = Pattern::facts_of("[0-9A-Za-z]*");
static COMPILED: Pattern = Pattern::compile(FORM.source);

/// The rule `alphanumeric`.
#[derive(Debug, Clone, Copy)]
pub struct Alphanumeric {
    letters: Letters,
}

#[derive(Debug, Clone, Copy)]
enum Letters {
    Ascii,
    Unicode,
}

impl Alphanumeric {
    /// Letters and digits of ASCII.
    #[must_use]
    pub const fn new() -> Self {
        Self { letters: Letters::Ascii }
    }

    /// Whose letters and digits: `ascii` or `unicode`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn letters(self, word: &str) -> Self {
        let letters = if same(word, "ascii") {
            Letters::Ascii
        } else if same(word, "unicode") {
            Letters::Unicode
        } else {
            panic!("`alphanumeric`: `letters` is \"ascii\" or \"unicode\"")
        };
        Self { letters }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facet = match self.letters {
            Letters::Ascii => Facet::Pattern(FORM),
            Letters::Unicode => Facet::Custom("alphanumeric"),
        };
        Sealed::new(self, Facets::NONE.with(facet))
    }
}

impl TextRule for Alphanumeric {
    fn code(&self) -> &'static str {
        "alphanumeric"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.letters {
            Letters::Ascii => "must hold letters and digits of ASCII only",
            Letters::Unicode => "must hold letters and digits only",
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.letters {
            Letters::Ascii => {}
            Letters::Unicode => visit("letters", Parameter::Text("unicode")),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        match self.letters {
            Letters::Ascii => COMPILED.matches(text),
            Letters::Unicode => text.chars().all(char::is_alphanumeric),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_script_is_one_on_request() {
        let (ascii, unicode) = (Alphanumeric::new(), Alphanumeric::new().letters("unicode"));
        for (text, by_ascii, by_unicode) in [
            ("", true, true),
            ("aZ09", true, true),
            ("日本9", false, true),
            ("café", false, true),
            ("cafe\u{301}", false, false),
            ("٣", false, true),
            ("a b", false, false),
            ("a_b", false, false),
            ("a\n", false, false),
            ("a\u{200D}", false, false),
        ] {
            assert_eq!((ascii.accepts(text), unicode.accepts(text)), (by_ascii, by_unicode), "{text:?}");
        }
    }
}
