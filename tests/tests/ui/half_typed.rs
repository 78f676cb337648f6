//! Attributes in the middle of being typed: each broken entry is reported, and hides nothing behind it.

use palisade::prelude::*;

#[secure(get = , public = "a probe", rate "60/min per ip")]
async fn values_missing() -> NoContent {
    NoContent
}

#[secure]
async fn nothing_at_all() -> NoContent {
    NoContent
}

#[secure(get = "/a", auth = "oauth2", allow = fresh(minutes(5)) &&)]
async fn operand_missing() -> NoContent {
    NoContent
}

#[secure(get = "/b/{id}", auth = "oauth2", object(id))]
async fn type_missing() -> NoContent {
    NoContent
}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = ), trim lowercase)]
    title: String,
    #[secure]
    sku: u8,
    #[secure = "trim"]
    note: u8,
}

fn main() {}
