//! Signatures by a scheme that the API does not have, or that signs nothing, and where nobody would look for them.

use palisade::prelude::*;

#[secure(post = "/a", signed(by = "partner"), rate = "6/min per ip")]
async fn unknown() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2), endpoints(unknown))]
struct Unknown;

#[secure(post = "/b", signed(by = "oauth2"), rate = "6/min per ip")]
async fn token() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2), endpoints(token))]
struct Token;

#[secure(post = "/c", signed(by = "payments", covers = ["x-tenant"]), rate = "6/min per ip")]
async fn more() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(webhook(name = "payments")), endpoints(more))]
struct More;

#[secure(post = "/d", auth = "oauth2", rate = "6/min per ip")]
async fn fine() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2, signature(name = "partner")), default(signed(by = "partner")), endpoints(fine))]
struct ByDefault;

fn main() {}
