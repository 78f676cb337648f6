//! `nfkc`: the text in Unicode Normalization Form KC, before the rules behind it look (feature `unicode`).
//!
//! Beyond what [`nfc`](super::nfc) does, forms that only look different become the same text: `ﬁ`, full-width letters,
//! superscripts, non-breaking spaces (UAX #15). That suits names which are looked up, and loses what a reader sees. The
//! text can grow: U+FDFA becomes 18 characters.
//!
//! ```
//! use palisade::rules::{Apply, nfkc::Nfkc};
//!
//! let mut name = String::from("ﬁle²");
//! Nfkc::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "file2");
//! ```

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

use super::{Apply, Rule, Sealed, cleaning, normalized};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `nfkc`.
#[derive(Debug, Clone, Copy)]
pub struct Nfkc;

impl Nfkc {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("nfkc", Leaves::Anything)))
    }
}

impl Rule for Nfkc {
    fn code(&self) -> &'static str {
        "nfkc"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be in Unicode Normalization Form KC")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Nfkc {
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
    // The first character that changes is U+00A0, and ASCII is below it.
    if cleaning::no_byte(text, |byte| !byte.is_ascii()) { Cleaned::Same } else { looked_up(text) }
}

#[inline(never)]
fn looked_up(text: &str) -> Cleaned {
    if text.chars().all(|character| character < '\u{a0}' || normalized::is_inert(character)) {
        return Cleaned::Same;
    }
    normalized::settled(text, &is_nfkc_quick(text.chars()), || text.nfkc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn composes() {
        let rows = [
            ("file", "file"),
            ("ﬁ", "fi"),
            ("2⁵", "25"),
            // Figure 6 of UAX #15.
            ("\u{1e9b}\u{323}", "\u{1e69}"),
            ("\u{ff21}\u{3000}\u{a0}", "A  "),
            ("e\u{301}", "é"),
            ("日本 한국 かな", "日本 한국 かな"),
        ];
        check_rows(&Nfkc, &rows);
    }

    proptest! {
        #[test]
        fn composes_as_the_library(given in texts()) {
            prop_assert_eq!(cleaned(&Nfkc, &given), given.nfkc().collect::<String>());
        }
    }
}
