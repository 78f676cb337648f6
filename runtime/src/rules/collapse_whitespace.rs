//! `collapse_whitespace`: each run of white space (Unicode `White_Space`) becomes one space, and none stays at the ends.
//!
//! This is what XML Schema calls `whiteSpace = collapse`, with the white space of Unicode: line breaks become spaces too.
//!
//! ```
//! use palisade::rules::{Apply, collapse_whitespace::CollapseWhitespace};
//!
//! let mut name = String::from(" Ada \n Lovelace ");
//! CollapseWhitespace::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "Ada Lovelace");
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `collapse_whitespace`.
#[derive(Debug, Clone, Copy)]
pub struct CollapseWhitespace;

impl CollapseWhitespace {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("collapse_whitespace", Leaves::Trimmed)))
    }
}

impl Rule for CollapseWhitespace {
    fn code(&self) -> &'static str {
        "collapse_whitespace"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must have no white space but single spaces between words")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for CollapseWhitespace {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(collapsed);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(collapsed)
    }
}

#[inline]
fn collapsed(text: &str) -> Cleaned {
    if cleaning::has_solid_ends(text) && is_plain(text) { Cleaned::Same } else { rebuilt(text) }
}

/// Whether the text is ASCII without white space but single spaces. One pass without branches.
#[inline]
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let suspect = bytes.iter().zip(next).fold(0, |found, (byte, next)| {
        let other_space = matches!(byte, b'\t'..=b'\r');
        found | u8::from(other_space | !byte.is_ascii() | ((*byte == b' ') & (*next == b' ')))
    });
    suspect == 0
}

#[cold]
fn rebuilt(text: &str) -> Cleaned {
    let range = cleaning::inner(text, char::is_whitespace);
    let middle = text.get(range.clone()).unwrap_or_default();
    if is_collapsed(middle) {
        return cleaning::part(text, range);
    }
    let mut clean = String::with_capacity(middle.len());
    for word in middle.split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    Cleaned::New(clean)
}

fn is_collapsed(text: &str) -> bool {
    let mut before = 'a';
    text.chars().all(|character| {
        let is_fine = !character.is_whitespace() || (character == ' ' && before != ' ');
        before = character;
        is_fine
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn each_run_becomes_one_space() {
        let rows = [
            ("Ada Lovelace", "Ada Lovelace"),
            (" Ada  Lovelace ", "Ada Lovelace"),
            (" Ada", "Ada"),
            ("a\u{3000}b\r\n\tc", "a b c"),
            ("a\u{a0}b", "a b"),
            (" \u{2003} ", ""),
            ("é è", "é è"),
        ];
        check_rows(&CollapseWhitespace, &rows);
    }

    proptest! {
        #[test]
        fn the_words_stay(given in texts()) {
            let words: Vec<&str> = given.split_whitespace().collect();
            prop_assert_eq!(cleaned(&CollapseWhitespace, &given), words.join(" "));
        }
    }
}
