//! Checks the claims of an access token against RFC 9068. The signature is good by now.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Claim, Confirmation, TokenError};
use crate::auth::{jws, login::Contexts};

/// What an issuer's tokens must say.
#[derive(Debug)]
pub(in crate::auth) struct Rules {
    /// Shared with every caller that is found by them.
    pub(super) issuer: Arc<str>,
    pub(super) audience: String,
    pub(super) skew: u64,
    pub(super) types: Types,
    pub(super) optional: Vec<OptionalClaim>,
    pub(super) scope_claim: Arc<str>,
    pub(super) roles_claim: Arc<str>,
    pub(super) contexts: Arc<Contexts>,
}

/// Which values of `typ` an access token may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Types {
    /// `at+jwt` alone, as RFC 9068 wants it.
    AccessTokenOnly,
    /// Also `JWT`, or none at all.
    UntypedToo,
}

/// A claim of RFC 9068 that an issuer may be allowed to leave out.
///
/// ```
/// use palisade::auth::{Claim, OptionalClaim, TokenError};
/// use palisade::testing::TestIssuer;
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let token = id.token().without("jti").sign(1_800_000_000);
///
/// let strict = id.tokens("https://api.shop.example");
/// assert_eq!(strict.verify(&token, 1_800_000_000).unwrap_err(), TokenError::MissingClaim(Claim::TokenId));
/// let relaxed = strict.accept_missing(OptionalClaim::TokenId);
/// assert!(relaxed.verify(&token, 1_800_000_000).is_ok());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptionalClaim {
    /// `client_id`: which client the token was issued to.
    ClientId,
    /// `iat`: when it was issued.
    IssuedAt,
    /// `jti`: its own name.
    TokenId,
}

/// What the rest of the work needs from checked claims.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) subject: String,
    pub(super) expires_at: u64,
    pub(super) authenticated_at: Option<u64>,
    pub(super) confirmation: Option<Confirmation>,
}

/// Checks the header's `typ`.
pub(super) fn check_type(kind: Option<&str>, types: Types) -> Result<(), TokenError> {
    let right = match (kind, types) {
        (Some(kind), Types::AccessTokenOnly) => jws::is_media_type(kind, "at+jwt"),
        (Some(kind), Types::UntypedToo) => jws::is_media_type(kind, "at+jwt") || jws::is_media_type(kind, "jwt"),
        (None, Types::AccessTokenOnly) => false,
        (None, Types::UntypedToo) => true,
    };
    if right { Ok(()) } else { Err(TokenError::WrongType) }
}

/// Checks the claims at `now`, in seconds since 1970.
pub(super) fn check(claims: &Map<String, Value>, rules: &Rules, now: u64) -> Result<Checked, TokenError> {
    if text(claims, Claim::Issuer)?.ok_or(TokenError::MissingClaim(Claim::Issuer))? != &*rules.issuer {
        return Err(TokenError::WrongIssuer);
    }
    check_audience(claims, &rules.audience)?;
    check_kind(claims)?;
    let confirmation = confirmation(claims)?;
    let expires_at = check_times(claims, rules, now)?;

    let subject = required_text(claims, Claim::Subject)?;
    for (claim, optional) in [(Claim::ClientId, OptionalClaim::ClientId), (Claim::TokenId, OptionalClaim::TokenId)] {
        if text(claims, claim)?.is_none() && !rules.optional.contains(&optional) {
            return Err(TokenError::MissingClaim(claim));
        }
    }
    text(claims, Claim::AuthenticationContext)?;
    check_scopes(claims, &rules.scope_claim)?;
    check_roles(claims, &rules.roles_claim)?;
    let authenticated_at = time(claims, Claim::AuthenticatedAt)?.map(seconds);
    Ok(Checked { subject: String::from(subject), expires_at, authenticated_at, confirmation })
}

/// The scopes: a space-separated string (RFC 6749) or an array of strings, both are seen.
pub(super) fn scopes<'c>(claims: &'c Map<String, Value>, claim: &str) -> impl Iterator<Item = &'c str> {
    let line = claims.get(claim).and_then(Value::as_str).unwrap_or_default();
    line.split(' ').filter(|name| !name.is_empty()).chain(roles(claims, claim))
}

/// The roles: an array of strings. Names of roles have spaces in them, so a string is never split.
pub(super) fn roles<'c>(claims: &'c Map<String, Value>, claim: &str) -> impl Iterator<Item = &'c str> {
    let list = claims.get(claim).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str)
}

fn check_audience(claims: &Map<String, Value>, wanted: &str) -> Result<(), TokenError> {
    const MALFORMED: TokenError = TokenError::MalformedClaim(Claim::Audience);
    let ours = match claims.get(Claim::Audience.name()) {
        None => return Err(TokenError::MissingClaim(Claim::Audience)),
        Some(Value::String(one)) => one == wanted,
        Some(Value::Array(list)) if list.iter().all(Value::is_string) => list.iter().any(|one| one == wanted),
        Some(_) => return Err(MALFORMED),
    };
    // An audience that was configured as nothing is nobody's.
    if ours && !wanted.is_empty() { Ok(()) } else { Err(TokenError::WrongAudience) }
}

/// ID tokens and logout tokens come from the same issuer, signed by the same keys; where `typ` does not tell
/// them apart, their own claims must.
fn check_kind(claims: &Map<String, Value>) -> Result<(), TokenError> {
    if ["nonce", "at_hash", "c_hash", "events"].iter().any(|claim| claims.contains_key(*claim)) {
        return Err(TokenError::NotAnAccessToken);
    }
    Ok(())
}

fn confirmation(claims: &Map<String, Value>) -> Result<Option<Confirmation>, TokenError> {
    let read = claims.get(Claim::Confirmation.name()).map(Confirmation::read).transpose();
    read.map_err(|_| TokenError::MalformedClaim(Claim::Confirmation))
}

fn check_times(claims: &Map<String, Value>, rules: &Rules, now: u64) -> Result<u64, TokenError> {
    #[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
    let (now, skew) = (now as f64, rules.skew as f64);
    let expires_at = time(claims, Claim::ExpiresAt)?.ok_or(TokenError::MissingClaim(Claim::ExpiresAt))?;
    if expires_at + skew <= now {
        return Err(TokenError::Expired);
    }
    if time(claims, Claim::NotBefore)?.is_some_and(|not_before| now + skew < not_before) {
        return Err(TokenError::NotYetValid);
    }
    match time(claims, Claim::IssuedAt)? {
        Some(issued_at) if now + skew < issued_at => Err(TokenError::IssuedInFuture),
        None if !rules.optional.contains(&OptionalClaim::IssuedAt) => Err(TokenError::MissingClaim(Claim::IssuedAt)),
        Some(_) | None => Ok(seconds(expires_at)),
    }
}

/// A `NumericDate`, which RFC 7519 lets have a fraction. Anything but a sensible number is refused, not skipped.
fn time(claims: &Map<String, Value>, claim: Claim) -> Result<Option<f64>, TokenError> {
    /// Beyond this a float no longer counts single seconds.
    const LAST: f64 = 9_007_199_254_740_992.0;
    let Some(value) = claims.get(claim.name()) else { return Ok(None) };
    match value.as_f64() {
        Some(seconds) if (0.0..=LAST).contains(&seconds) => Ok(Some(seconds)),
        Some(_) | None => Err(TokenError::MalformedClaim(claim)),
    }
}

/// Whole seconds, the fraction cut off.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`time` has checked the range")]
const fn seconds(time: f64) -> u64 {
    time as u64
}

/// A claim that is not empty when it is there.
fn text(claims: &Map<String, Value>, claim: Claim) -> Result<Option<&str>, TokenError> {
    match claims.get(claim.name()) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(TokenError::MalformedClaim(claim)),
    }
}

fn required_text(claims: &Map<String, Value>, claim: Claim) -> Result<&str, TokenError> {
    text(claims, claim)?.ok_or(TokenError::MissingClaim(claim))
}

fn check_scopes(claims: &Map<String, Value>, name: &str) -> Result<(), TokenError> {
    match claims.get(name) {
        None | Some(Value::String(_)) => Ok(()),
        Some(list) if is_array_of_strings(list) => Ok(()),
        Some(_) => Err(TokenError::MalformedClaim(Claim::Scope)),
    }
}

fn check_roles(claims: &Map<String, Value>, name: &str) -> Result<(), TokenError> {
    match claims.get(name) {
        None => Ok(()),
        Some(list) if is_array_of_strings(list) => Ok(()),
        Some(_) => Err(TokenError::MalformedClaim(Claim::Roles)),
    }
}

fn is_array_of_strings(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}
