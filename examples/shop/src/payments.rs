//! What the payment provider tells, by signed webhooks.

use palisade::{auth::Sender, prelude::*};
use serde::Deserialize;

use crate::orders::{OrderId, Orders};

/// Something that happened to a payment.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaymentEvent {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: PaymentKind,
    /// The order that the payment is for.
    pub order_id: OrderId,
}

/// What can happen to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Secure)]
pub enum PaymentKind {
    /// The money is there.
    #[serde(rename = "payment.made")]
    Made,
    /// It will not come.
    #[serde(rename = "payment.failed")]
    Failed,
}

/// Takes what the payment provider tells. A delivery that comes again changes nothing.
#[secure(post = "/v1/webhooks/payments", tag = "payments", auth = "payments")]
pub async fn note_payment(
    _provider: Sender,
    State(orders): State<Orders>,
    Json(event): Json<PaymentEvent>,
) -> Result<NoContent, Problem> {
    let known = match event.kind {
        PaymentKind::Made => orders.note_paid(&event.order_id).await?,
        PaymentKind::Failed => orders.exists(&event.order_id).await?,
    };
    if known { Ok(NoContent) } else { Err(Problem::not_found()) }
}
