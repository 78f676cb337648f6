//! A key in a header of its own.

use std::sync::Arc;

use super::{Arrival, unauthenticated};
use crate::{
    audit::Known,
    auth::{ApiKeyError, Caller},
    gate::{Reason, Refusal},
    policy::{Mask, SchemeKind},
};

/// What a refused key is told of as; the header stands in the policy.
const KIND: SchemeKind = SchemeKind::ApiKey { header: "" };

/// The caller whose key it is.
pub(super) async fn verify(arrival: &Arrival<'_>, presented: &str) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    let Some(keys) = &keeper.api_keys else {
        return Err(unauthenticated(mounted, KIND, Reason::SchemeNotAccepted));
    };
    let key = keys.verify(presented, now).await.map_err(|error| match error {
        ApiKeyError::Outage(_) => Refusal::unavailable(Reason::StoreOutage),
        ApiKeyError::Malformed
        | ApiKeyError::Unknown
        | ApiKeyError::WrongSecret
        | ApiKeyError::Disabled
        | ApiKeyError::NotYetValid
        | ApiKeyError::Expired => unauthenticated(mounted, KIND, Reason::ApiKey(error.code())),
    })?;
    let scopes = keeper.api.scope_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.scope_names()));
    let roles = keeper.api.role_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(key.role_names()));
    Ok(Arc::new(keeper.audit.know(Caller::api_key(key, scopes, roles))))
}
