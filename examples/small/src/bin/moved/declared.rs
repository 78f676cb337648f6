//! The second step: the type declares itself, so that it is bounded, cleaned, and explained by its own rules.

use axum::Router;
use palisade::{gate::StartError, prelude::*};
use serde::Deserialize;

/// A new order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewOrder {
    #[secure(trim, length(min = 1, max = 11))]
    product_name: String,
    #[secure(range(min = 1, max = 100))]
    quantity: u32,
}

/// Places an order.
#[secure(post = "/orders", public = "orders come from anywhere", rate = "60/min per ip")]
async fn place_order(Json(order): Json<NewOrder>) -> Created<NoContent> {
    Created::at(format!("/orders/{}-{}", order.product_name.len(), order.quantity), NoContent)
}

#[secure(title = "Orders", version = "1.0.0", endpoints(place_order))]
struct Orders;

pub(crate) async fn service() -> Result<Router, StartError> {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("an example prints what it does"))
        .build()
        .await?;
    Ok(Orders::application(gate))
}
