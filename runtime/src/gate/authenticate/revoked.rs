//! Whether what was found good was withdrawn since: asked for every request, whatever is remembered of it.

use std::sync::Arc;

use super::{Arrival, unauthenticated};
use crate::{
    audit::Known,
    auth::Standing,
    gate::{Reason, Refusal},
    policy::SchemeKind,
};

/// The caller, if their credential stands.
pub(super) async fn check(arrival: &Arrival<'_>, kind: SchemeKind, known: Arc<Known>) -> Result<Arc<Known>, Refusal> {
    let Some(revocations) = &arrival.keeper.revocations else { return Ok(known) };
    let standing = revocations.standing(known.caller().credential(), arrival.now).await;
    match standing.map_err(|_| Refusal::unavailable(Reason::StoreOutage))? {
        Standing::Good => Ok(known),
        Standing::Revoked => Err(unauthenticated(arrival.mounted, kind, Reason::Revoked)),
    }
}
