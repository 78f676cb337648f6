//! Items that are neither handlers nor APIs.

use palisade::prelude::*;

#[secure(get = "/orders", public = "a probe")]
struct WithFields {
    path: String,
}

#[secure(title = "Shop")]
enum Shop {
    Open,
}

#[secure(trim)]
const NAME: &str = "";

fn main() {}
