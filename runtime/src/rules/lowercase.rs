//! `lowercase`: the text in lower case (Unicode), before the rules behind it look.
//!
//! ```
//! use palisade::rules::{Apply, lowercase::Lowercase};
//!
//! let mut mail = String::from("Ada@Example.ORG");
//! Lowercase::new().seal().into_rule().clean(&mut mail);
//! assert_eq!(mail, "ada@example.org");
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `lowercase`.
#[derive(Debug, Clone, Copy)]
pub struct Lowercase;

impl Lowercase {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("lowercase", Leaves::NoCapitals)))
    }
}

impl Rule for Lowercase {
    fn code(&self) -> &'static str {
        "lowercase"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be in lower case")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Lowercase {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(lowered);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(lowered)
    }
}

#[inline]
fn lowered(text: &str) -> Cleaned {
    if cleaning::no_byte(text, |byte| !byte.is_ascii() | byte.is_ascii_uppercase()) {
        return Cleaned::Same;
    }
    lowered_by_characters(text)
}

/// Apart, so that looking at a clean text stays small where it is written into the caller.
#[cold]
fn lowered_by_characters(text: &str) -> Cleaned {
    if is_lowercase(text) { Cleaned::Same } else { Cleaned::New(text.to_lowercase()) }
}

/// Each character is its own lower case.
fn is_lowercase(text: &str) -> bool {
    text.chars().all(|character| {
        let mut lower = character.to_lowercase();
        lower.next() == Some(character) && lower.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn lowers_beyond_ascii() {
        let rows =
            [("ada", "ada"), ("ÄÖ", "äö"), ("ß", "ß"), ("İ", "i\u{307}"), ("Σ", "σ"), ("ΑΣ", "ας"), ("ǅ", "ǆ")];
        check_rows(&Lowercase, &rows);
    }

    #[test]
    fn every_character_stays_what_it_became() {
        for character in '\0'..=char::MAX {
            let lower: String = character.to_lowercase().collect();
            assert_eq!(lowered(&lower), Cleaned::Same, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn lowers_as_the_standard_library(given in texts()) {
            prop_assert_eq!(cleaned(&Lowercase, &given), given.to_lowercase());
        }
    }
}
