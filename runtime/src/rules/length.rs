//! `length(min = N, max = N)`: bounds on the code points of a text, the items of a list or the entries of a map.
//!
//! ```
//! use palisade::rules::{Apply, length::Length};
//!
//! const RULE: Length = Length::new().min(1).max(4).seal().into_rule();
//! assert!(RULE.check("日本語!"));
//! assert!(!RULE.check("abcde"));
//! assert!(!RULE.check(&Vec::<u8>::new()));
//! ```
//!
//! `length(equal = N)` asks for one length. `length(unit = "bytes", ..)` measures a text in bytes of UTF-8, which bound its
//! code points too; `unit = "graphemes"` (feature `unicode`) in what a reader takes for characters, the extended grapheme
//! clusters of UAX 29. One of those may have any number of code points, so such a text needs a second bound:
//! `length(max = 400), length(unit = "graphemes", max = 40)`.
//!
//! ```
//! # use palisade::rules::{Apply, length::Length};
//! const BYTES: Length = Length::new().unit("bytes").max(4).seal().into_rule();
//! assert!(!BYTES.check("日本"));
//! assert!(BYTES.check("日"));
//!
//! const TWO_LETTERS: Length = Length::new().equal(2).seal().into_rule();
//! assert!(!TWO_LETTERS.check("a"));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets, Unit, same},
    value::{Measure, View},
};

/// The rule `length`. A text is measured in Unicode code points, as JSON Schema does, unless another unit is said.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    min: Option<u64>,
    max: Option<u64>,
    unit: Option<Unit>,
}

impl Length {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { min: None, max: None, unit: None }
    }

    /// At least `count`.
    ///
    /// # Panics
    /// In const evaluation, beside `equal`.
    #[must_use]
    #[track_caller]
    pub const fn min(self, count: u64) -> Self {
        assert!(self.min.is_none(), "`length`: `equal` is both bounds: remove `min`");
        Self { min: Some(count), ..self }
    }

    /// At most `count`.
    ///
    /// # Panics
    /// In const evaluation, beside `equal`.
    #[must_use]
    #[track_caller]
    pub const fn max(self, count: u64) -> Self {
        assert!(self.max.is_none(), "`length`: `equal` is both bounds: remove `max`");
        Self { max: Some(count), ..self }
    }

    /// Exactly `count`.
    ///
    /// # Panics
    /// In const evaluation, beside `min` or `max`.
    #[must_use]
    #[track_caller]
    pub const fn equal(self, count: u64) -> Self {
        assert!(self.min.is_none() && self.max.is_none(), "`length`: `equal` is both bounds: remove `min` and `max`");
        Self { min: Some(count), max: Some(count), ..self }
    }

    /// What is counted in a text: `code_points`, `bytes` or, with the feature `unicode`, `graphemes`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word, or the feature is off.
    #[must_use]
    #[track_caller]
    pub const fn unit(self, word: &str) -> Self {
        let unit = if same(word, "code_points") {
            None
        } else if same(word, "bytes") {
            Some(Unit::Bytes)
        } else if same(word, "graphemes") && cfg!(feature = "unicode") {
            Some(Unit::Graphemes)
        } else if same(word, "graphemes") {
            panic!("`length`: to count graphemes, turn on the feature `unicode` of `palisade`")
        } else {
            panic!("`length`: `unit` is \"code_points\", \"bytes\" or \"graphemes\"")
        };
        Self { unit, ..self }
    }

    /// The upper bound, when there is one.
    #[must_use]
    pub const fn longest(&self) -> Option<u64> {
        self.max
    }

    /// The rule, once its bounds make sense.
    ///
    /// # Panics
    /// In const evaluation, without a bound or with `min` above `max`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        match (self.min, self.max) {
            (None, None) => panic!("`length` needs `min`, `max` or both, like `length(min = 1, max = 64)`"),
            (Some(min), Some(max)) if max < min => panic!("`length`: `min` must not exceed `max`"),
            (Some(_), _) | (_, Some(_)) => {}
        }
        let mut facets = Facets::NONE;
        if let Some(min) = self.min {
            // A code point has at most 4 bytes, and a grapheme at least one code point.
            let fewest = if matches!(self.unit, Some(Unit::Bytes)) { min.div_ceil(4) } else { min };
            facets = facets.with(Facet::MinLength(fewest));
        }
        if let (Some(max), None | Some(Unit::Bytes)) = (self.max, self.unit) {
            facets = facets.with(Facet::MaxLength(max));
        }
        if let Some(unit) = self.unit {
            facets = facets.with(Facet::Unit(unit));
        }
        Sealed::new(self, facets)
    }
}

impl Rule for Length {
    fn code(&self) -> &'static str {
        "length"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "must have a length of {min}")?,
            (Some(min), Some(max)) => {
                // The commonest of all, and `write!` takes twice as long.
                f.write_str("must have a length from ")?;
                fmt::Display::fmt(&min, f)?;
                f.write_str(" to ")?;
                fmt::Display::fmt(&max, f)?;
            }
            (Some(min), None) => write!(f, "must have a length of at least {min}")?,
            (None, Some(max)) => write!(f, "must have a length of at most {max}")?,
            (None, None) => {}
        }
        self.unit.map_or(Ok(()), |unit| write!(f, " {}", word(unit)))
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(min) = self.min {
            visit("min", Parameter::Integer(min.into()));
        }
        if let Some(max) = self.max {
            visit("max", Parameter::Integer(max.into()));
        }
        if let Some(unit) = self.unit {
            visit("unit", Parameter::Text(word(unit)));
        }
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Measure + ?Sized> Apply<T> for Length {
    #[inline]
    fn check(&self, value: &T) -> bool {
        let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(u64::MAX));
        match (self.unit, value.measured_text()) {
            (Some(Unit::Bytes), Some(text)) => (min..=max).contains(&(text.len() as u64)),
            (Some(Unit::Graphemes), Some(text)) => has_graphemes(text, min, max),
            (None, _) | (_, None) => value.within(min, max),
        }
    }
}

const fn word(unit: Unit) -> &'static str {
    match unit {
        Unit::Bytes => "bytes",
        Unit::Graphemes => "graphemes",
    }
}

#[cfg(feature = "unicode")]
fn has_graphemes(text: &str, min: u64, max: u64) -> bool {
    use unicode_segmentation::UnicodeSegmentation;

    // A grapheme has at least one byte, and a text that is not empty at least one grapheme.
    let bytes = text.len() as u64;
    if bytes <= max && min <= bytes.min(1) {
        return true;
    }
    // One more than may be is enough to know.
    let enough = usize::try_from(max.max(min).saturating_add(1)).unwrap_or(usize::MAX);
    let count = text.graphemes(true).take(enough).count() as u64;
    min <= count && count <= max
}

/// Without its tables the unit cannot be asked for, and what was not asked for is not satisfied.
#[cfg(not(feature = "unicode"))]
fn has_graphemes(_text: &str, _min: u64, _max: u64) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "unicode")]
    const FAMILY: &str = "👨\u{200D}👩\u{200D}👧";

    fn facets(rule: Length) -> String {
        format!("{:?}", rule.seal().facets().into_iter().collect::<Vec<_>>())
    }

    #[test]
    fn bytes_are_counted_and_bound_the_code_points() {
        let rule = Length::new().unit("bytes").min(5).max(8);
        for (text, verdict) in [("", false), ("abcd", false), ("abcde", true), ("日本", true), ("日本語", false)] {
            assert_eq!(rule.check(text), verdict, "{text}");
        }
        assert_eq!(facets(rule), "[MinLength(2), MaxLength(8), Unit(Bytes)]");
        assert_eq!(facets(Length::new().unit("bytes").equal(4)), "[MinLength(1), MaxLength(4), Unit(Bytes)]");
    }

    #[test]
    #[cfg(feature = "unicode")]
    fn graphemes_are_counted_and_bound_nothing_else() {
        let rows = [("", 0), ("a", 1), ("e\u{301}", 1), ("\r\n", 1), (FAMILY, 1), ("🇩🇪🇫🇷", 2), ("각", 1), ("ab\n", 3)];
        for (text, count) in rows {
            for min in 0..5 {
                for max in min..5 {
                    let rule = Length::new().unit("graphemes").min(min).max(max);
                    assert_eq!(rule.check(text), min <= count && count <= max, "{text} {min} {max}");
                }
            }
        }
        assert_eq!(facets(Length::new().unit("graphemes").min(1).max(8)), "[MinLength(1), Unit(Graphemes)]");
    }

    #[test]
    fn what_is_no_text_is_counted_as_ever() {
        let rule = Length::new().unit("bytes").max(2);
        assert!(rule.check(&vec![1u64, 2]) && !rule.check(&vec![1u64, 2, 3]));
        assert!(rule.check(&None::<String>) && !rule.check(&Some(Box::new(String::from("abc")))));
        assert!(!rule.check_view(&View::Text("abc".into())) && !rule.check_view(&View::Count(3)));
    }

    #[test]
    fn one_length_is_asked_for_by_equal() {
        let rule = Length::new().equal(3);
        assert!(rule.check("日本語") && !rule.check("ab") && !rule.check("abcd"));
        assert_eq!(facets(rule), "[MinLength(3), MaxLength(3)]");
    }
}
