//! A time that is a text.

use palisade::prelude::*;

#[secure(post = "/a", auth = "oauth2", idempotent(keep = "24h"))]
async fn text() -> NoContent {
    NoContent
}

fn main() {}
