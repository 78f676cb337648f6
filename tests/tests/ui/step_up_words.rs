//! Words of a strong login in the wrong form.

use palisade::prelude::*;

#[secure(get = "/a", acr)]
async fn which() -> NoContent {
    NoContent
}

#[secure(get = "/b", mfa = true)]
async fn with_a_value() -> NoContent {
    NoContent
}

#[secure(get = "/c", sender_constrained("mtls"))]
async fn with_a_method() -> NoContent {
    NoContent
}

#[secure(get = "/d", allow = mfa)]
async fn without_parentheses() -> NoContent {
    NoContent
}

fn main() {}
