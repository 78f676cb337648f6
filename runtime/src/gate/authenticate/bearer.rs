//! An access token in `Authorization`.

use std::sync::Arc;

use super::{Arrival, opaque, unauthenticated, unusable};
use crate::{
    audit::Known,
    auth::{Caller, ClientCertificate, TokenError, Unread, Verified},
    gate::{Reason, Refusal},
    policy::{Catalogue, Mask, SchemeKind},
};

/// The caller that the token speaks for.
pub(super) async fn verify(arrival: &Arrival<'_>, token: Unread<'_>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    // Read before anything is verified: what is verified by keys that are withdrawn meanwhile is not remembered as good.
    let generation = keeper.issuers.generation();
    if let Some((verified_by, known)) = keeper.cache.get(token.bytes(), now)
        && verified_by == generation
    {
        return proven(arrival, known);
    }
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let (verified, until) = match &keeper.introspection {
        Some(introspection) if introspection.takes(token) => {
            let found = opaque::verify(arrival, introspection, token).await?;
            let until = found.until();
            (found.into_verified(), until)
        }
        Some(_) | None => {
            let verified = signed(arrival, token).await?;
            let until = keeper.issuers.believed_until(&verified);
            (Arc::new(verified), until)
        }
    };
    let mask = |catalogue: Option<&'static Catalogue>, names: Vec<&str>| {
        catalogue.map_or(Mask::EMPTY, |catalogue| catalogue.mask(names))
    };
    let scopes = mask(keeper.api.scope_catalogue(), verified.scopes().collect());
    let roles = mask(keeper.api.role_catalogue(), verified.roles().collect());
    let known = Arc::new(keeper.audit.know(Caller::bearer(verified, scopes, roles)));
    keeper.cache.insert(token, (generation, Arc::clone(&known)), until, now);
    proven(arrival, known)
}

/// What a signed token says, by the keys of its issuer.
async fn signed(arrival: &Arrival<'_>, token: &str) -> Result<Verified, Refusal> {
    let refused = |reason| unauthenticated(arrival.mounted, SchemeKind::OAuth2, reason);
    let issuers = &arrival.keeper.issuers;
    if issuers.is_empty() {
        return Err(refused(Reason::SchemeNotAccepted));
    }
    issuers.verify(token, arrival.now).await.map_err(|error| {
        // Neither good nor bad: the issuer cannot be asked.
        let unknown = error == TokenError::KeysUnavailable;
        if unknown { Refusal::unavailable(Reason::Token(error)) } else { refused(Reason::Token(error)) }
    })
}

/// A token that is bound to a certificate or a key of the client is good with the proof only, remembered or not.
fn proven(arrival: &Arrival<'_>, known: Arc<Known>) -> Result<Arc<Known>, Refusal> {
    let certificate = arrival.certificate().map(ClientCertificate::thumbprint);
    match known.caller().confirmation() {
        Some(confirmation) if !confirmation.is_proven_by(certificate, None) => {
            Err(unauthenticated(arrival.mounted, SchemeKind::OAuth2, Reason::Token(TokenError::SenderConstrained)))
        }
        Some(_) | None => Ok(known),
    }
}
