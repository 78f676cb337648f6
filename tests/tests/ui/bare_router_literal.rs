//! The struct that an annotated handler leaves is no handler of axum's either.

use palisade::prelude::*;

#[secure(get = "/health", public = "a probe", rate = "60/min per ip")]
async fn health() -> NoContent {
    NoContent
}

fn main() {
    let _: axum::Router = axum::Router::new().route("/health", axum::routing::get(health {}));
}
