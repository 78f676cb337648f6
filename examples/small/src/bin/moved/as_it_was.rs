//! Before: an extractor decodes, the handler validates, and nobody limits, documents or records anything.

use axum::{Json, Router, routing::post};
use garde::Validate;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;

/// A new order. It derives what it derived before; schemars is there for the document.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewOrder {
    #[garde(length(min = 1, max = 11))]
    pub(crate) product_name: String,
    #[garde(range(min = 1, max = 100))]
    pub(crate) quantity: u32,
}

async fn place_order(Json(order): Json<NewOrder>) -> (StatusCode, String) {
    match order.validate() {
        Ok(()) => (StatusCode::CREATED, String::new()),
        Err(report) => (StatusCode::UNPROCESSABLE_ENTITY, report.to_string()),
    }
}

pub(crate) fn service() -> Router {
    Router::new().route("/orders", post(place_order))
}
