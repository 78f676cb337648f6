//! `lowercase`: the text in lower case (Unicode), before the rules behind it look.
//!
//! ```
//! use palisade::rules::{Apply, lowercase::Lowercase};
//!
//! let mut mail = String::from("Ada@Example.ORG");
//! Lowercase::new().seal().into_rule().clean(&mut mail);
//! assert_eq!(mail, "ada@example.org");
//! ```

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
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
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("lowercase")))
    }
}

impl Rule for Lowercase {
    fn code(&self) -> &'static str {
        "lowercase"
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Lowercase {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| if is_lowercase(text) { Cleaned::Same } else { Cleaned::New(text.to_lowercase()) });
    }
}

/// ASCII is decided many bytes at a time; beyond it, each character must be its own lower case.
#[inline]
fn is_lowercase(text: &str) -> bool {
    let changes = |byte: u8| !byte.is_ascii() | byte.is_ascii_uppercase();
    !text.bytes().fold(false, |found, byte| found | changes(byte)) || is_lowercase_character_by_character(text)
}

fn is_lowercase_character_by_character(text: &str) -> bool {
    text.chars().all(|character| {
        let mut lower = character.to_lowercase();
        lower.next() == Some(character) && lower.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowers_beyond_ascii_and_is_idempotent() {
        for (given, expected) in [("ÄÖ", "äö"), ("ß", "ß"), ("İ", "i\u{307}"), ("Σ", "σ"), ("ΑΣ", "ας")] {
            let mut value = given.to_owned();
            Lowercase.clean(&mut value);
            assert_eq!(value, expected);
            Lowercase.clean(&mut value);
            assert_eq!(value, expected);
        }
    }
}
