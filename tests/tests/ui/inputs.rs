//! Arguments of handlers that nothing checks.

use palisade::prelude::*;

#[derive(serde::Deserialize)]
struct Undeclared {
    title: String,
}

#[derive(serde::Deserialize, Secure)]
#[secure(output)]
struct OnlyOut {
    quantity: u32,
}

#[derive(Secure)]
#[serde(deny_unknown_fields)]
struct NoSerde {
    quantity: u32,
}

#[secure(post = "/a", auth = "oauth2")]
async fn foreign(_: axum::Json<OnlyOut>) -> NoContent {
    NoContent
}

#[secure(post = "/b", auth = "oauth2")]
async fn raw(_: String) -> NoContent {
    NoContent
}

#[secure(post = "/c", auth = "oauth2")]
async fn undeclared(Json(_): Json<Undeclared>) -> NoContent {
    NoContent
}

#[secure(post = "/d", auth = "oauth2")]
async fn only_out(Query(_): Query<OnlyOut>) -> NoContent {
    NoContent
}

#[secure(post = "/e", auth = "oauth2")]
async fn undecodable(Json(_): Json<NoSerde>) -> NoContent {
    NoContent
}

fn main() {}
