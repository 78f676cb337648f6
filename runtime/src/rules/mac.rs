//! `mac`: the address of a network interface, an EUI-48 in pairs of hexadecimal digits (IEEE 802, section 8.1).
//!
//! `mac(form = "eui64")` asks for an EUI-64; `mac(separator = "colon")` or `"hyphen"` for one of the separators, which
//! otherwise must be the same within the address.
//!
//! ```
//! use palisade::rules::{Apply, mac::Mac};
//!
//! const RULE: Mac = Mac::new().seal().into_rule();
//! assert!(RULE.check("00-00-5E-00-53-01"));
//! assert!(RULE.check("00:00:5e:00:53:01"));
//! assert!(!RULE.check("00:00-5e:00-53:01"));
//! assert!(!RULE.check("00005e005301"));
//! ```

use std::fmt;

use super::{
    Parameter, Sealed, TextRule,
    pattern::engine::Pattern,
};
use crate::policy::{Facet, Facets, same};

/// The rule `mac`.
#[derive(Debug, Clone, Copy)]
pub struct Mac {
    form: Form,
    separator: Separator,
}

/// How long the address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Eui48,
    Eui64,
}

/// What stands between the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Either,
    Colon,
    Hyphen,
}

impl Mac {
    /// An EUI-48 with either separator.
    #[must_use]
    pub const fn new() -> Self {
        Self { form: Form::Eui48, separator: Separator::Either }
    }

    /// The length: `"eui48"` or `"eui64"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn form(self, word: &'static str) -> Self {
        let form = if same(word, "eui48") {
            Form::Eui48
        } else if same(word, "eui64") {
            Form::Eui64
        } else {
            panic!("`mac`: `form` is \"eui48\" or \"eui64\"")
        };
        Self { form, ..self }
    }

    /// The separator: `"colon"` or `"hyphen"`; without this word it is either.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn separator(self, word: &'static str) -> Self {
        let separator = if same(word, "colon") {
            Separator::Colon
        } else if same(word, "hyphen") {
            Separator::Hyphen
        } else {
            panic!("`mac`: `separator` is \"colon\" or \"hyphen\"; without it, it is either")
        };
        Self { separator, ..self }
    }

    /// The rule with its pattern.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(Pattern::facts_of(self.source()))))
    }

    const fn source(self) -> &'static str {
        match (self.form, self.separator) {
            (Form::Eui48, Separator::Either) => "[0-9A-Fa-f]{2}((:[0-9A-Fa-f]{2}){5}|(-[0-9A-Fa-f]{2}){5})",
            (Form::Eui48, Separator::Colon) => "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}",
            (Form::Eui48, Separator::Hyphen) => "[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}",
            (Form::Eui64, Separator::Either) => "[0-9A-Fa-f]{2}((:[0-9A-Fa-f]{2}){7}|(-[0-9A-Fa-f]{2}){7})",
            (Form::Eui64, Separator::Colon) => "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){7}",
            (Form::Eui64, Separator::Hyphen) => "[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){7}",
        }
    }

    const fn pairs(self) -> usize {
        match self.form {
            Form::Eui48 => 6,
            Form::Eui64 => 8,
        }
    }

    fn allows(self, byte: u8) -> bool {
        match self.separator {
            Separator::Either => byte == b':' || byte == b'-',
            Separator::Colon => byte == b':',
            Separator::Hyphen => byte == b'-',
        }
    }
}

impl TextRule for Mac {
    fn code(&self) -> &'static str {
        "mac"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.form {
            Form::Eui48 => "EUI-48",
            Form::Eui64 => "EUI-64",
        };
        let separators = match self.separator {
            Separator::Either => "colons or hyphens",
            Separator::Colon => "colons",
            Separator::Hyphen => "hyphens",
        };
        write!(f, "must be an {name} address with {separators}")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("form", Parameter::Text(match self.form {
            Form::Eui48 => "eui48",
            Form::Eui64 => "eui64",
        }));
        match self.separator {
            Separator::Either => {}
            Separator::Colon => visit("separator", Parameter::Text("colon")),
            Separator::Hyphen => visit("separator", Parameter::Text("hyphen")),
        }
    }

    fn accepts(&self, text: &str) -> bool {
        let Some(separator) = text.as_bytes().get(2).copied() else { return false };
        text.len() == self.pairs() * 3 - 1
            && self.allows(separator)
            && text.bytes().enumerate().all(|(at, byte)| match at % 3 {
                2 => byte == separator,
                _ => byte.is_ascii_hexdigit(),
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    static PATTERNS: [(Mac, Pattern); 6] = [
        pattern(Mac::new()),
        pattern(Mac::new().separator("colon")),
        pattern(Mac::new().separator("hyphen")),
        pattern(Mac::new().form("eui64")),
        pattern(Mac::new().form("eui64").separator("colon")),
        pattern(Mac::new().form("eui64").separator("hyphen")),
    ];

    const fn pattern(rule: Mac) -> (Mac, Pattern) {
        (rule, Pattern::compile(rule.source()))
    }

    #[test]
    fn an_address_has_pairs_with_one_separator() {
        let colon = Mac::new().separator("colon").seal().into_rule();
        let long = Mac::new().form("eui64").seal().into_rule();
        for text in ["", "00:00:5e:00:53", "00:00:5e:00:53:0", "00:00:5e:00:53:01:", "00:00:5e:00:53:0g", "0000.5e00.5301"] {
            assert!(!Mac::new().check(text) && !colon.check(text), "{text:?}");
        }
        assert!(colon.check("00:00:5E:00:53:01") && !colon.check("00-00-5E-00-53-01"));
        assert!(long.check("02-00-5E-10-00-00-00-01") && !long.check("00-00-5E-00-53-01"));
        assert!(!Mac::new().check("０0:00:5e:00:53:01"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_published_pattern(text in "[0-9a-gA-F]{2}([:-][0-9a-fA-F]{2}){4,8}|[0-9a-f]{2}(:[0-9a-f]{1,2}){5,7}|[0-9a-f]{2}(-[0-9a-f]{2}){5,7}") {
            for (rule, pattern) in &PATTERNS {
                prop_assert_eq!(rule.check(&text), pattern.matches(&text), "{:?}", text);
            }
        }
    }
}
