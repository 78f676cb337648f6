//! Station 2: from the credential in the request to a caller. A presented but invalid credential is an error even where
//! none is needed.

use std::sync::Arc;

use http::{HeaderMap, StatusCode, header};

use super::{Keeper, Mounted, Reason, Refusal};
use crate::{
    audit::Known,
    auth::{ApiKeyError, Caller, CredentialError, Found, TokenError, Unread, found},
    policy::{Exposure, Mask, SchemeKind},
    problem::Problem,
};

/// Who asks. Nobody on a public endpoint to which no credential was presented.
pub(super) async fn authenticate(
    keeper: &Keeper,
    mounted: &Mounted,
    headers: &HeaderMap,
    now: u64,
) -> Result<Option<Arc<Known>>, Refusal> {
    let found = found(headers, mounted.api_key_header.as_ref()).map_err(|error| unusable(mounted, error))?;
    let (known, way) = match (found, mounted.exposure) {
        (Found::Nothing, Exposure::Public { .. }) => return Ok(None),
        (Found::Nothing, Exposure::Guarded) => {
            return Err(unauthenticated(mounted, Way::Bearer, Reason::NoCredential));
        }
        (Found::Bearer(token), _) => (bearer(keeper, mounted, token, now)?, Way::Bearer),
        (Found::ApiKey(key), _) => (api_key(keeper, mounted, key, now).await?, Way::ApiKey),
    };
    match mounted.exposure {
        Exposure::Guarded if !mounted.schemes.iter().any(|scheme| way.is(*scheme)) => {
            Err(unauthenticated(mounted, way, Reason::SchemeNotAccepted))
        }
        Exposure::Guarded | Exposure::Public { .. } => Ok(Some(known)),
    }
}

/// The way in which a credential came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Bearer,
    ApiKey,
}

impl Way {
    fn is(self, scheme: SchemeKind) -> bool {
        self == Self::of(scheme)
    }

    fn of(scheme: SchemeKind) -> Self {
        match scheme {
            SchemeKind::OAuth2 => Self::Bearer,
            SchemeKind::ApiKey { .. } => Self::ApiKey,
        }
    }
}

fn bearer(keeper: &Keeper, mounted: &Mounted, token: Unread<'_>, now: u64) -> Result<Arc<Known>, Refusal> {
    if let Some(known) = keeper.cache.get(token.bytes(), now) {
        return proven(mounted, known);
    }
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let Some(tokens) = &keeper.tokens else {
        return Err(unauthenticated(mounted, Way::Bearer, Reason::SchemeNotAccepted));
    };
    let verified =
        tokens.verify(token, now).map_err(|error| unauthenticated(mounted, Way::Bearer, Reason::Token(error)))?;
    let mask = |catalogue: Option<&'static crate::policy::Catalogue>, names: Vec<&str>| {
        catalogue.map_or(Mask::EMPTY, |catalogue| catalogue.mask(names))
    };
    let scopes = mask(keeper.api.scope_catalogue(), verified.scopes().collect());
    let roles = mask(keeper.api.role_catalogue(), verified.roles().collect());
    let expires_at = verified.expires_at();
    let known = Arc::new(keeper.audit.know(Caller::bearer(verified, scopes, roles)));
    keeper.cache.insert(token, Arc::clone(&known), expires_at, now);
    proven(mounted, known)
}

/// A token that is bound to a certificate or a key of the client is good with the proof only, remembered or not.
fn proven(mounted: &Mounted, known: Arc<Known>) -> Result<Arc<Known>, Refusal> {
    match known.caller().confirmation() {
        Some(confirmation) if !confirmation.is_proven_by(None, None) => {
            Err(unauthenticated(mounted, Way::Bearer, Reason::Token(TokenError::SenderConstrained)))
        }
        Some(_) | None => Ok(known),
    }
}

async fn api_key(keeper: &Keeper, mounted: &Mounted, presented: &str, now: u64) -> Result<Arc<Known>, Refusal> {
    let Some(keys) = &keeper.api_keys else {
        return Err(unauthenticated(mounted, Way::ApiKey, Reason::SchemeNotAccepted));
    };
    let key = keys.verify(presented, now).await.map_err(|error| match error {
        ApiKeyError::Outage(_) => Refusal::unavailable(Reason::StoreOutage),
        ApiKeyError::Malformed
        | ApiKeyError::Unknown
        | ApiKeyError::WrongSecret
        | ApiKeyError::Disabled
        | ApiKeyError::NotYetValid
        | ApiKeyError::Expired => unauthenticated(mounted, Way::ApiKey, Reason::ApiKey(error.code())),
    })?;
    let scopes = keeper.api.scope_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.scope_names()));
    let roles = keeper.api.role_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.role_names()));
    Ok(Arc::new(keeper.audit.know(Caller::api_key(key, scopes, roles))))
}

#[cold]
fn unusable(mounted: &Mounted, error: CredentialError) -> Refusal {
    if !error.is_bad_request() {
        let way = if error == CredentialError::MalformedApiKey { Way::ApiKey } else { Way::Bearer };
        return unauthenticated(mounted, way, Reason::Credential(error));
    }
    let mut problem =
        Problem::fixed(StatusCode::BAD_REQUEST, "urn:palisade:problem:invalid-request", "present one credential, once");
    if let (Some(challenges), true) = (&mounted.challenges, mounted.schemes.contains(&SchemeKind::OAuth2)) {
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_request());
    }
    Refusal::new(Reason::Credential(error), problem)
}

/// 401 with one challenge for each way that would do; on a public endpoint, for the way that failed. Its body is the same
/// for every reason.
#[cold]
fn unauthenticated(mounted: &Mounted, failed: Way, reason: Reason) -> Refusal {
    // What is wrong is said only of what was presented: nothing presented is no error (RFC 6750, section 3.1).
    let presented = !matches!(
        reason,
        Reason::NoCredential | Reason::SchemeNotAccepted | Reason::Credential(CredentialError::UnknownScheme)
    );
    let notices = &mounted.notices;
    let notice = match (failed, presented) {
        (Way::Bearer, false) => &notices.no_token,
        (Way::Bearer, true) => &notices.bad_token,
        (Way::ApiKey, false) => &notices.no_api_key,
        (Way::ApiKey, true) => &notices.bad_api_key,
    };
    notice.refusal(mounted, reason, || challenged(mounted, failed, presented))
}

fn challenged(mounted: &Mounted, failed: Way, presented: bool) -> Problem {
    let problem = Problem::fixed(
        StatusCode::UNAUTHORIZED,
        "urn:palisade:problem:unauthenticated",
        "a valid credential is needed",
    );
    let Some(challenges) = &mounted.challenges else { return problem };
    let accepted: Vec<Way> = match mounted.exposure {
        Exposure::Guarded => mounted.schemes.iter().map(|scheme| Way::of(*scheme)).collect(),
        Exposure::Public { .. } => vec![failed],
    };
    accepted.into_iter().fold(problem, |problem, way| match (way, &mounted.api_key_header) {
        (Way::Bearer, _) if presented && failed == Way::Bearer => {
            problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_token())
        }
        (Way::Bearer, _) => problem.with_header(header::WWW_AUTHENTICATE, challenges.bearer()),
        (Way::ApiKey, Some(name)) => problem.with_header(header::WWW_AUTHENTICATE, challenges.api_key(name)),
        (Way::ApiKey, None) => problem,
    })
}
