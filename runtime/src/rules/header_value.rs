//! `header_value`: the value of an HTTP header field, which cannot begin another field.
//!
//! ```
//! use palisade::rules::{Apply, header_value::HeaderValue};
//!
//! const RULE: HeaderValue = HeaderValue::new().seal().into_rule();
//! assert!(RULE.check("text/html; charset=utf-8"));
//! assert!(!RULE.check("1\r\nSet-Cookie: admin=1"));
//! ```
//!
//! It is `field-value` of RFC 9110, section 5.5, without the obsolete `obs-text`: visible ASCII characters, with spaces and
//! tabs between them but at neither end. The empty text is such a value; `length(min = 1)` refuses it.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

const FORM: PatternFacts = Pattern::facts_of(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?");

/// The rule `header_value`.
#[derive(Debug, Clone, Copy)]
pub struct HeaderValue;

impl HeaderValue {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule, with its form.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(FORM)))
    }
}

impl TextRule for HeaderValue {
    fn code(&self) -> &'static str {
        "header_value"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be visible ASCII characters, with spaces and tabs only between them")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        // Without a way out of the loop it is done in blocks of bytes.
        let plain = bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b'\t' | b' '..=b'~'));
        plain && !is_space(bytes.first()) && !is_space(bytes.last())
    }
}

const fn is_space(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    static PUBLISHED: Pattern = Pattern::compile(FORM.source);

    #[test]
    fn nothing_ends_the_line() {
        for (text, verdict) in [
            ("", true),
            ("a", true),
            ("a b\tc", true),
            ("\"quoted\", W/\"1\"", true),
            (" a", false),
            ("a ", false),
            ("\ta", false),
            (" ", false),
            ("a\r\nb: c", false),
            ("a\nb", false),
            ("a\rb", false),
            ("a\0b", false),
            ("a\u{7F}", false),
            ("a\u{B}b", false),
            ("café", false),
            ("a\u{85}b", false),
            // Cut to its lower byte it would be a line feed.
            ("a\u{560A}b", false),
        ] {
            assert_eq!(HeaderValue.accepts(text), verdict, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_code_the_published_pattern_and_http_agree(text in "[ -~\\t]{0,9}|[\\x00-\\xff]{0,6}") {
            proptest::prop_assert_eq!(HeaderValue.accepts(&text), PUBLISHED.matches(&text));
            if HeaderValue.accepts(&text) {
                proptest::prop_assert!(http::HeaderValue::from_str(&text).is_ok());
            }
        }
    }
}
