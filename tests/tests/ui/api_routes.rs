//! Endpoints in each other's way.

use palisade::prelude::*;

#[secure(get = "/orders", public = "a price list")]
async fn list() -> NoContent {
    NoContent
}

#[secure(get = "/orders", public = "a price list")]
async fn list_again() -> NoContent {
    NoContent
}

#[secure(get = "/prices", id = "list", public = "a price list")]
async fn prices() -> NoContent {
    NoContent
}

#[secure(get = "/orders/{id}", public = "a price list", open(id, "no secret"))]
async fn read(Path(_): Path<Id>) -> NoContent {
    NoContent
}

#[secure(put = "/orders/{order}", public = "a price list", open(order, "no secret"))]
async fn replace(Path(_): Path<Id>) -> NoContent {
    NoContent
}

#[secure(get = "/orders/{id}/items", public = "a price list", open(id, "no secret"))]
async fn items(Path(_): Path<Id>) -> NoContent {
    NoContent
}

#[secure(get = "/orders/latest/{part}", public = "a price list", open(part, "no secret"))]
async fn part(Path(_): Path<Id>) -> NoContent {
    NoContent
}

#[derive(serde::Deserialize, Secure)]
#[secure(ignore_unknown = "one type for each path")]
struct Id {}

#[secure(title = "A", version = "1.0.0", default(rate = "1/s per ip"), endpoints(list, list_again))]
struct OneRouteTwice;

#[secure(title = "B", version = "1.0.0", default(rate = "1/s per ip"), endpoints(list, list))]
struct OneEndpointTwice;

#[secure(title = "C", version = "1.0.0", default(rate = "1/s per ip"), endpoints(list, prices))]
struct OneIdTwice;

#[secure(title = "D", version = "1.0.0", default(rate = "1/s per ip"), endpoints(read, replace))]
struct OnePathUnderTwoNames;

#[secure(title = "E", version = "1.0.0", default(rate = "1/s per ip"), endpoints(items, part))]
struct CrossingPaths;

fn main() {}
