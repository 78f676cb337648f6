//! `trim`: white space (Unicode `White_Space`) at both ends is removed before the rules behind it look.
//!
//! ```
//! use palisade::rules::{Apply, trim::Trim};
//!
//! let mut name = String::from("  Ada ");
//! Trim::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "Ada");
//! ```

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `trim`.
#[derive(Debug, Clone, Copy)]
pub struct Trim;

impl Trim {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("trim")))
    }
}

impl Rule for Trim {
    fn code(&self) -> &'static str {
        "trim"
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Trim {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| match text.as_bytes() {
            [] => Cleaned::Same,
            [only] if is_visible(*only) => Cleaned::Same,
            [first, .., last] if is_visible(*first) && is_visible(*last) => Cleaned::Same,
            [_, ..] => trimmed(text),
        });
    }
}

/// Whether a byte is an ASCII character that is certainly no white space.
#[inline]
const fn is_visible(byte: u8) -> bool {
    b' ' < byte && byte < 0x80
}

fn trimmed(text: &str) -> Cleaned {
    let clean = text.trim_start();
    let start = text.len() - clean.len();
    let clean = clean.trim_end();
    if clean.len() == text.len() { Cleaned::Same } else { Cleaned::Part(start..start + clean.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_what_the_standard_library_does() {
        for inner in ["", "a", "ab", "a b", "é", "日本", "\u{7F}", "\0"] {
            for space in ["", " ", "\t\n", "\u{85}", "\u{A0}", "\u{3000}", " \u{2028} "] {
                for text in [format!("{space}{inner}"), format!("{inner}{space}"), format!("{space}{inner}{space}")] {
                    let mut value = text.clone();
                    Trim.clean(&mut value);
                    assert_eq!(value, text.trim(), "{text:?}");
                }
            }
        }
    }
}
