//! `card`: a payment card number: 12 to 19 digits, the last of them the check digit of ISO/IEC 7812-1 (Luhn).
//!
//! `card(separator = "space")` and `card(separator = "hyphen")` let one such character stand between two digits, as on the
//! card. The rule says nothing about brands, and nothing about whether a card was issued. A card number is confidential: write
//! `sensitive` beside it.
//!
//! ```
//! use palisade::rules::{Apply, card::Card};
//!
//! const RULE: Card = Card::new().seal().into_rule();
//! assert!(RULE.check("4012888888881881"));
//! assert!(!RULE.check("4012888888881882"));
//! assert!(!RULE.check("4012 8888 8888 1881"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

const PLAIN: &str = "[0-9]{12,19}";
const SPACED: &str = "[0-9](?: ?[0-9]){11,18}";
const HYPHENATED: &str = "[0-9](?:-?[0-9]){11,18}";

/// The rule `card`.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    separator: Separator,
}

#[derive(Debug, Clone, Copy)]
enum Separator {
    None,
    Space,
    Hyphen,
}

impl Card {
    /// Digits alone.
    #[must_use]
    pub const fn new() -> Self {
        Self { separator: Separator::None }
    }

    /// What may stand between two digits: `"none"`, `"space"` or `"hyphen"`.
    ///
    /// # Panics
    /// In const evaluation, on any other word.
    #[must_use]
    #[track_caller]
    pub const fn separator(self, separator: &'static str) -> Self {
        let separator = match separator.as_bytes() {
            b"none" => Separator::None,
            b"space" => Separator::Space,
            b"hyphen" => Separator::Hyphen,
            _ => panic!("`card`: `separator` is \"none\", \"space\" or \"hyphen\""),
        };
        Self { separator }
    }

    /// The rule. Its texts are at most 19 characters long, 37 with separators.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let form = match self.separator {
            Separator::None => PLAIN,
            Separator::Space => SPACED,
            Separator::Hyphen => HYPHENATED,
        };
        let facets = Facets::NONE.with(Facet::Pattern(Pattern::facts_of(form))).with(Facet::Custom("card"));
        Sealed::new(self, facets)
    }
}

impl TextRule for Card {
    fn code(&self) -> &'static str {
        "card"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.separator {
            Separator::None => f.write_str("must be a payment card number, its digits alone"),
            Separator::Space => f.write_str("must be a payment card number, with or without spaces"),
            Separator::Hyphen => f.write_str("must be a payment card number, with or without hyphens"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        let separator = match self.separator {
            Separator::None => "none",
            Separator::Space => "space",
            Separator::Hyphen => "hyphen",
        };
        visit("separator", Parameter::Text(separator));
    }

    fn accepts(&self, text: &str) -> bool {
        let separator = match self.separator {
            Separator::None => None,
            Separator::Space => Some(b' '),
            Separator::Hyphen => Some(b'-'),
        };
        // From the right, where the check digit is. What is right of the last digit is no digit.
        let mut digits = 0_u32;
        let mut sum = 0_u32;
        let mut after_digit = false;
        for byte in text.bytes().rev() {
            if byte.is_ascii_digit() {
                let digit = u32::from(byte - b'0');
                sum += if digits.is_multiple_of(2) { digit } else { doubled(digit) };
                digits += 1;
                if digits > 19 {
                    return false;
                }
                after_digit = true;
            } else if after_digit && Some(byte) == separator {
                after_digit = false;
            } else {
                return false;
            }
        }
        after_digit && digits >= 12 && sum.is_multiple_of(10)
    }
}

/// Twice the digit, its own digits added up.
const fn doubled(digit: u32) -> u32 {
    if digit < 5 { digit * 2 } else { digit * 2 - 9 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    const RULE: Card = Card::new().seal().into_rule();
    const SPACES: Card = Card::new().separator("space").seal().into_rule();
    const HYPHENS: Card = Card::new().separator("hyphen").seal().into_rule();

    #[test]
    fn has_a_true_check_digit_and_12_to_19_digits() {
        let rows = [
            ("4012888888881881", true, true, true),
            ("378282246310005", true, true, true),
            ("6011000990139424", true, true, true),
            ("30569309025904", true, true, true),
            ("4012888888881882", false, false, false),
            ("4012888888818881", false, false, false),
            ("000000000000", true, true, true),
            ("00000000000", false, false, false),
            ("0000000000000000000", true, true, true),
            ("00000000000000000000", false, false, false),
            ("4012 8888 8888 1881", false, true, false),
            ("3782 822463 10005", false, true, false),
            ("4012-8888-8888-1881", false, false, true),
            ("4012 8888-8888 1881", false, false, false),
            ("4012  888888881881", false, false, false),
            (" 4012888888881881", false, false, false),
            ("4012888888881881 ", false, false, false),
            ("4012888888881881\n", false, false, false),
            ("401288888888188\u{661}", false, false, false),
            ("", false, false, false),
        ];
        for (text, plain, spaced, hyphenated) in rows {
            assert_eq!(RULE.check(text), plain, "{text}");
            assert_eq!(SPACES.check(text), spaced, "{text}");
            assert_eq!(HYPHENS.check(text), hyphenated, "{text}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_is_true(digits in "[0-9]{11,18}") {
            let true_ones = (0..10).filter(|digit| RULE.check(&format!("{digits}{digit}"))).count();
            prop_assert_eq!(true_ones, 1);
        }

        #[test]
        fn whatever_passes_is_of_the_published_form(text in "[0-9]{10,21}|([0-9]{1,5}[ -]{0,2}){1,7}") {
            prop_assert!(!RULE.check(&text) || Pattern::compile(PLAIN).matches(&text));
            prop_assert!(!SPACES.check(&text) || Pattern::compile(SPACED).matches(&text));
            prop_assert!(!HYPHENS.check(&text) || Pattern::compile(HYPHENATED).matches(&text));
        }
    }
}
