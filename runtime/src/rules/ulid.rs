//! `ulid`: a ULID in its canonical form: 26 characters of Crockford's Base32 in upper case, the first of them 0 to 7.
//!
//! The form is that of the ULID specification: 128 bits, so that nothing above `7ZZZZZZZZZZZZZZZZZZZZZZZZZ` is one. The
//! letters I, L, O and U do not occur, not even as the digits that Crockford lets them stand for. `ulid(case = "any")` takes
//! small letters too; two texts can then mean the same ULID.
//!
//! ```
//! use palisade::rules::{Apply, ulid::Ulid};
//!
//! const RULE: Ulid = Ulid::new().seal().into_rule();
//! assert!(RULE.check("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
//! assert!(!RULE.check("01arz3ndektsv4rrffq69g5fav"));
//! assert!(!RULE.check("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

const UPPER: &str = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
const ANY: &str = "[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}";

/// The rule `ulid`.
#[derive(Debug, Clone, Copy)]
pub struct Ulid {
    case: Case,
}

#[derive(Debug, Clone, Copy)]
enum Case {
    Upper,
    Any,
}

impl Ulid {
    /// In upper case.
    #[must_use]
    pub const fn new() -> Self {
        Self { case: Case::Upper }
    }

    /// `"upper"`, which is the canonical case, or `"any"`.
    ///
    /// # Panics
    /// In const evaluation, on any other word.
    #[must_use]
    #[track_caller]
    pub const fn case(self, case: &'static str) -> Self {
        let case = match case.as_bytes() {
            b"upper" => Case::Upper,
            b"any" => Case::Any,
            _ => panic!("`ulid`: `case` is \"upper\" or \"any\""),
        };
        Self { case }
    }

    /// The rule. Its texts are 26 characters long.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let form = match self.case {
            Case::Upper => UPPER,
            Case::Any => ANY,
        };
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(Pattern::facts_of(form))))
    }
}

impl TextRule for Ulid {
    fn code(&self) -> &'static str {
        "ulid"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.case {
            Case::Upper => f.write_str("must be a ULID in upper case"),
            Case::Any => f.write_str("must be a ULID"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        let case = match self.case {
            Case::Upper => "upper",
            Case::Any => "any",
        };
        visit("case", Parameter::Text(case));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        let Ok([first, rest @ ..]) = <&[u8; 26]>::try_from(text.as_bytes()) else {
            return false;
        };
        matches!(first, b'0'..=b'7')
            && rest.iter().all(|byte| match self.case {
                Case::Upper => is_base32(*byte),
                Case::Any => is_base32(byte.to_ascii_uppercase()),
            })
    }
}

/// Crockford's alphabet in upper case.
const fn is_base32(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z') && !matches!(byte, b'I' | b'L' | b'O' | b'U')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    const RULE: Ulid = Ulid::new().seal().into_rule();
    const LENIENT: Ulid = Ulid::new().case("any").seal().into_rule();

    #[test]
    fn is_26_characters_of_base32_in_128_bits() {
        let rows = [
            ("01ARZ3NDEKTSV4RRFFQ69G5FAV", true, true),
            ("00000000000000000000000000", true, true),
            ("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", true, true),
            ("80000000000000000000000000", false, false),
            ("01arz3ndektsv4rrffq69g5fav", false, true),
            ("01ARZ3NDEKTSV4RRFFQ69G5FA", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAVV", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAI", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAL", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAO", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAu", false, false),
            ("01ARZ3NDEK-SV4RRFFQ69G5FAV", false, false),
            ("01ARZ3NDEKTSV4RRFFQ69G5F\u{e9}", false, false),
            ("", false, false),
        ];
        for (text, canonical, lenient) in rows {
            assert_eq!(RULE.check(text), canonical, "{text}");
            assert_eq!(LENIENT.check(text), lenient, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_published_patterns(text in "[0-9][0-9A-Z]{24,26}|[0-8][0-9A-Za-hj-km-np-tv-z]{25}|\\PC{26}") {
            prop_assert_eq!(RULE.check(&text), Pattern::compile(UPPER).matches(&text));
            prop_assert_eq!(LENIENT.check(&text), Pattern::compile(ANY).matches(&text));
        }
    }
}
