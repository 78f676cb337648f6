//! An access token in `Authorization`.

use std::sync::Arc;

use super::{Arrival, unauthenticated, unusable};
use crate::{
    audit::Known,
    auth::{Caller, TokenError, Unread},
    gate::{Mounted, Reason, Refusal},
    policy::{Catalogue, Mask, SchemeKind},
};

/// The caller that the token speaks for.
#[expect(clippy::unused_async, reason = "an issuer may have to be asked")]
pub(super) async fn verify(arrival: &Arrival<'_>, token: Unread<'_>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    if let Some(known) = keeper.cache.get(token.bytes(), now) {
        return proven(mounted, known);
    }
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let Some(tokens) = &keeper.tokens else {
        return Err(unauthenticated(mounted, SchemeKind::OAuth2, Reason::SchemeNotAccepted));
    };
    let verified = tokens
        .verify(token, now)
        .map_err(|error| unauthenticated(mounted, SchemeKind::OAuth2, Reason::Token(error)))?;
    let mask = |catalogue: Option<&'static Catalogue>, names: Vec<&str>| {
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
            Err(unauthenticated(mounted, SchemeKind::OAuth2, Reason::Token(TokenError::SenderConstrained)))
        }
        Some(_) | None => Ok(known),
    }
}
