//! The fields of a struct that is an endpoint: what has no place is an argument, and what has one comes from a text.

use palisade::prelude::*;
use serde::Deserialize;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct NewLine {
    quantity: u8,
}

/// A type that says nothing about itself.
struct Undeclared;

#[secure(post = "/a", auth = "oauth2")]
struct WithoutPlace {
    line: NewLine,
}

impl Handle for WithoutPlace {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

#[secure(post = "/b", auth = "oauth2")]
struct Unbounded {
    #[secure(query)]
    title: String,
    #[secure(query, length(min = 5, max = 3))]
    text: String,
    #[secure(query, range(min = 1))]
    name: Option<bool>,
}

impl Handle for Unbounded {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

#[secure(post = "/c", public = "everybody may")]
struct WithCaller {
    caller: Caller,
    #[secure(query, equal_to(offset))]
    limit: u16,
    #[secure(header)]
    offset: Option<u16>,
}

impl Handle for WithCaller {
    type Answer = String;

    async fn handle(self) -> String {
        String::new()
    }
}

#[secure(post = "/d", auth = "oauth2")]
struct Opaque {
    #[secure(query)]
    thing: Undeclared,
    #[secure(body)]
    line: Undeclared,
}

impl Handle for Opaque {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

fn main() {}
