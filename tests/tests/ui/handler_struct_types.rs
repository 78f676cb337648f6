//! The fields of a struct that is an endpoint: what has no place is an argument, and what has one comes from a text.

use palisade::prelude::*;
use serde::Deserialize;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct NewLine {
    quantity: u8,
}

/// A type that says nothing about itself.
#[derive(Deserialize)]
struct Undeclared {}

/// Several things at once, which no text is.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Address {
    #[secure(length(max = 3))]
    country: String,
}

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
    #[secure(query, length(max = 3))]
    text: u16,
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
struct Undescribed {
    #[secure(body)]
    line: Undeclared,
}

impl Handle for Undescribed {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

fn main() {}
