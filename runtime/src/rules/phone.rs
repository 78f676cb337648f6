//! `phone`: a telephone number in the international form of ITU-T E.164: `+` and 2 to 15 digits, the first of them not 0.
//!
//! `phone(region = "DE")` (feature `phone`) asks for a number that exists in the numbering plan of a region, in the
//! international form or in the national one, with spaces, hyphens, dots, slashes and parentheses between its digits. The
//! national form is the number itself, or with the national prefix of the region before it, and nothing else that is
//! dialled there: no code of a carrier, as in Brazil, and no form that is rewritten, such as the `15` in mobile numbers of
//! Argentina. The region is one of ISO 3166-1, in capitals. Letters, extensions and digits of other scripts are refused.
//! The plan of a region is read when a number is first held against it, and the digits of a number are copied.
//!
//! ```
//! use palisade::rules::{Apply, phone::Phone};
//!
//! const RULE: Phone = Phone::new().seal().into_rule();
//! assert!(RULE.check("+4930123456"));
//! assert!(!RULE.check("030 123456"));
//! assert!(!RULE.check("+49 30 123456"));
//! # #[cfg(feature = "phone")] {
//!
//! const GERMAN: Phone = Phone::new().region("DE").seal().into_rule();
//! assert!(GERMAN.check("030 123456"));
//! assert!(GERMAN.check("+49 (30) 123456"));
//! assert!(!GERMAN.check("+33 1 23 45 67 89"));
//! # }
//! ```

#[cfg(feature = "phone")]
mod national;

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

/// The international form.
const E164: &str = "[+][1-9][0-9]{1,14}";
/// Room for 15 digits, a prefix, and what stands between them.
const LONGEST_NATIONAL: u64 = 32;
/// The regions with a numbering plan, two letters each.
const REGIONS: &[u8] = b"ACADAEAFAGAIALAMAOARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTATCTDTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

/// The rule `phone`.
#[derive(Debug, Clone, Copy)]
pub struct Phone {
    region: Option<&'static str>,
}

impl Phone {
    /// The international form.
    #[must_use]
    pub const fn new() -> Self {
        Self { region: None }
    }

    /// Numbers of this region, in its national form too.
    #[must_use]
    pub const fn region(self, code: &'static str) -> Self {
        Self { region: Some(code) }
    }

    /// The rule with its bounds.
    ///
    /// # Panics
    /// In const evaluation, when the region is unknown, or is given without the feature `phone`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = match self.region {
            None => Facets::NONE.with(Facet::Pattern(Pattern::facts_of(E164))),
            Some(region) => {
                if !cfg!(feature = "phone") {
                    panic!("`phone(region = ..)` needs the feature `phone` of `palisade`");
                }
                assert!(
                    at(region.as_bytes()).is_some(),
                    "`phone`: `region` is a code of ISO 3166-1 in capitals, like \"DE\""
                );
                Facets::NONE
                    .with(Facet::MinLength(2))
                    .with(Facet::MaxLength(LONGEST_NATIONAL))
                    .with(Facet::Custom("phone"))
            }
        };
        Sealed::new(self, facets)
    }
}

/// The place of a region among all of them.
const fn at(code: &[u8]) -> Option<usize> {
    let [first, second] = code else { return None };
    let mut at = 0;
    while at + 1 < REGIONS.len() {
        if REGIONS[at] == *first && REGIONS[at + 1] == *second {
            return Some(at / 2);
        }
        at += 2;
    }
    None
}

impl TextRule for Phone {
    fn code(&self) -> &'static str {
        "phone"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.region {
            None => f.write_str("must be a telephone number like `+14155550132`"),
            Some(region) => write!(f, "must be a telephone number of the region {region}"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(region) = self.region {
            visit("region", Parameter::Text(region));
        }
    }

    fn accepts(&self, text: &str) -> bool {
        match self.region {
            None => is_e164(text),
            Some(region) => is_national(region, text),
        }
    }
}

fn is_e164(text: &str) -> bool {
    match text.as_bytes() {
        [b'+', b'1'..=b'9', rest @ ..] => (1..=14).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

#[cfg(feature = "phone")]
fn is_national(region: &str, text: &str) -> bool {
    text.len() as u64 <= LONGEST_NATIONAL && national::is_number(region, text)
}

#[cfg(not(feature = "phone"))]
fn is_national(_region: &str, _text: &str) -> bool {
    // Such a rule could not be sealed.
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    #[test]
    fn an_international_number_has_a_plus_and_up_to_fifteen_digits() {
        for text in ["+12", "+14155550132", "+4930123456", "+123456789012345"] {
            assert!(Phone::new().check(text), "{text:?}");
        }
        for text in [
            "", "+", "+1", "+0123", "14155550132", "0014155550132", "+1 415 555 0132", "+1-415", "++1415", "+1234567890123456",
            "+1415555013２", "+1415\n", " +1415", "+1415;ext=1", "tel:+1415",
        ] {
            assert!(!Phone::new().check(text), "{text:?}");
        }
    }

    static PATTERN: Pattern = Pattern::compile(E164);

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_published_pattern(text in "[+]?[0-9]{0,17}|[+0-9 ]{0,9}|\\PC{0,5}") {
            prop_assert_eq!(Phone::new().check(&text), PATTERN.matches(&text), "{:?}", text);
        }
    }
}
