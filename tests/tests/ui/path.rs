//! Paths, and what binds their parameters.

use palisade::prelude::*;

#[secure(get = "orders", auth = "oauth2")]
async fn without_slash() -> NoContent {
    NoContent
}

#[secure(get = "/orders/{id}", auth = "oauth2")]
async fn unbound() -> NoContent {
    NoContent
}

#[secure(get = "/orders", auth = "oauth2", open(id, "ids are no secret"))]
async fn not_in_the_path() -> NoContent {
    NoContent
}

#[secure(get = "/orders/{id}", auth = "oauth2", open(id, "no secret"), open(id, "no secret at all"))]
async fn bound_twice() -> NoContent {
    NoContent
}

#[secure(get = "/orders/{id}/items/{id}", auth = "oauth2", open(id, "no secret"))]
async fn twice_in_the_path() -> NoContent {
    NoContent
}

#[secure(get = "/files/{*rest}", auth = "oauth2")]
async fn any_depth() -> NoContent {
    NoContent
}

#[secure(get = "/files/{name}.json", auth = "oauth2", open(name, "no secret"))]
async fn part_of_a_segment() -> NoContent {
    NoContent
}

#[secure(get = "/files/{name}", auth = "oauth2", open(name, ""))]
async fn opened_without_reason() -> NoContent {
    NoContent
}

fn main() {}
