//! A webhook, which is signed over its body.

use std::{borrow::Cow, sync::Arc};

use super::{Arrival, Reading, unauthenticated, whole};
use crate::{
    audit::Known,
    auth::{Caller, Method, WebhookError},
    gate::{Reason, Refusal},
    input::Incoming,
    policy::{Scheme, SchemeKind},
};

/// Its sender. The body is read for whatever looks like a webhook of now, up to the endpoint's limit.
pub(super) async fn verify(
    arrival: &Arrival<'_>,
    scheme: &'static Scheme,
    body: &mut Incoming<'_>,
    reading: &mut Reading,
) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, parts, now, .. } = *arrival;
    let Some(webhooks) = keeper.signers.webhooks(scheme) else {
        return Err(unauthenticated(mounted, SchemeKind::Webhook, Reason::SchemeNotAccepted));
    };
    let refused = |error: WebhookError| match error {
        WebhookError::Store(_) => Refusal::unavailable(Reason::Webhook(error)),
        error => unauthenticated(mounted, SchemeKind::Webhook, Reason::Webhook(error)),
    };
    let delivery = webhooks.verify(&parts.headers, now).map_err(refused)?;
    let body = whole(arrival, body, reading).await?;
    delivery.complete(&body, keeper.clock.unix_seconds()).await.map_err(refused)?;
    let (scopes, roles) = keeper.masks(webhooks.scope_names(), webhooks.role_names());
    let issuer = Cow::Borrowed(Caller::WEBHOOK_ISSUER);
    let caller = Caller::machine(Method::Webhook, issuer, scheme.name().to_owned(), scopes, roles);
    Ok(Arc::new(keeper.audit.know(caller)))
}
