//! The header fields that carry credentials: what is read is what a pattern of the standard reads, else it is an error.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};
use palisade::auth::{CredentialError, Presented, presented};
use regex::bytes::Regex;

/// RFC 9110, section 11.4, RFC 6750, section 2.1, and RFC 9449, section 7.1.
static TOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?i-u)^(?:bearer|(dpop)) +([A-Za-z0-9._~+/-]+=*)$").expect("a pattern"));

/// Runs the target on one input: lines of `Authorization`, an empty line, lines with an API key.
pub fn run(input: &[u8]) {
    let name = HeaderName::from_static("x-api-key");
    let mut headers = HeaderMap::new();
    let mut field = &AUTHORIZATION;
    for line in input.split(|byte| *byte == b'\n') {
        if line.is_empty() {
            field = &name;
        } else if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(field, value);
        }
    }
    let only = |field: &HeaderName| headers.get(field).map(HeaderValue::as_bytes).unwrap_or_default();
    let (tokens, keys) = (headers.get_all(&AUTHORIZATION).iter().count(), headers.get_all(&name).iter().count());
    let read = presented(&headers, Some(&name));
    match read {
        Ok(Presented::Nothing) => assert_eq!((tokens, keys), (0, 0), "{headers:?}"),
        Ok(Presented::Bearer(token) | Presented::Dpop(token)) => {
            let found = TOKEN.captures(only(&AUTHORIZATION)).expect("what is read is a token");
            assert_eq!(found.get(2).map(|found| found.as_bytes()), Some(token.as_bytes()), "{headers:?}");
            assert_eq!(found.get(1).is_some(), matches!(read, Ok(Presented::Dpop(_))), "{headers:?}");
        }
        Ok(Presented::ApiKey(key)) => {
            assert_eq!(only(&name), key.as_bytes(), "{headers:?}");
            assert!(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()), "{headers:?}");
        }
        Err(CredentialError::RepeatedHeader) => assert!(1 < tokens || 1 < keys, "{headers:?}"),
        Err(CredentialError::SeveralCredentials) => assert_eq!((tokens, keys), (1, 1), "{headers:?}"),
        Err(CredentialError::MalformedApiKey) => assert_eq!(keys, 1, "{headers:?}"),
        Err(_) => assert!(tokens == 1 && !TOKEN.is_match(only(&AUTHORIZATION)), "{headers:?}"),
    }
    if read.is_ok() && read != Ok(Presented::Nothing) {
        assert_eq!(headers.len(), 1, "one credential is presented");
    }
}
