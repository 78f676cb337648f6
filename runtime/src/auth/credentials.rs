//! Finds the one credential of a request in its headers. A damaged credential is an error, never "anonymous".

use std::fmt;

use http::{
    HeaderMap, HeaderName,
    header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION},
};

/// What a request brought to say who it is from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Presented<'a> {
    /// No credential at all.
    Nothing,
    /// The token of `Authorization: Bearer`.
    Bearer(&'a str),
    /// The token of `Authorization: DPoP`, which is good with a proof only.
    Dpop(&'a str),
    /// The content of the API key header.
    ApiKey(&'a str),
}

/// Why the credentials of a request cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialError {
    /// `Authorization` or the API key header is there more than once.
    RepeatedHeader,
    /// Two different credentials came together.
    SeveralCredentials,
    /// The scheme of `Authorization` is none that is known here.
    UnknownScheme,
    /// What follows `Bearer` or `DPoP` is not the form of a token.
    MalformedToken,
    /// The API key header is empty or not visible ASCII.
    MalformedApiKey,
}

/// Reads the credential of a request. `api_key` is the header for API keys, where the API has one.
///
/// Nothing but these headers is looked at: a token in the query, a form or a cookie is not seen.
///
/// ```
/// use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};
/// use palisade::auth::{CredentialError, Presented, presented};
///
/// let header = HeaderName::from_static("x-api-key");
/// let mut headers = HeaderMap::new();
/// assert_eq!(presented(&headers, Some(&header)), Ok(Presented::Nothing));
///
/// headers.insert(AUTHORIZATION, HeaderValue::from_static("bearer e30.e30.c2ln"));
/// assert_eq!(presented(&headers, Some(&header)), Ok(Presented::Bearer("e30.e30.c2ln")));
///
/// headers.insert(header.clone(), HeaderValue::from_static("shop_1_2"));
/// assert_eq!(presented(&headers, Some(&header)), Err(CredentialError::SeveralCredentials));
/// ```
pub fn presented<'a>(headers: &'a HeaderMap, api_key: Option<&HeaderName>) -> Result<Presented<'a>, CredentialError> {
    match found(headers, api_key)? {
        Found { token: None, api_key: None } => Ok(Presented::Nothing),
        Found { token: Some(token), api_key: None } => token.read().map(match token.scheme {
            TokenScheme::Bearer => Presented::Bearer,
            TokenScheme::Dpop => Presented::Dpop,
        }),
        Found { token: None, api_key: Some(key) } => Ok(Presented::ApiKey(key)),
        Found { token: Some(_), api_key: Some(_) } => Err(CredentialError::SeveralCredentials),
    }
}

/// What a request brought, where the form of a token was not looked at yet. Whether both may come together is for its
/// endpoint to say.
pub(crate) struct Found<'a> {
    pub(crate) token: Option<Unread<'a>>,
    pub(crate) api_key: Option<&'a str>,
}

/// By which scheme a token was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenScheme {
    /// Alone (RFC 6750).
    Bearer,
    /// With a proof (RFC 9449).
    Dpop,
}

/// What follows `Bearer` or `DPoP`. One that was verified before has the form of a token: then each byte is looked at once, not
/// twice.
#[derive(Clone, Copy)]
pub(crate) struct Unread<'a> {
    scheme: TokenScheme,
    bytes: &'a [u8],
}

impl<'a> Unread<'a> {
    /// The bytes, for comparing them only.
    pub(crate) const fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) const fn scheme(self) -> TokenScheme {
        self.scheme
    }

    /// The token.
    pub(crate) fn read(self) -> Result<&'a str, CredentialError> {
        str::from_utf8(self.bytes).ok().filter(|token| is_token68(token)).ok_or(CredentialError::MalformedToken)
    }
}

/// Finds the credentials of a request, as [`presented`] does.
pub(crate) fn found<'a>(headers: &'a HeaderMap, api_key: Option<&HeaderName>) -> Result<Found<'a>, CredentialError> {
    let authorization = single(headers, &AUTHORIZATION)?;
    let key = match api_key {
        Some(name) => single(headers, name)?,
        None => None,
    };
    // Before either is looked at: what is wrong with one does not matter where there should be no other.
    let token = match (authorization, key) {
        (Some(value), Some(_)) => Some(token(value).map_err(|_| CredentialError::SeveralCredentials)?),
        (Some(value), None) => Some(token(value)?),
        (None, _) => None,
    };
    let api_key = key.map(|value| visible(value).ok_or(CredentialError::MalformedApiKey)).transpose()?;
    Ok(Found { token, api_key })
}

/// Marks the fields that carry credentials, so that whoever prints the fields of a request does not print them.
pub(crate) fn mark_sensitive(headers: &mut HeaderMap, api_key: Option<&HeaderName>) {
    for (name, value) in headers.iter_mut() {
        if [&AUTHORIZATION, &COOKIE, &PROXY_AUTHORIZATION].contains(&name) || Some(name) == api_key {
            value.set_sensitive(true);
        }
    }
}

impl CredentialError {
    /// Whether the request itself is malformed (400 `invalid_request`); else the credential is (401).
    #[must_use]
    pub const fn is_bad_request(self) -> bool {
        match self {
            Self::RepeatedHeader | Self::SeveralCredentials => true,
            Self::UnknownScheme | Self::MalformedToken | Self::MalformedApiKey => false,
        }
    }

    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RepeatedHeader => "repeated_header",
            Self::SeveralCredentials => "several_credentials",
            Self::UnknownScheme => "unknown_scheme",
            Self::MalformedToken => "malformed_token",
            Self::MalformedApiKey => "malformed_api_key",
        }
    }
}

/// The value of a header that may be there once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a [u8]>, CredentialError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => Ok(Some(value.as_bytes())),
        (Some(_), Some(_)) => Err(CredentialError::RepeatedHeader),
    }
}

fn token(value: &[u8]) -> Result<Unread<'_>, CredentialError> {
    let scheme_end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
    let (scheme, rest) = value.split_at(scheme_end);
    let scheme = if scheme.eq_ignore_ascii_case(b"bearer") {
        TokenScheme::Bearer
    } else if scheme.eq_ignore_ascii_case(b"dpop") {
        TokenScheme::Dpop
    } else {
        return Err(CredentialError::UnknownScheme);
    };
    // Spaces and nothing else (RFC 9110, section 11.4).
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    Ok(Unread { scheme, bytes: rest.get(spaces..).unwrap_or_default() })
}

/// `[A-Za-z0-9-._~+/]+=*`: the `b64token` of RFC 6750, section 2.1.
fn is_token68(text: &str) -> bool {
    let body = text.trim_end_matches('=').as_bytes();
    // Every token of every request comes here: without a branch for each byte, many bytes are looked at at once.
    !body.is_empty() && body.iter().fold(true, |all, byte| all & is_token_byte(*byte))
}

/// `-./0123456789` stand in a row.
fn is_token_byte(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'-') <= b'9' - b'-';
    letter | digit | (byte == b'_') | (byte == b'~') | (byte == b'+')
}

fn visible(value: &[u8]) -> Option<&str> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    str::from_utf8(value).ok()
}

impl fmt::Debug for Presented<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Bearer(_) => "Bearer(..)",
            Self::Dpop(_) => "Dpop(..)",
            Self::ApiKey(_) => "ApiKey(..)",
        })
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::RepeatedHeader => "a header with a credential is there more than once: send it once",
            Self::SeveralCredentials => "two different credentials came together: send one",
            Self::UnknownScheme => "the scheme of `Authorization` is not known here: use `Bearer` or `DPoP`",
            Self::MalformedToken => {
                "what follows the scheme is not a token: send `Bearer` or `DPoP`, and the token only"
            }
            Self::MalformedApiKey => "the API key is not visible ASCII: send the key as it was issued",
        })
    }
}

impl std::error::Error for CredentialError {}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

    fn check(lines: &[(&str, &[u8])], expected: Result<Presented<'_>, CredentialError>) {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_bytes(value).unwrap());
        }
        assert_eq!(presented(&headers, Some(&API_KEY)), expected, "{lines:?}");
    }

    fn authorization(value: &str, expected: Result<Presented<'_>, CredentialError>) {
        check(&[("authorization", value.as_bytes())], expected);
    }

    #[test]
    fn rule_69_fields_with_credentials_are_not_printed_with_the_others() {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "x-api-key", "cookie", "proxy-authorization"] {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static("hunter2"));
            headers.append(HeaderName::from_static(name), HeaderValue::from_static("hunter2 again"));
        }
        headers.insert("accept", HeaderValue::from_static("text/plain"));
        mark_sensitive(&mut headers, Some(&API_KEY));
        let shown = format!("{headers:?}");
        assert!(!shown.contains("hunter2") && shown.contains("text/plain"), "{shown}");
    }

    #[test]
    fn rule_1_the_scheme_is_compared_without_case() {
        for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
            authorization(&format!("{scheme} a.b-c_d~e+f/g=="), Ok(Presented::Bearer("a.b-c_d~e+f/g==")));
        }
        authorization("Bearer   e30", Ok(Presented::Bearer("e30")));
        for scheme in ["DPoP", "dpop"] {
            authorization(&format!("{scheme} e30"), Ok(Presented::Dpop("e30")));
        }
    }

    #[test]
    fn rule_1_a_malformed_token_is_an_error_and_not_anonymous() {
        for value in [
            "Bearer",
            "Bearer ",
            "Bearer a b",
            "Bearer Bearer e30",
            "Bearer =",
            "Bearer a=b",
            "Bearer a,b",
            "Bearer \te30",
        ] {
            authorization(value, Err(CredentialError::MalformedToken));
        }
        authorization("Bearer {\"payload\":\"e30\"}", Err(CredentialError::MalformedToken));
        check(&[("authorization", b"Bearer t\xC3\xA4")], Err(CredentialError::MalformedToken));
    }

    #[test]
    fn rule_1_a_token_is_made_of_the_bytes_of_the_standard() {
        for byte in 0..=u8::MAX {
            let listed = byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
            assert_eq!(is_token_byte(byte), listed, "{byte}");
        }
    }

    #[test]
    fn rule_1_an_unknown_scheme_is_an_error_and_not_anonymous() {
        for value in ["", "Basic YTpi", "DPoPe30", "DPoP\te30", "Bearer\te30", "Bearere30", "e30.e30.e30", "Bearer,e30"]
        {
            authorization(value, Err(CredentialError::UnknownScheme));
        }
    }

    #[test]
    fn rule_2_two_authorization_headers_are_a_bad_request() {
        let lines: [(&str, &[u8]); 2] = [("authorization", b"Bearer a"), ("Authorization", b"Bearer a")];
        check(&lines, Err(CredentialError::RepeatedHeader));
        check(&[("x-api-key", b"a"), ("X-Api-Key", b"b")], Err(CredentialError::RepeatedHeader));
        assert!(CredentialError::RepeatedHeader.is_bad_request());
    }

    #[test]
    fn rule_6_two_different_credentials_are_a_bad_request() {
        check(&[("authorization", b"Bearer a"), ("x-api-key", b"b")], Err(CredentialError::SeveralCredentials));
        check(&[("authorization", b"Basic a"), ("x-api-key", b"b")], Err(CredentialError::SeveralCredentials));
        assert!(CredentialError::SeveralCredentials.is_bad_request());
    }

    #[test]
    fn an_api_key_is_read_from_its_header_only() {
        check(&[("x-api-key", b"shop_1_2")], Ok(Presented::ApiKey("shop_1_2")));
        for value in [&b""[..], b"a b", b"\xFF"] {
            check(&[("x-api-key", value)], Err(CredentialError::MalformedApiKey));
        }
        let mut headers = HeaderMap::new();
        headers.insert(API_KEY, HeaderValue::from_static("shop_1_2"));
        assert_eq!(presented(&headers, None), Ok(Presented::Nothing));
    }

    #[test]
    fn rule_3_no_other_place_is_looked_at() {
        let lines: [(&str, &[u8]); 2] = [("cookie", b"access_token=e30"), ("proxy-authorization", b"Bearer e30")];
        check(&lines, Ok(Presented::Nothing));
    }

    #[test]
    fn rule_69_debug_does_not_show_the_credential() {
        assert_eq!(format!("{:?}", Presented::Bearer("e30")), "Bearer(..)");
        assert_eq!(format!("{:?}", Presented::ApiKey("e30")), "ApiKey(..)");
    }
}
