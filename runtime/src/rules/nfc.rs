//! `nfc`: the text in Unicode Normalization Form C, before the rules behind it look (feature `unicode`).
//!
//! Texts that are canonically equivalent, such as `é` written as one code point or as two, become the same text (UAX #15).
//!
//! ```
//! use palisade::rules::{Apply, nfc::Nfc};
//!
//! let mut name = String::from("Ame\u{301}lie");
//! Nfc::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "Amélie");
//! ```

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use super::{Apply, Rule, Sealed, cleaning, normalized};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `nfc`.
#[derive(Debug, Clone, Copy)]
pub struct Nfc;

impl Nfc {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("nfc", Leaves::Anything)))
    }
}

impl Rule for Nfc {
    fn code(&self) -> &'static str {
        "nfc"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be in Unicode Normalization Form C")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Nfc {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(composed);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(composed)
    }
}

#[inline]
fn composed(text: &str) -> Cleaned {
    // The first character that anything composes with is U+0300, and what is before it is written with bytes below CC.
    if cleaning::no_byte(text, |byte| 0xcc <= byte) { Cleaned::Same } else { looked_up(text) }
}

#[inline(never)]
fn looked_up(text: &str) -> Cleaned {
    if text.chars().all(|character| character < '\u{300}' || normalized::is_inert(character)) {
        return Cleaned::Same;
    }
    normalized::settled(text, &is_nfc_quick(text.chars()), || text.nfc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn composes() {
        let rows = [
            ("Amélie", "Amélie"),
            ("Ame\u{301}lie", "Amélie"),
            // Figure 3 and 5 of UAX #15.
            ("\u{212b}\u{2126}", "\u{c5}\u{3a9}"),
            ("\u{1e9b}\u{323}", "\u{1e9b}\u{323}"),
            ("d\u{307}\u{323}", "\u{1e0d}\u{307}"),
            ("\u{1100}\u{1161}\u{11a8}", "각"),
            ("ﬁ", "ﬁ"),
            // A maybe that is a yes.
            ("한\u{301}日本", "한\u{301}日本"),
        ];
        check_rows(&Nfc, &rows);
    }

    #[test]
    fn what_the_bytes_decide_is_decided_rightly() {
        for character in '\0'..'\u{300}' {
            assert_eq!(character.nfc().collect::<String>(), character.to_string());
        }
        assert_eq!('\u{300}'.to_string().as_bytes(), [0xcc, 0x80]);
    }

    proptest! {
        #[test]
        fn composes_as_the_library(given in texts()) {
            prop_assert_eq!(cleaned(&Nfc, &given), given.nfc().collect::<String>());
        }
    }
}
