//! `truncate(max = 64)`: the text is cut after so many code points, between two characters as readers see them (feature
//! `unicode`).
//!
//! The cut is at the last boundary of an extended grapheme cluster (UAX #29) up to `max`, so that no letter loses its
//! accents and no emoji falls into its parts; a first cluster that is longer by itself is cut after `max` code points. The
//! field is bounded by it. A step behind it that lengthens the text again can take it beyond `max`: then the value is
//! refused, so write it last.
//!
//! ```
//! use palisade::rules::{Apply, truncate::Truncate};
//!
//! const RULE: Truncate = Truncate::new().max(4).seal().into_rule();
//! let mut title = String::from("cafe\u{301}s");
//! RULE.clean(&mut title);
//! assert_eq!(title, "caf");
//! ```

use std::fmt;

use unicode_segmentation::GraphemeCursor;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, Measure, View},
};

/// The cleaning step `truncate`. A text is measured in Unicode code points, as JSON Schema does.
#[derive(Debug, Clone, Copy)]
pub struct Truncate {
    max: u64,
}

impl Truncate {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { max: 0 }
    }

    /// At most `count` code points stay.
    #[must_use]
    pub const fn max(self, count: u64) -> Self {
        Self { max: count }
    }

    /// The rule, once it has a bound.
    ///
    /// # Panics
    /// In const evaluation, without a bound above zero.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(0 < self.max, "`truncate` needs `max` above zero, like `truncate(max = 64)`");
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("truncate", Leaves::Anything)).with(Facet::Truncated(self.max)))
    }

    #[inline]
    fn truncated(self, text: &str) -> Cleaned {
        // A code point takes at least one byte, so most texts need no counting.
        if text.len() as u64 <= self.max { Cleaned::Same } else { cut(text, self.max) }
    }
}

fn cut(text: &str, max: u64) -> Cleaned {
    let longest = usize::try_from(max).unwrap_or(usize::MAX);
    let Some((end, _)) = text.char_indices().nth(longest) else { return Cleaned::Same };
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    let boundary = match cursor.is_boundary(text, 0) {
        Ok(true) => end,
        // The whole text is at hand, so the cursor never asks for more of it.
        Ok(false) | Err(_) => match cursor.prev_boundary(text, 0) {
            Ok(Some(boundary)) if 0 < boundary => boundary,
            Ok(_) | Err(_) => end,
        },
    };
    Cleaned::Part(0..boundary)
}

impl Rule for Truncate {
    fn code(&self) -> &'static str {
        "truncate"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must have a length of at most {}", self.max)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("max", Parameter::Integer(self.max.into()));
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: EditText + ?Sized> Apply<T> for Truncate {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| self.truncated(text));
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(|text| self.truncated(text))
    }

    #[inline]
    fn check(&self, value: &T) -> bool {
        value.text().is_none_or(|text| Measure::within(text, 0, self.max))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::rules::cleaning::tests::{NAUGHTY, check_rows, cleaned, texts};

    const fn to(max: u64) -> Truncate {
        Truncate::new().max(max).seal().into_rule()
    }

    #[test]
    fn cuts_between_characters_as_readers_see_them() {
        check_rows(&to(3), &[("abc", "abc"), ("abcd", "abc"), ("日本語版", "日本語"), ("abe\u{301}", "ab"), ("", "")]);
        // A family is seven code points; two flags are four.
        check_rows(&to(6), &[("a👨‍👩‍👧‍👦", "a"), ("👨‍👩‍👧‍👦", "👨‍👩‍👧\u{200d}")]);
        check_rows(&to(3), &[("🇨🇦🇨🇭", "🇨🇦"), ("a\r\nb", "a\r\n"), ("ab\r\n", "ab")]);
        check_rows(&to(2), &[("e\u{301}\u{302}\u{303}", "e\u{301}")]);
    }

    #[test]
    fn a_text_that_grew_again_is_refused() {
        assert!(to(2).check(&String::from("ss")));
        assert!(!to(2).check(&String::from("sss")));
    }

    proptest! {
        #[test]
        fn keeps_the_whole_characters_that_fit(given in texts(), max in 1..9_u64) {
            let kept = cleaned(&to(max), &given);
            let mut whole = String::new();
            for grapheme in given.graphemes(true) {
                if whole.chars().count() + grapheme.chars().count() > max as usize {
                    break;
                }
                whole.push_str(grapheme);
            }
            prop_assert!(kept.chars().count() as u64 <= max);
            if whole.is_empty() {
                prop_assert_eq!(kept, given.chars().take(max as usize).collect::<String>());
            } else {
                prop_assert_eq!(kept, whole);
            }
            for given in NAUGHTY {
                cleaned(&to(max), given);
            }
        }
    }
}
