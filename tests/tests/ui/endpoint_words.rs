//! Words of an endpoint in the wrong form.

use palisade::prelude::*;

#[secure(get, auth = "oauth2")]
async fn method_without_path() -> NoContent {
    NoContent
}

#[secure(get = PATH, auth = "oauth2")]
async fn path_by_name() -> NoContent {
    NoContent
}

#[secure(get = "/a", public)]
async fn public_without_reason() -> NoContent {
    NoContent
}

#[secure(get = "/b", public("a probe"))]
async fn public_in_parentheses() -> NoContent {
    NoContent
}

#[secure(get = "/c/{id}", auth = "oauth2", object = Order)]
async fn object_without_parameter() -> NoContent {
    NoContent
}

#[secure(get = "/d/{id}", auth = "oauth2", open(id))]
async fn open_without_reason() -> NoContent {
    NoContent
}

#[secure(get = "/e", auth = "oauth2", crate = "palisade")]
async fn crate_as_text() -> NoContent {
    NoContent
}

#[secure(gett = "/misspelt", auth = "oauth2")]
async fn misspelt_method() -> NoContent {
    NoContent
}

fn main() {}
