//! `iban`: an IBAN in its electronic format (ISO 13616-1): no spaces, upper case, true check digits, and the structure that
//! the IBAN registry gives for its country.
//!
//! `iban(format = "paper")` takes the format of letters instead, in groups of four that one space keeps apart, and
//! `iban(format = "any")` takes both. Small letters are refused, so that one account is one text. Whether the account exists
//! only its bank can say; national check digits inside the account number are not looked at.
//!
//! ```
//! use palisade::rules::{Apply, iban::Iban};
//!
//! const RULE: Iban = Iban::new().seal().into_rule();
//! assert!(RULE.check("GB29NWBK60161331926819"));
//! assert!(!RULE.check("GB29 NWBK 6016 1331 9268 19"));
//! assert!(!RULE.check("GB28NWBK60161331926819"));
//! ```

use std::fmt;

use iban::{IbanLike, ParseIbanError};

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

const ELECTRONIC: &str = "[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}";
const PAPER: &str = "[A-Z]{2}[0-9]{2}(?: [0-9A-Z]{4}){2,7} [0-9A-Z]{1,4}";
const ANY: &str = "[A-Z]{2}[0-9]{2}(?:[0-9A-Z]{11,30}|(?: [0-9A-Z]{4}){2,7} [0-9A-Z]{1,4})";

/// 34 letters and digits in groups of four.
const LONGEST: usize = 42;

/// The rule `iban`.
#[derive(Debug, Clone, Copy)]
pub struct Iban {
    format: Format,
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Electronic,
    Paper,
    Any,
}

impl Iban {
    /// In the electronic format.
    #[must_use]
    pub const fn new() -> Self {
        Self { format: Format::Electronic }
    }

    /// `"electronic"`, `"paper"` or `"any"`.
    ///
    /// # Panics
    /// In const evaluation, on any other word.
    #[must_use]
    #[track_caller]
    pub const fn format(self, format: &'static str) -> Self {
        let format = match format.as_bytes() {
            b"electronic" => Format::Electronic,
            b"paper" => Format::Paper,
            b"any" => Format::Any,
            _ => panic!("`iban`: `format` is \"electronic\", \"paper\" or \"any\""),
        };
        Self { format }
    }

    /// The rule. Its texts are at most 34 characters long, 42 with spaces.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let (form, longest) = match self.format {
            Format::Electronic => (ELECTRONIC, 34),
            Format::Paper => (PAPER, LONGEST),
            Format::Any => (ANY, LONGEST),
        };
        let facets = Facets::NONE
            .with(Facet::Pattern(Pattern::facts_of(form)))
            .with(Facet::MaxLength(longest as u64))
            .with(Facet::Custom("iban"));
        Sealed::new(self, facets)
    }
}

impl TextRule for Iban {
    fn code(&self) -> &'static str {
        "iban"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format {
            Format::Electronic => f.write_str("must be an IBAN without spaces"),
            Format::Paper => f.write_str("must be an IBAN in groups of four"),
            Format::Any => f.write_str("must be an IBAN"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        let format = match self.format {
            Format::Electronic => "electronic",
            Format::Paper => "paper",
            Format::Any => "any",
        };
        visit("format", Parameter::Text(format));
    }

    fn accepts(&self, text: &str) -> bool {
        let spaced = text.as_bytes().get(4) == Some(&b' ');
        let fits = match self.format {
            Format::Electronic => !spaced,
            Format::Paper => spaced,
            Format::Any => true,
        };
        // The library takes both formats and small letters, and check digits that cannot come out: they are 02 to 98.
        // It keeps what it reads in an array, so nothing is allocated.
        fits && text.len() <= LONGEST
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b' '))
            && text.get(2..4) != Some("99")
            && match text.parse::<iban::Iban>() {
                Ok(_) => true,
                Err(ParseIbanError::UnknownCountry(sound) | ParseIbanError::InvalidBban(sound)) => {
                    is_amended(sound.electronic_str())
                }
                Err(ParseIbanError::InvalidBaseIban { .. }) => false,
            }
    }
}

/// Structures of release 101 of the registry that the library does not have.
fn is_amended(iban: &str) -> bool {
    let (Some(country), Some(bank), Some(account)) = (iban.get(..2), iban.get(4..8), iban.get(8..)) else {
        return false;
    };
    let account_fits = match country {
        "HN" => account.len() == 20 && account.bytes().all(|byte| byte.is_ascii_digit()),
        "PK" => account.len() == 16,
        _ => false,
    };
    account_fits && bank.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    const RULE: Iban = Iban::new().seal().into_rule();
    const PRINTED: Iban = Iban::new().format("paper").seal().into_rule();
    const EITHER: Iban = Iban::new().format("any").seal().into_rule();

    #[test]
    fn has_a_format_check_digits_and_the_structure_of_its_country() {
        // The examples of the registry, and what is wrong with them in one place each.
        let rows = [
            ("AD1200012030200359100100", true, false),
            ("BE68539007547034", true, false),
            ("BR1800360305000010009795493C1", true, false),
            ("CH9300762011623852957", true, false),
            ("DE89370400440532013000", true, false),
            ("FR1420041010050500013M02606", true, false),
            ("GB29NWBK60161331926819", true, false),
            ("MT84MALT011000012345MTLCAST001S", true, false),
            ("NO9386011117947", true, false),
            ("SA0380000000608010167519", true, false),
            ("XK051212012345678906", true, false),
            ("HN88CABF00000000000250005469", true, false),
            ("HN88CABF0000000000025000546", false, false),
            ("PK36SCBL0000001123456702", true, false),
            ("PK45KCFKPSMB37ZU5TZHMQHZ", true, false),
            ("GB29 NWBK 6016 1331 9268 19", false, true),
            ("NO93 8601 1117 947", false, true),
            ("BE68 5390 0754 7034", false, true),
            ("BE68 5390 0754 7034 ", false, false),
            ("GB29  NWBK60161331926819", false, false),
            ("GB29-NWBK-6016-1331-9268-19", false, false),
            ("gb29NWBK60161331926819", false, false),
            ("GB29nwbk60161331926819", false, false),
            ("GB30NWBK60161331926819", false, false),
            ("DE8937040044053201300", false, false),
            ("DE893704004405320130000", false, false),
            ("GB29NWBK6016133192681\u{664}", false, false),
            ("ZZ89370400440532013000", false, false),
            ("US64SVBKUS6S3300958879", false, false),
            ("GB29", false, false),
            ("GB", false, false),
            ("", false, false),
            ("GB29 ", false, false),
        ];
        for (text, electronic, paper) in rows {
            assert_eq!(RULE.check(text), electronic, "{text}");
            assert_eq!(PRINTED.check(text), paper, "{text}");
            assert_eq!(EITHER.check(text), electronic || paper, "{text}");
        }
    }

    #[test]
    fn check_digits_that_cannot_come_out_are_refused() {
        // 02 and 99 leave the same remainder.
        let mut found = 0;
        for account in 0..2_000 {
            let text = format!("BE02539{account:09}");
            if RULE.check(&text) {
                found += 1;
                assert!(!RULE.check(&text.replacen("BE02", "BE99", 1)), "{text}");
            }
        }
        assert!(found > 0);
    }

    proptest! {
        #[test]
        fn whatever_passes_is_of_the_published_form(text in "[A-Z]{2}[0-9]{2}([0-9]{11,31}|( [0-9A-Z]{1,4}){1,8})|\\PC{0,40}") {
            prop_assert!(!RULE.check(&text) || Pattern::compile(ELECTRONIC).matches(&text));
            prop_assert!(!PRINTED.check(&text) || Pattern::compile(PAPER).matches(&text));
            prop_assert!(!EITHER.check(&text) || Pattern::compile(ANY).matches(&text));
        }
    }
}
