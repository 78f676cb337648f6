//! Station 2: from the credential in the request to a caller. A presented but invalid credential is an error even where
//! none is needed.

use std::sync::Arc;

use http::{HeaderMap, StatusCode, header};

use super::{Keeper, Mounted, Reason, Refusal};
use crate::{
    audit::Known,
    auth::{ApiKeyError, Caller, CredentialError, Presented, presented},
    policy::{Exposure, Mask, SchemeKind},
    problem::Problem,
};

/// Who asks. Nobody on a public endpoint to which no credential was presented.
pub(super) async fn authenticate(
    keeper: &Keeper,
    mounted: &Mounted,
    headers: &HeaderMap,
) -> Result<Option<Arc<Known>>, Refusal> {
    let presented = presented(headers, mounted.api_key_header.as_ref()).map_err(|error| unusable(mounted, error))?;
    let scheme = match presented {
        Presented::Nothing => {
            return match mounted.exposure {
                Exposure::Public { .. } => Ok(None),
                Exposure::Guarded => Err(unauthenticated(mounted, Reason::NoCredential)),
            };
        }
        Presented::Bearer(_) => SchemeKind::OAuth2,
        Presented::ApiKey(_) => match mounted.schemes.iter().find(|scheme| matches!(scheme, SchemeKind::ApiKey { .. }))
        {
            Some(scheme) => *scheme,
            None => SchemeKind::ApiKey { header: "" },
        },
    };
    let known = match presented {
        Presented::Nothing => return Ok(None),
        Presented::Bearer(token) => bearer(keeper, mounted, token)?,
        Presented::ApiKey(key) => api_key(keeper, mounted, key).await?,
    };
    if mounted.exposure == Exposure::Guarded && !mounted.schemes.contains(&scheme) {
        return Err(unauthenticated(mounted, Reason::SchemeNotAccepted));
    }
    Ok(Some(known))
}

fn bearer(keeper: &Keeper, mounted: &Mounted, token: &str) -> Result<Arc<Known>, Refusal> {
    let now = keeper.clock.unix_seconds();
    if let Some(known) = keeper.cache.get(token, now) {
        return Ok(known);
    }
    let Some(tokens) = &keeper.tokens else { return Err(unauthenticated(mounted, Reason::SchemeNotAccepted)) };
    let verified = tokens.verify(token, now).map_err(|error| unauthenticated(mounted, Reason::Token(error)))?;
    let mask = |catalogue: Option<&'static crate::policy::Catalogue>, names: Vec<&str>| {
        catalogue.map_or(Mask::EMPTY, |catalogue| catalogue.mask(names))
    };
    let scopes = mask(keeper.api.scope_catalogue(), verified.scopes().collect());
    let roles = mask(keeper.api.role_catalogue(), verified.roles().collect());
    let expires_at = verified.expires_at();
    let known = Arc::new(keeper.audit.know(Caller::bearer(verified, scopes, roles)));
    keeper.cache.insert(token, Arc::clone(&known), expires_at, now);
    Ok(known)
}

async fn api_key(keeper: &Keeper, mounted: &Mounted, presented: &str) -> Result<Arc<Known>, Refusal> {
    let Some(keys) = &keeper.api_keys else { return Err(unauthenticated(mounted, Reason::SchemeNotAccepted)) };
    let key = keys.verify(presented, keeper.clock.unix_seconds()).await.map_err(|error| match error {
        ApiKeyError::Outage(_) => Refusal::unavailable(Reason::StoreOutage),
        ApiKeyError::Malformed
        | ApiKeyError::Unknown
        | ApiKeyError::WrongSecret
        | ApiKeyError::Disabled
        | ApiKeyError::NotYetValid
        | ApiKeyError::Expired => unauthenticated(mounted, Reason::ApiKey(error.code())),
    })?;
    let scopes = keeper.api.scope_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.scope_names()));
    let roles = keeper.api.role_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.role_names()));
    Ok(Arc::new(keeper.audit.know(Caller::api_key(key, scopes, roles))))
}

#[cold]
fn unusable(mounted: &Mounted, error: CredentialError) -> Refusal {
    if !error.is_bad_request() {
        return unauthenticated(mounted, Reason::Credential(error));
    }
    let mut problem =
        Problem::fixed(StatusCode::BAD_REQUEST, "urn:palisade:problem:invalid-request", "present one credential, once");
    if let (Some(challenges), true) = (&mounted.challenges, mounted.schemes.contains(&SchemeKind::OAuth2)) {
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_request());
    }
    Refusal::new(Reason::Credential(error), problem)
}

/// 401 with one challenge for each scheme that would do. Its body is the same for every reason.
#[cold]
fn unauthenticated(mounted: &Mounted, reason: Reason) -> Refusal {
    let mut problem = Problem::fixed(
        StatusCode::UNAUTHORIZED,
        "urn:palisade:problem:unauthenticated",
        "a valid credential is needed",
    );
    let Some(challenges) = &mounted.challenges else { return Refusal::new(reason, problem) };
    let failed_token = matches!(reason, Reason::Token(_) | Reason::Credential(_));
    let public = mounted.exposure != Exposure::Guarded;
    if public && failed_token {
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_token());
    }
    if let (true, Some(name)) = (public && !failed_token, &mounted.api_key_header) {
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.api_key(name));
    }
    for scheme in &mounted.schemes {
        let challenge = match (scheme, &mounted.api_key_header) {
            (SchemeKind::OAuth2, _) if failed_token => challenges.invalid_token(),
            (SchemeKind::OAuth2, _) => challenges.bearer(),
            (SchemeKind::ApiKey { .. }, Some(name)) => challenges.api_key(name),
            (SchemeKind::ApiKey { .. }, None) => continue,
        };
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenge);
    }
    Refusal::new(reason, problem)
}
