//! `bic`: a business identifier code (ISO 9362:2022), of 8 or 11 characters in upper case.
//!
//! It is a party prefix of four letters or digits, the country by its alpha-2 code of ISO 3166-1, a suffix of two, and a branch
//! of three if there is one. `XK`, which ISO 3166-1 leaves to users and banks use for Kosovo, is a country here. Whether a code
//! is registered only the registration authority can say.
//!
//! ```
//! use palisade::rules::{Apply, bic::Bic};
//!
//! const RULE: Bic = Bic::new().seal().into_rule();
//! assert!(RULE.check("DEUTDEFF500"));
//! assert!(!RULE.check("DEUTZZFF"));
//! ```

use std::fmt;

use super::{Sealed, TextRule, country::is_alpha2, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

const FORM: &str = "[0-9A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?";

/// The rule `bic`.
#[derive(Debug, Clone, Copy)]
pub struct Bic;

impl Bic {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule. Its texts are at most 11 characters long.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::Pattern(Pattern::facts_of(FORM))).with(Facet::Custom("bic"));
        Sealed::new(self, facets)
    }
}

impl TextRule for Bic {
    fn code(&self) -> &'static str {
        "bic"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a BIC of 8 or 11 characters")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        matches!(text.len(), 8 | 11)
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z'))
            && text.get(4..6).is_some_and(|country| country == "XK" || is_alpha2(country))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    const RULE: Bic = Bic::new().seal().into_rule();

    #[test]
    fn has_a_party_a_country_a_suffix_and_perhaps_a_branch() {
        let rows = [
            ("DEUTDEFF", true),
            ("DEUTDEFF500", true),
            ("NEDSZAJJXXX", true),
            ("NLPRXKPR", true),
            ("E097AEXX", true),
            ("UNCRITMM", true),
            ("DEUTZZFF", false),
            ("DEUTD1FF", false),
            ("deutdeff", false),
            ("DEUTDEFF5", false),
            ("DEUTDEFF50", false),
            ("DEUTDEFF5000", false),
            ("DEUTDE", false),
            ("DEUT-DEFF", false),
            ("DEUTDEF\u{424}", false),
            ("", false),
        ];
        for (text, verdict) in rows {
            assert_eq!(RULE.check(text), verdict, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_passes_is_of_the_published_form(text in "[0-9A-Z]{4}(DE|FR|[A-Z]{2})[0-9A-Z]{1,6}|\\PC{0,12}") {
            prop_assert!(!RULE.check(&text) || Pattern::compile(FORM).matches(&text));
        }
    }
}
