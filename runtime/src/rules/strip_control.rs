//! `strip_control(keep = "lines")`: control characters (Unicode `Cc`) are removed, but those that `keep` names.
//!
//! Without `keep` all of them go: U+0000 to U+001F, U+007F and U+0080 to U+009F. `keep = "lines"` keeps the line feed and
//! the carriage return, `keep = "layout"` these and the tab. Characters that are invisible but no controls (`Cf`, such as
//! joiners and marks of direction) stay: scripts and emoji need them.
//!
//! ```
//! use palisade::rules::{Apply, strip_control::StripControl};
//!
//! const RULE: StripControl = StripControl::new().keep("lines").seal().into_rule();
//! let mut note = String::from("one\r\ntwo\u{1b}[2J\0");
//! RULE.clean(&mut note);
//! assert_eq!(note, "one\r\ntwo[2J");
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves, same},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `strip_control`.
#[derive(Debug, Clone, Copy)]
pub struct StripControl {
    keep: Keep,
}

/// Which control characters stay.
#[derive(Debug, Clone, Copy)]
enum Keep {
    None,
    Lines,
    Layout,
    Unknown,
}

impl StripControl {
    /// None is kept yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { keep: Keep::None }
    }

    /// Keeps those of `"lines"`, or of the whole `"layout"`.
    #[must_use]
    pub const fn keep(self, word: &'static str) -> Self {
        let keep = if same(word, "lines") {
            Keep::Lines
        } else if same(word, "layout") {
            Keep::Layout
        } else {
            Keep::Unknown
        };
        Self { keep }
    }

    /// The rule, once its word is known.
    ///
    /// # Panics
    /// In const evaluation, when `keep` is another word.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            !matches!(self.keep, Keep::Unknown),
            "`strip_control`: `keep` is \"lines\" (line feed, carriage return) or \"layout\" (these and the tab)"
        );
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("strip_control", Leaves::Anything)))
    }

    fn is_removed(self, character: char) -> bool {
        character.is_control()
            && match self.keep {
                Keep::None | Keep::Unknown => true,
                Keep::Lines => !matches!(character, '\n' | '\r'),
                Keep::Layout => !matches!(character, '\n' | '\r' | '\t'),
            }
    }

    /// One pass without branches, for each choice its own. The controls beyond ASCII begin with the byte C2.
    #[inline]
    fn is_plain(self, text: &str) -> bool {
        let is_suspect = |byte: u8| (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
        match self.keep {
            Keep::None | Keep::Unknown => cleaning::no_byte(text, is_suspect),
            Keep::Lines => cleaning::no_byte(text, |byte| is_suspect(byte) & (byte != b'\n') & (byte != b'\r')),
            Keep::Layout => {
                let is_kept = |byte| (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
                cleaning::no_byte(text, |byte| is_suspect(byte) & !is_kept(byte))
            }
        }
    }

    #[inline]
    fn stripped(self, text: &str) -> Cleaned {
        if self.is_plain(text) { Cleaned::Same } else { cleaning::without(text, |character| self.is_removed(character)) }
    }
}

impl Rule for StripControl {
    fn code(&self) -> &'static str {
        "strip_control"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.keep {
            Keep::None | Keep::Unknown => "must have no control characters",
            Keep::Lines => "must have no control characters but line breaks",
            Keep::Layout => "must have no control characters but line breaks and tabs",
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.keep {
            Keep::None | Keep::Unknown => {}
            Keep::Lines => visit("keep", Parameter::Text("lines")),
            Keep::Layout => visit("keep", Parameter::Text("layout")),
        }
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for StripControl {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| self.stripped(text));
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(|text| self.stripped(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    const ALL: StripControl = StripControl::new().seal().into_rule();
    const LINES: StripControl = StripControl::new().keep("lines").seal().into_rule();
    const LAYOUT: StripControl = StripControl::new().keep("layout").seal().into_rule();

    #[test]
    fn removes_what_is_not_kept() {
        check_rows(&ALL, &[("a\0b", "ab"), ("\u{7f}a\u{9b}", "a"), ("a\r\n\tb", "ab"), ("©é", "©é"), ("\u{1}", "")]);
        check_rows(&LINES, &[("a\r\n\tb\u{1b}", "a\r\nb"), ("\n", "\n"), ("\u{85}x", "x")]);
        check_rows(&LAYOUT, &[("a\r\n\tb\u{b}\u{c}", "a\r\n\tb"), ("\u{200d}\u{202e}", "\u{200d}\u{202e}")]);
    }

    #[test]
    fn every_character_is_kept_or_removed_by_its_category() {
        for character in '\0'..=char::MAX {
            let text = format!("a{character}b");
            assert_eq!(ALL.stripped(&text) == Cleaned::Same, !character.is_control(), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn removes_controls_only(given in texts()) {
            let expected: String = given.chars().filter(|character| !character.is_control()).collect();
            prop_assert_eq!(cleaned(&ALL, &given), expected);
            let expected: String = given.chars().filter(|at| !at.is_control() || "\r\n".contains(*at)).collect();
            prop_assert_eq!(cleaned(&LINES, &given), expected);
            cleaned(&LAYOUT, &given);
        }
    }
}
