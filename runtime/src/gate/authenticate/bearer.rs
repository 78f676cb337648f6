//! An access token in `Authorization`.

use std::sync::Arc;

use super::{Arrival, challenge::bad_token, opaque, proof, unauthenticated, unusable};
use crate::{
    audit::Known,
    auth::{Caller, ClientCertificate, TokenError, TokenScheme, Unread, Verified},
    gate::{Reason, Refusal},
    policy::{Catalogue, Mask, SchemeKind},
};

/// The caller that the token speaks for.
pub(super) async fn verify(arrival: &Arrival<'_>, token: Unread<'_>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    if token.scheme() == TokenScheme::Dpop && keeper.dpop.is_none() {
        return Err(unauthenticated(mounted, SchemeKind::OAuth2, Reason::SchemeNotAccepted));
    }
    // Read before anything is verified: what is verified by keys that are withdrawn meanwhile is not remembered as good.
    let generation = keeper.issuers.generation();
    if let Some((verified_by, known)) = keeper.cache.get(token.bytes(), now)
        && verified_by == generation
    {
        return proven(arrival, token, known).await;
    }
    let presented = token;
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let (verified, until) = match &keeper.introspection {
        Some(introspection) if introspection.takes(token) => {
            let found = opaque::verify(arrival, introspection, presented.scheme(), token).await?;
            let until = found.until();
            (found.into_verified(), until)
        }
        Some(_) | None => {
            let verified = signed(arrival, presented.scheme(), token).await?;
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
    proven(arrival, presented, known).await
}

/// What a signed token says, by the keys of its issuer.
async fn signed(arrival: &Arrival<'_>, scheme: TokenScheme, token: &str) -> Result<Verified, Refusal> {
    let refused = |reason| bad_token(arrival, scheme, reason);
    let issuers = &arrival.keeper.issuers;
    if issuers.is_empty() {
        return Err(unauthenticated(arrival.mounted, SchemeKind::OAuth2, Reason::SchemeNotAccepted));
    }
    issuers.verify(token, arrival.now).await.map_err(|error| {
        // Neither good nor bad: the issuer cannot be asked.
        let unknown = error == TokenError::KeysUnavailable;
        if unknown { Refusal::unavailable(Reason::Token(error)) } else { refused(Reason::Token(error)) }
    })
}

/// A token that is bound to a certificate or a key of the client is good with the proof only, remembered or not.
async fn proven(arrival: &Arrival<'_>, token: Unread<'_>, known: Arc<Known>) -> Result<Arc<Known>, Refusal> {
    let certificate = arrival.certificate().map(ClientCertificate::thumbprint);
    let refused = |error| Err(unauthenticated(arrival.mounted, SchemeKind::OAuth2, Reason::Token(error)));
    match (token.scheme(), known.caller().confirmation()) {
        (TokenScheme::Bearer, None) => Ok(known),
        (TokenScheme::Bearer, Some(confirmation)) if confirmation.is_proven_by(certificate, None) => Ok(known),
        (TokenScheme::Bearer, Some(_)) => refused(TokenError::SenderConstrained),
        // In a box of its own, so that no other request carries its room along.
        (TokenScheme::Dpop, _) => Box::pin(proof::verify(arrival, token, known)).await,
    }
}
