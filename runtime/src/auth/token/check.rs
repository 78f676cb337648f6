//! Checks the claims of an access token against RFC 9068 and what an issuer may deviate in. The signature is good by now.

use super::{
    Claim, Confirmation, Party, TokenError,
    claims::Claims,
    part::{List, Text, Words},
    rules::{OptionalClaim, Others, Rules, Types},
};
use crate::auth::{
    jose::json::{Item, Texts},
    jws,
};

/// What the rest of the work needs from checked claims.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) subject: Text,
    pub(super) client: Option<Text>,
    pub(super) id: Option<Text>,
    pub(super) party: Option<Party>,
    pub(super) scopes: Words,
    pub(super) roles: List,
    pub(super) issued_at: Option<u64>,
    pub(super) expires_at: u64,
    pub(super) authenticated_at: Option<u64>,
    pub(super) authentication_context: Option<Text>,
    pub(super) authentication_methods: List,
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
pub(super) fn check(claims: &Claims<'_>, rules: &Rules, now: u64) -> Result<Checked, TokenError> {
    if required(claims.text(Claim::Issuer)?, Claim::Issuer)? != &*rules.issuer {
        return Err(TokenError::WrongIssuer);
    }
    check_audience(claims, rules)?;
    if 0 < claims.of_another_kind {
        return Err(TokenError::NotAnAccessToken);
    }
    let confirmation = claims.confirmation.finish(claims.get(Claim::Confirmation));
    let confirmation = confirmation.map_err(|_| TokenError::MalformedClaim(Claim::Confirmation))?;
    let (issued_at, expires_at) = check_times(claims, rules, now)?;

    let kept = |text| Text::of(text, claims.payload);
    let list = |texts: Option<&Texts<'_>>| texts.map_or(List::NONE, |texts| List::of(texts, claims.payload));
    Ok(Checked {
        subject: kept(required(claims.text(Claim::Subject)?, Claim::Subject)?),
        client: optional(claims.text(Claim::ClientId)?, Claim::ClientId, OptionalClaim::ClientId, rules)?.map(kept),
        id: optional(claims.text(Claim::TokenId)?, Claim::TokenId, OptionalClaim::TokenId, rules)?.map(kept),
        party: party(claims, rules)?,
        scopes: scopes(claims)?,
        roles: list(claims.texts(Claim::Roles)?),
        issued_at: issued_at.map(seconds),
        expires_at: seconds(expires_at),
        authenticated_at: claims.time(Claim::AuthenticatedAt)?.map(seconds),
        authentication_context: claims.text(Claim::AuthenticationContext)?.map(kept),
        authentication_methods: list(claims.texts(Claim::AuthenticationMethods)?),
        confirmation,
    })
}

fn check_audience(claims: &Claims<'_>, rules: &Rules) -> Result<(), TokenError> {
    let wanted = rules.audience.as_str();
    let (ours, others) = match claims.get(Claim::Audience) {
        None => return Err(TokenError::MissingClaim(Claim::Audience)),
        Some(Item::Text(one)) => (one == wanted, one != wanted),
        Some(Item::Texts(list)) => (list.iter().any(|one| one == wanted), list.iter().any(|one| one != wanted)),
        Some(Item::Number(_) | Item::Object | Item::Other) => {
            return Err(TokenError::MalformedClaim(Claim::Audience));
        }
    };
    let alone = match rules.others {
        Others::Allowed => true,
        Others::Refused => !others,
    };
    // An audience that was configured as nothing is nobody's.
    if ours && alone && !wanted.is_empty() { Ok(()) } else { Err(TokenError::WrongAudience) }
}

/// When the token was issued and when it expires.
fn check_times(claims: &Claims<'_>, rules: &Rules, now: u64) -> Result<(Option<f64>, f64), TokenError> {
    #[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
    let now = now as f64;
    let expires_at = required(claims.time(Claim::ExpiresAt)?, Claim::ExpiresAt)?;
    if expires_at + rules.skew <= now {
        return Err(TokenError::Expired);
    }
    if claims.time(Claim::NotBefore)?.is_some_and(|not_before| now + rules.skew < not_before) {
        return Err(TokenError::NotYetValid);
    }
    let issued_at = optional(claims.time(Claim::IssuedAt)?, Claim::IssuedAt, OptionalClaim::IssuedAt, rules)?;
    if issued_at.is_some_and(|issued_at| now + rules.skew < issued_at) {
        return Err(TokenError::IssuedInFuture);
    }
    if let Some(longest) = rules.max_age
        && longest + rules.skew < now - required(issued_at, Claim::IssuedAt)?
    {
        return Err(TokenError::TooOld);
    }
    if let Some(longest) = rules.max_lifetime
        && longest < expires_at - required(issued_at, Claim::IssuedAt)?
    {
        return Err(TokenError::LivesTooLong);
    }
    Ok((issued_at, expires_at))
}

/// Nothing where the token does not tell: then nobody can be wrong about it.
fn party(claims: &Claims<'_>, rules: &Rules) -> Result<Option<Party>, TokenError> {
    let (subject, client) = (claims.text(Claim::Subject)?, claims.text(Claim::ClientId)?);
    if 0 < claims.of_a_client || (client.is_some() && subject == client) {
        return Ok(Some(Party::Client));
    }
    Ok((client.is_some() || !rules.client_claims.is_empty()).then_some(Party::User))
}

/// A space-separated text (RFC 6749, section 3.3) or an array of texts.
fn scopes(claims: &Claims<'_>) -> Result<Words, TokenError> {
    match claims.get(Claim::Scope) {
        None => Ok(Words::NONE),
        Some(Item::Text(line)) => Ok(Words::Line(Text::of(line, claims.payload))),
        Some(Item::Texts(list)) => Ok(Words::List(List::of(list, claims.payload))),
        Some(Item::Number(_) | Item::Object | Item::Other) => Err(TokenError::MalformedClaim(Claim::Scope)),
    }
}

fn required<T>(value: Option<T>, claim: Claim) -> Result<T, TokenError> {
    value.ok_or(TokenError::MissingClaim(claim))
}

fn optional<T>(value: Option<T>, claim: Claim, may: OptionalClaim, rules: &Rules) -> Result<Option<T>, TokenError> {
    if value.is_none() && !rules.optional.contains(&may) { Err(TokenError::MissingClaim(claim)) } else { Ok(value) }
}

/// Whole seconds, the fraction cut off.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`Claims::time` has checked the range")]
const fn seconds(time: f64) -> u64 {
    time as u64
}
