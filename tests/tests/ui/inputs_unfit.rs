//! Names that no header field or cookie can have, and limits that let nothing through, or too much.

use palisade::{
    input::{Bytes, Text},
    prelude::*,
};

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Credentials {
    #[secure(length(max = 64))]
    authorization: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(rename = "X-Kind", alias = "Content-Type")]
    kind: u8,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Spaced {
    #[serde(rename = "X Kind")]
    kind: u8,
}

#[secure(get = "/a", auth = "oauth2")]
async fn credentials(_: Headers<Credentials>) -> NoContent {
    NoContent
}

#[secure(get = "/b", auth = "oauth2")]
async fn alias(_: Headers<Wanted>) -> NoContent {
    NoContent
}

#[secure(get = "/c", auth = "oauth2")]
async fn spaced_header(_: Headers<Spaced>) -> NoContent {
    NoContent
}

#[secure(get = "/d", auth = "oauth2")]
async fn spaced_cookie(_: Cookies<Spaced>) -> NoContent {
    NoContent
}

#[secure(post = "/e", auth = "oauth2")]
async fn nothing(_: Text<0>) -> NoContent {
    NoContent
}

#[secure(post = "/f", auth = "oauth2")]
async fn too_much(_: Bytes<{ usize::MAX }>) -> NoContent {
    NoContent
}

fn main() {}
