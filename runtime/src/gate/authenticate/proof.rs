//! The proof beside a token in `Authorization: DPoP` (RFC 9449). It is verified for each request, never remembered.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::{
    Arrival,
    challenge::{bad_proof, bad_token},
    unusable,
};
use crate::{
    audit::Known,
    auth::{ClientCertificate, NotAccepted, ProofError, Proven, TokenScheme, Unread},
    gate::{Reason, Refusal},
};

/// The caller of the token, once the proof shows that the client holds the key that the token is bound to.
pub(super) async fn verify(arrival: &Arrival<'_>, token: Unread<'_>, known: Arc<Known>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, parts, now, .. } = *arrival;
    let (Some(dpop), Some(origin)) = (&keeper.dpop, &keeper.public_origin) else {
        // A gate that has one of them only does not open, and one with neither was asked before.
        return Err(Refusal::internal(Reason::Misdeclared));
    };
    let token = token.read().map_err(|error| unusable(mounted, error))?;
    let Some(confirmation) = known.caller().confirmation().filter(|confirmation| confirmation.key().is_some()) else {
        return Err(bad_token(arrival, TokenScheme::Dpop, Reason::Proof(ProofError::Unbound)));
    };
    let certificate = arrival.certificate().map(ClientCertificate::thumbprint);
    let is_bound_to = |key: &[u8; 32]| confirmation.is_proven_by(certificate, Some(key));
    let proof = single(&parts.headers).map_err(|error| bad_proof(arrival, error))?;
    let proven = Proven::new(&parts.method, origin, parts.uri.path(), token);
    let next_nonce = dpop.accept(proof, &proven, is_bound_to, now).await.map_err(|fault| match fault {
        NotAccepted::Proof(error) => bad_proof(arrival, error),
        NotAccepted::Store(_) => Refusal::unavailable(Reason::StoreOutage),
    })?;
    if let Some(nonce) = next_nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
        // The first stands: no request has a second token.
        let _ = arrival.next_nonce.set(nonce);
    }
    Ok(known)
}

/// The one proof. Several, in several headers or in one, are none.
fn single(headers: &HeaderMap) -> Result<&str, ProofError> {
    let mut values = headers.get_all("dpop").iter();
    match (values.next(), values.next()) {
        (None, _) => Err(ProofError::Missing),
        (Some(value), None) => value.to_str().map_err(|_| ProofError::NotCompact),
        (Some(_), Some(_)) => Err(ProofError::Repeated),
    }
}
