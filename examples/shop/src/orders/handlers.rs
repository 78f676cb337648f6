//! What can be done with orders, by whom, and how often.

use palisade::prelude::*;

use super::{Listing, NewOrder, Order, OrderChange, Orders, Page, object::owner};
use crate::policy::{Role, Scope};

/// Lists the caller's own orders, the newest first.
#[secure(get = "/v1/orders", tag = "orders", scope = Scope::OrdersRead)]
pub async fn list_orders(
    caller: Caller,
    State(orders): State<Orders>,
    Query(listing): Query<Listing>,
) -> Result<Json<Page>, Problem> {
    Ok(Json(orders.of(owner(&caller), listing).await?))
}

/// Places an order.
///
/// Sent again under the same key, it is the same order.
#[secure(post = "/v1/orders", tag = "orders", scope = Scope::OrdersWrite, rate = "60/min per caller", idempotent)]
pub async fn place_order(
    caller: Caller,
    State(orders): State<Orders>,
    Json(order): Json<NewOrder>,
) -> Result<Created<Json<Order>>, Problem> {
    let order = orders.place(owner(&caller), order).await?;
    Ok(Created::at(format!("/v1/orders/{}", order.id.as_str()), Json(order)))
}

/// Reads one order. Only its owner and support may.
#[secure(get = "/v1/orders/{id}", tag = "orders", scope = Scope::OrdersRead, object(id: Order))]
pub async fn read_order(order: Authorized<Order>) -> Json<Order> {
    Json(order.into_inner())
}

/// Changes the note and the tags of an order.
#[secure(patch = "/v1/orders/{id}", tag = "orders", scope = Scope::OrdersWrite, object(id: Order))]
pub async fn change_order(
    order: Authorized<Order>,
    State(orders): State<Orders>,
    Json(change): Json<OrderChange>,
) -> Result<Json<Order>, Problem> {
    match orders.change(&order.id, change).await? {
        Some(order) => Ok(Json(order)),
        None => Err(Problem::not_found()),
    }
}

/// Cancels an order, which a shipped one cannot be any more. It takes a recent login, or somebody from support.
#[secure(delete = "/v1/orders/{id}", tag = "orders", object(id: Order),
         allow = scope(Scope::OrdersWrite) && (role(Role::Support) || fresh(minutes(15))))]
pub async fn cancel_order(order: Authorized<Order>, State(orders): State<Orders>) -> Result<NoContent, Problem> {
    if orders.cancel(&order.id).await? {
        Ok(NoContent)
    } else {
        Err(Problem::conflict("the order is on its way already"))
    }
}
