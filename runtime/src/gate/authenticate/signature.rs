//! A signature over the request (RFC 9421), and with it over its body.

use std::{borrow::Cow, sync::Arc};

use super::{Arrival, Reading, unauthenticated, whole};
use crate::{
    audit::Known,
    auth::{Caller, Method, SignatureError},
    gate::{Reason, Refusal},
    input::Incoming,
    policy::{Scheme, SchemeKind},
};

/// The caller whose key it is. The body is not read for a request that is not signed by it.
pub(super) async fn verify(
    arrival: &Arrival<'_>,
    scheme: &'static Scheme,
    body: &mut Incoming<'_>,
    reading: &mut Reading,
) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, parts, now, .. } = *arrival;
    let (Some(signatures), Some(origin)) = (keeper.signers.signatures(scheme), &keeper.public_origin) else {
        return Err(unauthenticated(mounted, SchemeKind::Signature, Reason::SchemeNotAccepted));
    };
    let refused = |error: SignatureError| match error {
        SignatureError::Store(_) => Refusal::unavailable(Reason::Signature(error)),
        error => unauthenticated(mounted, SchemeKind::Signature, Reason::Signature(error)),
    };
    let coverage = mounted.coverage_by(scheme).ok_or_else(|| Refusal::internal(Reason::Misdeclared))?;
    let signed = signatures.verify(parts, origin, coverage, now).map_err(refused)?;
    let body = whole(arrival, body, reading).await?;
    let key = signed.complete(&body, keeper.clock.unix_seconds()).await.map_err(refused)?;
    let issuer = Cow::Owned(format!("{}/{}", Caller::SIGNATURE_ISSUER, scheme.name()));
    let (scopes, roles) = keeper.masks(key.scope_names(), key.role_names());
    let caller = Caller::machine(Method::Signature, issuer, key.owner().to_owned(), scopes, roles);
    Ok(Arc::new(keeper.audit.know(caller)))
}
