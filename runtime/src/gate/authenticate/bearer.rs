//! An access token in `Authorization`.

use std::sync::Arc;

use super::{Arrival, challenge::bad_token, proof, unauthenticated, unusable};
use crate::{
    audit::Known,
    auth::{Caller, ClientCertificate, TokenError, TokenScheme, Unread},
    gate::{Reason, Refusal},
    policy::{Catalogue, Mask, SchemeKind},
};

/// The caller that the token speaks for.
pub(super) async fn verify(arrival: &Arrival<'_>, token: Unread<'_>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    if token.scheme() == TokenScheme::Dpop && keeper.dpop.is_none() {
        return Err(unauthenticated(mounted, SchemeKind::OAuth2, Reason::SchemeNotAccepted));
    }
    if let Some(known) = keeper.cache.get(token.bytes(), now) {
        return proven(arrival, token, known).await;
    }
    let presented = token;
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let Some(tokens) = &keeper.tokens else {
        return Err(unauthenticated(mounted, SchemeKind::OAuth2, Reason::SchemeNotAccepted));
    };
    let verified =
        tokens.verify(token, now).map_err(|error| bad_token(arrival, presented.scheme(), Reason::Token(error)))?;
    let mask = |catalogue: Option<&'static Catalogue>, names: Vec<&str>| {
        catalogue.map_or(Mask::EMPTY, |catalogue| catalogue.mask(names))
    };
    let scopes = mask(keeper.api.scope_catalogue(), verified.scopes().collect());
    let roles = mask(keeper.api.role_catalogue(), verified.roles().collect());
    let expires_at = verified.expires_at();
    let known = Arc::new(keeper.audit.know(Caller::bearer(verified, scopes, roles)));
    keeper.cache.insert(token, Arc::clone(&known), expires_at, now);
    proven(arrival, presented, known).await
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
