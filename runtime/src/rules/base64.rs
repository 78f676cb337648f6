//! `base64`: bytes in base 64 (RFC 4648, section 4), spelled in the one canonical way; `base64(min = 1, max = 64)` bounds the
//! bytes.
//!
//! ```
//! use palisade::rules::{Apply, base64::Base64};
//!
//! const RULE: Base64 = Base64::new().max(4).seal().into_rule();
//! assert!(RULE.check("Zm9vYg=="));
//! assert!(!RULE.check("Zm9vYg"));
//! // The last letter holds bits that are lost: two texts for the same bytes.
//! assert!(!RULE.check("Zm9vYh=="));
//!
//! const TOKEN: Base64 = Base64::new().alphabet("url").padding("none").seal().into_rule();
//! assert!(TOKEN.check("-_-_"));
//! ```
//!
//! `alphabet = "url"` has `-` and `_` for `+` and `/` (section 5). Padding is required unless `padding` is `none` or
//! `optional`; where it is there, all of it is. White space and line ends are refused. No bytes at all are the empty text,
//! which `min = 1` refuses.

use std::fmt;

use base64_simd::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts, same};

const PADDED: PatternFacts = Pattern::facts_of(
    "(?:[0-9A-Za-z+\\/]{4})*(?:[0-9A-Za-z+\\/][AQgw]==|[0-9A-Za-z+\\/]{2}[048AEIMQUYcgkosw]=)?",
);
const BARE: PatternFacts =
    Pattern::facts_of("(?:[0-9A-Za-z+\\/]{4})*(?:[0-9A-Za-z+\\/][AQgw]|[0-9A-Za-z+\\/]{2}[048AEIMQUYcgkosw])?");
const EITHER: PatternFacts = Pattern::facts_of(
    "(?:[0-9A-Za-z+\\/]{4})*(?:[0-9A-Za-z+\\/][AQgw](?:==)?|[0-9A-Za-z+\\/]{2}[048AEIMQUYcgkosw]=?)?",
);
const URL_PADDED: PatternFacts =
    Pattern::facts_of("(?:[0-9A-Za-z_\\-]{4})*(?:[0-9A-Za-z_\\-][AQgw]==|[0-9A-Za-z_\\-]{2}[048AEIMQUYcgkosw]=)?");
const URL_BARE: PatternFacts =
    Pattern::facts_of("(?:[0-9A-Za-z_\\-]{4})*(?:[0-9A-Za-z_\\-][AQgw]|[0-9A-Za-z_\\-]{2}[048AEIMQUYcgkosw])?");
const URL_EITHER: PatternFacts = Pattern::facts_of(
    "(?:[0-9A-Za-z_\\-]{4})*(?:[0-9A-Za-z_\\-][AQgw](?:==)?|[0-9A-Za-z_\\-]{2}[048AEIMQUYcgkosw]=?)?",
);

/// The rule `base64`.
#[derive(Debug, Clone, Copy)]
pub struct Base64 {
    alphabet: Alphabet,
    padding: Padding,
    min: Option<u64>,
    max: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
enum Alphabet {
    Standard,
    Url,
}

#[derive(Debug, Clone, Copy)]
enum Padding {
    Required,
    None,
    Optional,
}

impl Base64 {
    /// Any number of bytes, in the standard alphabet, padded.
    #[must_use]
    pub const fn new() -> Self {
        Self { alphabet: Alphabet::Standard, padding: Padding::Required, min: None, max: None }
    }

    /// Which alphabet: `standard` or `url`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn alphabet(self, word: &str) -> Self {
        let alphabet = if same(word, "standard") {
            Alphabet::Standard
        } else if same(word, "url") {
            Alphabet::Url
        } else {
            panic!("`base64`: `alphabet` is \"standard\" or \"url\"")
        };
        Self { alphabet, ..self }
    }

    /// Whether there is padding: `required`, `none` or `optional`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn padding(self, word: &str) -> Self {
        let padding = if same(word, "required") {
            Padding::Required
        } else if same(word, "none") {
            Padding::None
        } else if same(word, "optional") {
            Padding::Optional
        } else {
            panic!("`base64`: `padding` is \"required\", \"none\" or \"optional\"")
        };
        Self { padding, ..self }
    }

    /// At least so many bytes once decoded.
    #[must_use]
    pub const fn min(self, bytes: u64) -> Self {
        Self { min: Some(bytes), ..self }
    }

    /// At most so many bytes once decoded.
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
        if let (Some(min), Some(max)) = (self.min, self.max) {
            assert!(min <= max, "`base64`: `min` must not exceed `max`");
        }
        let mut facets = Facets::NONE.with(Facet::Pattern(self.facts()));
        if let Some(min) = self.min {
            facets = facets.with(Facet::MinLength(self.fewest_letters(min)));
        }
        if let Some(max) = self.max {
            facets = facets.with(Facet::MaxLength(self.most_letters(max)));
        }
        if !self.shows_in_letters() {
            facets = facets.with(Facet::Custom("base64"));
        }
        Sealed::new(self, facets)
    }

    const fn facts(&self) -> PatternFacts {
        match (self.alphabet, self.padding) {
            (Alphabet::Standard, Padding::Required) => PADDED,
            (Alphabet::Standard, Padding::None) => BARE,
            (Alphabet::Standard, Padding::Optional) => EITHER,
            (Alphabet::Url, Padding::Required) => URL_PADDED,
            (Alphabet::Url, Padding::None) => URL_BARE,
            (Alphabet::Url, Padding::Optional) => URL_EITHER,
        }
    }

    const fn fewest_letters(&self, bytes: u64) -> u64 {
        match self.padding {
            Padding::Required => padded(bytes),
            Padding::None | Padding::Optional => bare(bytes),
        }
    }

    const fn most_letters(&self, bytes: u64) -> u64 {
        match self.padding {
            Padding::Required | Padding::Optional => padded(bytes),
            Padding::None => bare(bytes),
        }
    }

    /// Whether the number of letters says all about the number of bytes.
    const fn shows_in_letters(&self) -> bool {
        match self.padding {
            Padding::None => true,
            Padding::Required | Padding::Optional => self.fills_groups(),
        }
    }

    /// Whether the bounds are where groups of 3 bytes begin and end.
    const fn fills_groups(&self) -> bool {
        let below = match self.min {
            Some(min) => min == 0 || min % 3 == 1,
            None => true,
        };
        let above = match self.max {
            Some(max) => max % 3 == 0,
            None => true,
        };
        below && above
    }
}

/// The letters of so many bytes, 4 for each 3 bytes or fewer.
const fn padded(bytes: u64) -> u64 {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Without padding.
const fn bare(bytes: u64) -> u64 {
    (bytes / 3).saturating_mul(4).saturating_add((bytes % 3 * 4).div_ceil(3))
}

impl TextRule for Base64 {
    fn code(&self) -> &'static str {
        "base64"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.alphabet {
            Alphabet::Standard => "must be bytes in base 64",
            Alphabet::Url => "must be bytes in the base 64 for addresses",
        })?;
        f.write_str(match self.padding {
            Padding::Required => ", padded",
            Padding::None => ", without padding",
            Padding::Optional => "",
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
        match self.alphabet {
            Alphabet::Standard => {}
            Alphabet::Url => visit("alphabet", Parameter::Text("url")),
        }
        match self.padding {
            Padding::Required => {}
            Padding::None => visit("padding", Parameter::Text("none")),
            Padding::Optional => visit("padding", Parameter::Text("optional")),
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
        let bare = text.trim_end_matches('=').len();
        let bytes = (bare / 4 * 3 + bare % 4 * 3 / 4) as u64;
        // What is too long is not read.
        let fits = self.min.unwrap_or(0) <= bytes && bytes <= self.max.unwrap_or(u64::MAX);
        let is_padded = match self.padding {
            Padding::Required => true,
            Padding::None => false,
            Padding::Optional => bare != text.len(),
        };
        let codec = match (self.alphabet, is_padded) {
            (Alphabet::Standard, true) => &STANDARD,
            (Alphabet::Standard, false) => &STANDARD_NO_PAD,
            (Alphabet::Url, true) => &URL_SAFE,
            (Alphabet::Url, false) => &URL_SAFE_NO_PAD,
        };
        fits && codec.check(text.as_bytes()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules() -> [(Base64, Pattern); 6] {
        let row = |alphabet, padding| {
            let rule = Base64::new().alphabet(alphabet).padding(padding);
            (rule, Pattern::compile(rule.facts().source))
        };
        [
            row("standard", "required"),
            row("standard", "none"),
            row("standard", "optional"),
            row("url", "required"),
            row("url", "none"),
            row("url", "optional"),
        ]
    }

    #[test]
    fn the_vectors_of_rfc_4648_pass() {
        for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"] {
            let bare = text.trim_end_matches('=');
            for ((rule, _), padded_passes, bare_passes) in rules()
                .into_iter()
                .zip([(true, false), (false, true), (true, true)].into_iter().cycle())
                .map(|(row, (padded, bare))| (row, padded, bare))
            {
                assert_eq!(rule.accepts(text), padded_passes || text == bare, "{text} {rule:?}");
                assert_eq!(rule.accepts(bare), bare_passes || text == bare, "{bare} {rule:?}");
            }
        }
    }

    #[test]
    fn only_the_canonical_spelling_passes() {
        for text in [
            "Z", "Z===", "Zg=", "Zg===", "Zm8==", "Zh==", "Zm9=", "=", "==", "====", "Zm9v=", "Zm9v====", "Zm 9v", "Zm9v\n",
            "\nZm9v", "Zm9v\r\nZm9v", "Zg==Zg==", "Z=g=", "Zm9-", "Zm9é", "Zm9\0", " ",
        ] {
            assert!(!Base64::new().accepts(text), "{text:?}");
            assert!(!Base64::new().padding("optional").accepts(text), "{text:?}");
        }
        assert!(Base64::new().accepts("+/+/") && !Base64::new().alphabet("url").accepts("+/+/"));
        assert!(!Base64::new().accepts("-_-_") && Base64::new().alphabet("url").accepts("-_-_"));
    }

    #[test]
    fn bounds_count_decoded_bytes_and_are_published_where_letters_show_them() {
        let facets = |rule: Base64| rule.seal().facets().into_iter().skip(1).map(|facet| format!("{facet:?}")).collect::<Vec<_>>();
        assert_eq!(facets(Base64::new().min(1).max(3)), ["MinLength(4)", "MaxLength(4)"]);
        assert_eq!(facets(Base64::new().min(2).max(3)), ["MinLength(4)", "MaxLength(4)", "Custom(\"base64\")"]);
        assert_eq!(facets(Base64::new().max(4)), ["MaxLength(8)", "Custom(\"base64\")"]);
        assert_eq!(facets(Base64::new().padding("none").min(16).max(32)), ["MinLength(22)", "MaxLength(43)"]);
        assert_eq!(facets(Base64::new().padding("optional").min(4).max(6)), ["MinLength(6)", "MaxLength(8)"]);
    }

    proptest! {
        #[test]
        fn the_code_and_the_published_patterns_agree(text in "[A-Za-z0-9+/=_-]{0,9}|[AQgwIE048]{0,7}={0,3}|\\PC{0,5}") {
            for (rule, form) in rules() {
                prop_assert_eq!(rule.accepts(&text), form.matches(&text), "{:?} {:?}", rule, text);
            }
        }

        #[test]
        fn bytes_are_within_bounds_exactly(bytes in prop::collection::vec(any::<u8>(), 0..80), min in 0u64..9, more in 0u64..9) {
            let max = min + more;
            let count = bytes.len() as u64;
            for (padding, text) in [
                ("required", STANDARD.encode_to_string(&bytes)),
                ("none", STANDARD_NO_PAD.encode_to_string(&bytes)),
                ("optional", STANDARD.encode_to_string(&bytes)),
                ("optional", STANDARD_NO_PAD.encode_to_string(&bytes)),
            ] {
                let rule = Base64::new().padding(padding).min(min).max(max);
                let fits = min <= count && count <= max;
                prop_assert!(Base64::new().padding(padding).accepts(&text));
                prop_assert_eq!(rule.accepts(&text), fits);
                let letters = text.len() as u64;
                let within = rule.fewest_letters(min) <= letters && letters <= rule.most_letters(max);
                // The published lengths let through what the rule does, and nothing else where they say all.
                prop_assert!(within || !fits);
                prop_assert!(!rule.shows_in_letters() || within == fits, "{:?} {}", rule, text);
            }
        }
    }
}
