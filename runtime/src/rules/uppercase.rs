//! `uppercase`: the text in upper case (Unicode), before the rules behind it look. It can grow: `ß` becomes `SS`.
//!
//! ```
//! use palisade::rules::{Apply, uppercase::Uppercase};
//!
//! let mut code = String::from("eur");
//! Uppercase::new().seal().into_rule().clean(&mut code);
//! assert_eq!(code, "EUR");
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `uppercase`.
#[derive(Debug, Clone, Copy)]
pub struct Uppercase;

impl Uppercase {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("uppercase", Leaves::NoSmallLetters)))
    }
}

impl Rule for Uppercase {
    fn code(&self) -> &'static str {
        "uppercase"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be in upper case")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Uppercase {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(raised);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(raised)
    }
}

#[inline]
fn raised(text: &str) -> Cleaned {
    if cleaning::no_byte(text, |byte| !byte.is_ascii() | byte.is_ascii_lowercase()) {
        return Cleaned::Same;
    }
    raised_by_characters(text)
}

/// Apart, so that looking at a clean text stays small where it is written into the caller.
#[cold]
fn raised_by_characters(text: &str) -> Cleaned {
    if is_uppercase(text) { Cleaned::Same } else { Cleaned::New(text.to_uppercase()) }
}

/// Each character is its own upper case.
fn is_uppercase(text: &str) -> bool {
    text.chars().all(|character| {
        let mut upper = character.to_uppercase();
        upper.next() == Some(character) && upper.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn raises_beyond_ascii() {
        let rows =
            [("EUR", "EUR"), ("äö", "ÄÖ"), ("ß", "SS"), ("ﬃ", "FFI"), ("ŉ", "ʼN"), ("ς", "Σ"), ("ǅ", "Ǆ")];
        check_rows(&Uppercase, &rows);
    }

    #[test]
    fn every_character_stays_what_it_became() {
        for character in '\0'..=char::MAX {
            let upper: String = character.to_uppercase().collect();
            assert_eq!(raised(&upper), Cleaned::Same, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn raises_as_the_standard_library(given in texts()) {
            prop_assert_eq!(cleaned(&Uppercase, &given), given.to_uppercase());
        }
    }
}
