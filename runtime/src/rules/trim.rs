//! `trim`: white space (Unicode `White_Space`) at both ends is removed before the rules behind it look.
//!
//! ```
//! use palisade::rules::{Apply, trim::Trim};
//!
//! let mut name = String::from("  Ada ");
//! Trim::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "Ada");
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
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
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("trim", Leaves::Trimmed)))
    }
}

impl Rule for Trim {
    fn code(&self) -> &'static str {
        "trim"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must have no white space at its ends")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Trim {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(trimmed);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(trimmed)
    }
}

#[inline]
fn trimmed(text: &str) -> Cleaned {
    if cleaning::has_solid_ends(text) {
        return Cleaned::Same;
    }
    trimmed_by_characters(text)
}

/// Apart, so that looking at a clean text stays small where it is written into the caller.
#[cold]
fn trimmed_by_characters(text: &str) -> Cleaned {
    cleaning::part(text, cleaning::inner(text, char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn trims_unicode_white_space() {
        let rows = [
            ("Ada", "Ada"),
            (" Ada", "Ada"),
            ("\u{3000}Ada\u{85}\u{2028}", "Ada"),
            ("A da", "A da"),
            (" \t ", ""),
            ("a", "a"),
            // Zero-width characters are no white space.
            ("\u{feff}a\u{200b}", "\u{feff}a\u{200b}"),
        ];
        check_rows(&Trim, &rows);
    }

    #[test]
    fn a_borrowed_text_stays_borrowed() {
        let mut text = std::borrow::Cow::Borrowed(" a ");
        Trim.clean(&mut text);
        assert!(matches!(text, std::borrow::Cow::Borrowed("a")));
    }

    proptest! {
        #[test]
        fn trims_as_the_standard_library(given in texts()) {
            prop_assert_eq!(cleaned(&Trim, &given), given.trim());
        }
    }
}
