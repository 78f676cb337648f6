//! `no_bidi`: no character that turns the direction of the line around without being seen ("Trojan Source").
//!
//! ```
//! use palisade::rules::{Apply, no_bidi::NoBidi};
//!
//! const RULE: NoBidi = NoBidi::new().seal().into_rule();
//! assert!(RULE.check("invoice.pdf"));
//! // Shown as `invoiceexe.pdf`.
//! assert!(!RULE.check("invoice\u{202E}fdp.exe"));
//! // Letters of Hebrew and Arabic have a direction of their own, and pass.
//! assert!(RULE.check("שלום"));
//! ```
//!
//! They are all that have the property `Bidi_Control` (UAX 9): the marks U+061C, U+200E and U+200F, the embeddings and
//! overrides U+202A to U+202E, and the isolates U+2066 to U+2069.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

const FORM: PatternFacts = Pattern::facts_of("[^\u{61C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]*");

/// The rule `no_bidi`.
#[derive(Debug, Clone, Copy)]
pub struct NoBidi;

impl NoBidi {
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

impl TextRule for NoBidi {
    fn code(&self) -> &'static str {
        "no_bidi"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must not contain characters that control the direction of the text")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        !has_bidi_control(text)
    }
}

/// Whether a character of `text` has the property `Bidi_Control`.
#[inline]
pub(super) fn has_bidi_control(text: &str) -> bool {
    // All of them begin with one of these bytes, which few texts have.
    let suspect = text.bytes().fold(false, |any, byte| any | (byte == 0xD8) | (byte == 0xE2));
    suspect && text.chars().any(is_bidi_control)
}

const fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    static PUBLISHED: Pattern = Pattern::compile(FORM.source);

    #[test]
    fn each_character_is_judged_as_the_published_pattern_judges_it() {
        let mut refused = 0;
        for character in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("a{character}ש");
            assert_eq!(NoBidi.accepts(&text), PUBLISHED.matches(&text), "{character:?}");
            refused += usize::from(!NoBidi.accepts(&text));
        }
        assert_eq!(refused, 12);
    }

    #[test]
    fn a_document_spells_them_out() {
        assert!(crate::rules::pattern::ecma(FORM.source).contains(r"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069"));
    }
}
