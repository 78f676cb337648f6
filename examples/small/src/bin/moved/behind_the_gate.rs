//! The first step: the type stays as it is, and the endpoint gets its policy. Its rules reach the document, its failures the report.

use axum::Router;
use palisade::{gate::StartError, interop::Garde, prelude::*};

use crate::as_it_was::NewOrder;

/// Places an order.
#[secure(post = "/orders", public = "orders come from anywhere", rate = "60/min per ip")]
async fn place_order(Json(order): Json<Garde<NewOrder>>) -> Created<NoContent> {
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
