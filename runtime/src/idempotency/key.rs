//! The key in a request: the `Idempotency-Key` header field, a String of RFC 9651 in quotes.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

/// The header field that carries the key (draft-ietf-httpapi-idempotency-key-header, section 2.1).
///
/// ```
/// assert_eq!(palisade::idempotency::IDEMPOTENCY_KEY, "idempotency-key");
/// ```
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A key as a client chose it.
///
/// The draft wants a String: printable ASCII in quotes, with `\"` and `\\`. A bare word is no key, so that one key has one
/// spelling, and neither are parameters behind it. Between the quotes stand 1 to [`Key::LONGEST`] characters.
///
/// ```
/// use http::HeaderValue;
/// use palisade::idempotency::{InvalidKey, Key};
///
/// let key = Key::parse(&HeaderValue::from_static(r#""8e03978e-40d5-43e8-bc93-6894a57f9324""#))?;
/// assert_eq!(key.as_str(), "8e03978e-40d5-43e8-bc93-6894a57f9324");
/// assert_eq!(Key::parse(&HeaderValue::from_static("8e03978e")), Err(InvalidKey::Malformed));
/// # Ok::<(), InvalidKey>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// As many characters as may stand between the quotes, escapes included.
    pub const LONGEST: usize = 255;

    /// The key of a request.
    ///
    /// # Errors
    /// When there is none, more than one, or one that is no String.
    pub fn of(headers: &HeaderMap) -> Result<Self, InvalidKey> {
        let mut lines = headers.get_all(IDEMPOTENCY_KEY).iter();
        match (lines.next(), lines.next()) {
            (None, _) => Err(InvalidKey::Missing),
            (Some(only), None) => Self::parse(only),
            (Some(_), Some(_)) => Err(InvalidKey::Malformed),
        }
    }

    /// The key in a line of the field.
    ///
    /// # Errors
    /// When it is no String, or too long or too short for a key.
    pub fn parse(line: &HeaderValue) -> Result<Self, InvalidKey> {
        let content = line.as_bytes().strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
        let content = content.filter(|content| (1..=Self::LONGEST).contains(&content.len()));
        content.and_then(unescape).map(Self).ok_or(InvalidKey::Malformed)
    }

    /// The key without its quotes and escapes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(content: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(content.len());
    let mut bytes = content.iter().copied();
    while let Some(byte) = bytes.next() {
        let plain = match byte {
            b'\\' => bytes.next().filter(|escaped| matches!(escaped, b'"' | b'\\'))?,
            b'"' => return None,
            b' '..=b'~' => byte,
            _ => return None,
        };
        text.push(char::from(plain));
    }
    Some(text)
}

impl fmt::Debug for Key {
    /// A key lets its holder read an answer again, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Why a request has no key.
///
/// ```
/// use palisade::idempotency::{InvalidKey, Key};
///
/// assert_eq!(Key::of(&http::HeaderMap::new()), Err(InvalidKey::Missing));
/// assert_eq!(InvalidKey::Missing.to_string(), "there is no `Idempotency-Key`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidKey {
    /// The field is not there.
    Missing,
    /// The field is there twice, or holds no String of the right length.
    Malformed,
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "there is no `Idempotency-Key`",
            Self::Malformed => "the `Idempotency-Key` is no text of 1 to 255 characters in quotes",
        })
    }
}

impl std::error::Error for InvalidKey {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &[u8], expected: Option<&str>) {
        let found = Key::parse(&HeaderValue::from_bytes(line).unwrap());
        assert_eq!(found.as_ref().map(Key::as_str).ok(), expected, "{}", String::from_utf8_lossy(line));
    }

    #[test]
    fn a_key_is_a_text_in_quotes() {
        check(br#""a""#, Some("a"));
        check(br#""a b""#, Some("a b"));
        check(br#""a\"b\\c""#, Some(r#"a"b\c"#));
        for none in [
            "",
            "a",
            "\"",
            "\"\"",
            "\"a",
            "a\"",
            "\"a\"b\"",
            "\"a\\\"",
            "\"a\\b\"",
            "\"a\";q=1",
            "\"a\", \"b\"",
            "?1",
            "1",
            ":YQ==:",
            "'a'",
            "\"a\tb\"",
            "\"é\"",
        ] {
            check(none.as_bytes(), None);
        }
    }

    #[test]
    fn a_key_is_no_longer_than_it_may_be() {
        let of = |length: usize| format!("\"{}\"", "k".repeat(length));
        check(of(255).as_bytes(), Some(&"k".repeat(255)));
        check(of(256).as_bytes(), None);
    }

    #[test]
    fn a_request_has_one_key() {
        let mut headers = HeaderMap::new();
        assert_eq!(Key::of(&headers), Err(InvalidKey::Missing));
        headers.append(IDEMPOTENCY_KEY, HeaderValue::from_static("\"a\""));
        assert_eq!(Key::of(&headers).unwrap().as_str(), "a");
        headers.append(IDEMPOTENCY_KEY, HeaderValue::from_static("\"a\""));
        assert_eq!(Key::of(&headers), Err(InvalidKey::Malformed));
    }

    proptest! {
        /// What another reader of structured fields takes for a String without parameters, and for nothing else.
        #[test]
        fn a_key_is_what_the_standard_says(line in "[\"\\\\ a-c;é\t]{0,8}") {
            // What stands around a field's value is no part of it.
            let value = HeaderValue::from_bytes(line.trim().as_bytes()).unwrap();
            let item = sfv::Parser::new(value.as_bytes()).parse::<sfv::Item>().ok();
            let expected = item.filter(|item| item.params.is_empty()).and_then(|item| match item.bare_item {
                sfv::BareItem::String(text) if !text.as_str().is_empty() => Some(text.as_str().to_owned()),
                _ => None,
            });
            prop_assert_eq!(Key::parse(&value).ok().map(|key| key.0), expected);
        }
    }
}
