//! A program with mistakes in two handlers: each is one message, and the application adds one about what it then lacks.

use palisade::prelude::*;

#[derive(serde::Serialize)]
struct Row {
    password_hash: String,
}

#[secure(get = "/rows", public = "a probe", rate = "60/min per ip")]
async fn leaks() -> Json<Row> {
    todo!()
}

#[secure(post = "/rows", public = "a probe", rate = "60/min per ip")]
async fn takes_anything(_: String) -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", endpoints(leaks, takes_anything))]
struct Shop;

fn mount(gate: Gate<Shop>) -> axum::Router {
    Shop::router(gate).with_state(())
}

fn main() {}
