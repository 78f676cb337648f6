//! Whom a handler takes, held against whom the policy lets in.

use palisade::{
    auth::{Client, KeyHolder, Machine, User},
    prelude::*,
};

#[derive(Callers)]
enum Twice {
    Person(User),
    Job(Machine),
    Key(KeyHolder),
}

#[derive(Callers)]
enum Stranger {
    Person(User),
    Nobody(String),
}

#[secure(get = "/public", public = "a probe")]
async fn public(_user: User) -> NoContent {
    NoContent
}

#[secure(get = "/any", auth = "oauth2", auth = "api_key")]
async fn any(_user: User) -> NoContent {
    NoContent
}

#[secure(get = "/keys", auth = "api_key")]
async fn keys(_client: Client) -> NoContent {
    NoContent
}

#[secure(get = "/machines", machine)]
async fn machines(_user: User) -> NoContent {
    NoContent
}

#[secure(get = "/nobody", auth = "api_key", user)]
async fn nobody(_user: User) -> NoContent {
    NoContent
}

#[secure(get = "/both", allow = user() && machine())]
async fn both(_caller: Caller) -> NoContent {
    NoContent
}

#[secure(get = "/together", auth("oauth2", and = "oauth2"))]
async fn together(_caller: Caller) -> NoContent {
    NoContent
}

#[secure(get = "/undeclared", auth("oauth2", and = "mtls"))]
async fn undeclared(_caller: Caller) -> NoContent {
    NoContent
}

#[secure(
    title = "Callers",
    version = "1.0.0",
    auth(oauth2, api_key),
    default(rate = "1/s per ip"),
    endpoints(any, keys, machines, nobody, both, undeclared)
)]
struct Callers;

#[secure(
    title = "Schemes",
    version = "1.0.0",
    auth(oauth2, signature, signature),
    default(rate = "1/s per ip"),
    endpoints()
)]
struct Schemes;

fn main() {}
