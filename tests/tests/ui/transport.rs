//! `transport` is a word of two, said once, and no part of who may call.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    /// Read.
    #[secure("read")]
    Read,
}

#[secure(get = "/a", scope = Scope::Read, transport = "https")]
async fn unknown() -> NoContent {
    NoContent
}

#[secure(get = "/b", scope = Scope::Read, transport = "tls", transport = "mtls")]
async fn twice() -> NoContent {
    NoContent
}

#[secure(get = "/c", allow = scope(Scope::Read) && transport("mtls"))]
async fn in_an_expression() -> NoContent {
    NoContent
}

#[secure(get = "/d", transport = "mtls")]
async fn nobody_said_who() -> NoContent {
    NoContent
}

fn main() {}
