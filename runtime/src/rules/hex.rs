//! `hex`: bytes in base 16, two digits for each (RFC 4648, section 8); `hex(min = 16, max = 32)` bounds the bytes.
//!
//! ```
//! use palisade::rules::{Apply, hex::Hex};
//!
//! const RULE: Hex = Hex::new().seal().into_rule();
//! assert!(RULE.check("00fFa9"));
//! assert!(!RULE.check("0fa"));
//! assert!(!RULE.check("0x0fa9"));
//!
//! const SHA_256: Hex = Hex::new().case("lower").min(32).max(32).seal().into_rule();
//! assert!(SHA_256.check("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
//! ```
//!
//! Both cases pass; `case = "lower"` or `case = "upper"` asks for one, so that each value has one spelling. An odd number of
//! digits is no number of bytes. No bytes at all are the empty text, which `min = 1` refuses.

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts, same};

const ANY: PatternFacts = Pattern::facts_of("(?:[0-9A-Fa-f]{2})*");
const LOWER: PatternFacts = Pattern::facts_of("(?:[0-9a-f]{2})*");
const UPPER: PatternFacts = Pattern::facts_of("(?:[0-9A-F]{2})*");

/// The rule `hex`.
#[derive(Debug, Clone, Copy)]
pub struct Hex {
    case: Case,
    min: Option<u64>,
    max: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
enum Case {
    Any,
    Lower,
    Upper,
}

impl Hex {
    /// Any number of bytes, in either case.
    #[must_use]
    pub const fn new() -> Self {
        Self { case: Case::Any, min: None, max: None }
    }

    /// Which digits: `any`, `lower` or `upper`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn case(self, word: &str) -> Self {
        let case = if same(word, "any") {
            Case::Any
        } else if same(word, "lower") {
            Case::Lower
        } else if same(word, "upper") {
            Case::Upper
        } else {
            panic!("`hex`: `case` is \"any\", \"lower\" or \"upper\"")
        };
        Self { case, ..self }
    }

    /// At least so many bytes, of two digits each.
    #[must_use]
    pub const fn min(self, bytes: u64) -> Self {
        Self { min: Some(bytes), ..self }
    }

    /// At most so many bytes, of two digits each.
    #[must_use]
    pub const fn max(self, bytes: u64) -> Self {
        Self { max: Some(bytes), ..self }
    }

    /// The rule. With `max` it bounds its field.
    ///
    /// # Panics
    /// In const evaluation, with `min` above `max`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facts = match self.case {
            Case::Any => ANY,
            Case::Lower => LOWER,
            Case::Upper => UPPER,
        };
        let mut facets = Facets::NONE.with(Facet::Pattern(facts));
        if let (Some(min), Some(max)) = (self.min, self.max) {
            assert!(min <= max, "`hex`: `min` must not exceed `max`");
        }
        if let Some(min) = self.min {
            facets = facets.with(Facet::MinLength(min.saturating_mul(2)));
        }
        if let Some(max) = self.max {
            facets = facets.with(Facet::MaxLength(max.saturating_mul(2)));
        }
        Sealed::new(self, facets)
    }
}

impl TextRule for Hex {
    fn code(&self) -> &'static str {
        "hex"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.case {
            Case::Any => "must be bytes in base 16",
            Case::Lower => "must be bytes in base 16, with small letters",
            Case::Upper => "must be bytes in base 16, with capitals",
        })?;
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, ", {min} of them"),
            (Some(min), Some(max)) => write!(f, ", from {min} to {max} of them"),
            (Some(min), None) => write!(f, ", at least {min} of them"),
            (None, Some(max)) => write!(f, ", at most {max} of them"),
            (None, None) => Ok(()),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.case {
            Case::Any => {}
            Case::Lower => visit("case", Parameter::Text("lower")),
            Case::Upper => visit("case", Parameter::Text("upper")),
        }
        if let Some(min) = self.min {
            visit("min", Parameter::Integer(min.into()));
        }
        if let Some(max) = self.max {
            visit("max", Parameter::Integer(max.into()));
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        let bytes = (text.len() / 2) as u64;
        let fits = self.min.unwrap_or(0) <= bytes && bytes <= self.max.unwrap_or(u64::MAX);
        fits && text.len().is_multiple_of(2) && self.has_digits(text)
    }
}

impl Hex {
    /// Without a way out of the loop it is done in blocks of bytes.
    #[inline]
    fn has_digits(&self, text: &str) -> bool {
        let is_digit = |byte: u8| byte.is_ascii_digit();
        match self.case {
            Case::Any => text.bytes().fold(true, |all, byte| all & byte.is_ascii_hexdigit()),
            Case::Lower => text.bytes().fold(true, |all, byte| all & (is_digit(byte) | matches!(byte, b'a'..=b'f'))),
            Case::Upper => text.bytes().fold(true, |all, byte| all & (is_digit(byte) | matches!(byte, b'A'..=b'F'))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FORMS: [(Hex, Pattern); 3] = [
        (Hex::new(), Pattern::compile(ANY.source)),
        (Hex::new().case("lower"), Pattern::compile(LOWER.source)),
        (Hex::new().case("upper"), Pattern::compile(UPPER.source)),
    ];

    #[test]
    fn the_vectors_of_rfc_4648_pass() {
        for text in ["", "66", "666F", "666F6F", "666F6F62", "666F6F6261", "666F6F626172"] {
            assert!(Hex::new().accepts(text) && Hex::new().case("upper").accepts(text), "{text}");
        }
    }

    #[test]
    fn a_byte_is_two_digits() {
        for text in ["0", "0g", "0x", "0x00", "00 ", " 00", "00\n", "-1", "０0", "é"] {
            assert!(!Hex::new().accepts(text), "{text:?}");
        }
        assert!(!Hex::new().case("lower").accepts("aA") && !Hex::new().case("upper").accepts("aA"));
        let rule = Hex::new().min(1).max(2);
        for (text, verdict) in [("", false), ("00", true), ("0000", true), ("000", false), ("000000", false)] {
            assert_eq!(rule.accepts(text), verdict, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_code_and_the_published_patterns_agree(text in "[0-9a-f]{0,8}|[0-9A-F]{0,8}|[0-9a-fA-FgxX ]{0,5}") {
            for (rule, form) in &FORMS {
                proptest::prop_assert_eq!(rule.accepts(&text), form.matches(&text));
            }
        }
    }
}
