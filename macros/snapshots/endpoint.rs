/// Cancels an order.
///
/// It cannot be undone.
#[secure(
    delete = "/orders/{id}/{reason}",
    rate("60/min per caller", burst = 3),
    object(id: Order),
    open(reason, "a word"),
    allow = scope(Scope::OrdersWrite) && (role(Role::Support) || !house::office_hours),
    tag = "orders"
)]
#[cfg(feature = "orders")]
#[tracing::instrument]
pub(crate) async fn cancel_order(order: Authorized<Order>, State(db): State<Db>) -> Result<NoContent, Problem> {
    db.cancel(order).await
}

#[secure(get = "/health", public = "a liveness probe")]
async fn health() {}
