//! A struct that is an endpoint, and nothing that answers it.

use palisade::prelude::*;

#[secure(get = "/a", auth = "oauth2")]
struct Unanswered {
    #[secure(query)]
    a: u8,
}

fn main() {}
