//! For the warehouse, whose machines come with certificates.

use palisade::{auth::Workload, prelude::*};
use serde::Deserialize;

use crate::{
    orders::{OrderId, Orders},
    policy::Scope,
};

/// A parcel that has left.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Shipment {
    /// The order in it.
    pub order_id: OrderId,
}

/// Notes that an order is on its way. It takes a certificate of the warehouse, so the shop has to be served with `--tls`.
#[secure(post = "/v1/shipments", tag = "warehouse", auth = "mtls", scope = Scope::Ship)]
pub async fn note_shipment(
    _warehouse: Workload,
    State(orders): State<Orders>,
    Json(shipment): Json<Shipment>,
) -> Result<NoContent, Problem> {
    if orders.note_shipped(&shipment.order_id).await? { Ok(NoContent) } else { Err(Problem::not_found()) }
}
