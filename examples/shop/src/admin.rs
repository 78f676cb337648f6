//! For those who help customers.

use palisade::prelude::*;

use crate::{
    orders::{Listing, Orders, Page},
    policy::{Role, Scope},
};

/// Lists the orders of all customers, the newest first.
#[secure(get = "/v1/admin/orders", tag = "admin", role = Role::Support, scope = Scope::AdminOrders)]
pub async fn list_all_orders(
    State(orders): State<Orders>,
    Query(listing): Query<Listing>,
) -> Result<Json<Page>, Problem> {
    Ok(Json(orders.of_everybody(listing).await?))
}
