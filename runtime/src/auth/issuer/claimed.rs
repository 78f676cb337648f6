//! What a token says of itself before anything is verified: enough to find whom to ask, and believed in nothing.

use std::borrow::Cow;

use serde::Deserialize;

use crate::auth::{
    Claim, TokenError,
    jose::{base64url, jws},
};

/// The issuer that a token names. It only chooses among those that are configured.
pub(in crate::auth) fn issuer(token: &str) -> Result<String, TokenError> {
    #[derive(Deserialize)]
    struct Claims<'c> {
        #[serde(borrow)]
        iss: Option<Cow<'c, str>>,
    }

    let (_, payload) = segments(token)?;
    let bytes = base64url::decode(payload).map_err(|_| TokenError::BadEncoding)?;
    let claims: Claims<'_> = serde_json::from_slice(&bytes).map_err(|_| TokenError::BadClaims)?;
    claims.iss.map(Cow::into_owned).ok_or(TokenError::MissingClaim(Claim::Issuer))
}

/// The key that a token names, if it names one.
pub(super) fn kid(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Header<'h> {
        #[serde(borrow)]
        kid: Option<Cow<'h, str>>,
    }

    let (header, _) = segments(token).ok()?;
    let bytes = base64url::decode(header).ok()?;
    let header: Header<'_> = serde_json::from_slice(&bytes).ok()?;
    header.kid.map(Cow::into_owned)
}

fn segments(token: &str) -> Result<(&str, &str), TokenError> {
    if jws::LONGEST_TOKEN < token.len() {
        return Err(TokenError::TooLong);
    }
    let mut segments = token.split('.');
    match (segments.next(), segments.next(), segments.next(), segments.next()) {
        (Some(header), Some(payload), Some(_), None) => Ok((header, payload)),
        _ => Err(TokenError::NotCompact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{auth::Algorithm, testing::TestIssuer};

    #[test]
    fn a_token_says_by_whom_it_is_and_which_key() {
        let id = TestIssuer::new("https://id.shop.example");
        let token = id.token().header("kid", "k\"1").sign(1_800_000_000);
        assert_eq!(issuer(&token).as_deref(), Ok("https://id.shop.example"));
        assert_eq!(kid(&token).as_deref(), Some("k\"1"));
    }

    #[test]
    fn what_cannot_be_read_names_nobody() {
        let id = TestIssuer::new("https://id.shop.example");
        let raw = |claims: &str| issuer(&id.sign_raw(Algorithm::EdDsa, "{}", claims));
        assert_eq!(raw("{}"), Err(TokenError::MissingClaim(Claim::Issuer)));
        assert_eq!(raw(r#"{"iss":["a"]}"#), Err(TokenError::BadClaims));
        assert_eq!(raw(r#"{"iss":"a","iss":"b"}"#), Err(TokenError::BadClaims));
        assert_eq!(raw("[]"), Err(TokenError::BadClaims));
        assert_eq!(issuer("a.b"), Err(TokenError::NotCompact));
        assert_eq!(issuer("a.b.c.d"), Err(TokenError::NotCompact));
        assert_eq!(issuer("a.=.c"), Err(TokenError::BadEncoding));
        assert_eq!(issuer(&"a".repeat(9_000)), Err(TokenError::TooLong));
        assert_eq!(kid("a.b.c"), None);
    }
}
