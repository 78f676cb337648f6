//! axum without any protection: as its guide shows it, and as fast as it gets.

use axum::{Json, Router, http::StatusCode, routing::post};
use bytes::Bytes;

use super::Placed;
use crate::order::by_hand::Order;

/// axum's own `Json<T>`.
pub fn json() -> Router {
    async fn place_order(Json(order): Json<Order>) -> Json<Placed> {
        Json(Placed { total: order.total() })
    }
    Router::new().route("/orders", post(place_order))
}

/// The bytes, decoded by `serde_json`.
pub fn bytes() -> Router {
    async fn place_order(body: Bytes) -> Result<Json<Placed>, StatusCode> {
        let order: Order = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
        Ok(Json(Placed { total: order.total() }))
    }
    Router::new().route("/orders", post(place_order))
}
