//! Arguments that need a feature that is off.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Member {
    #[secure(phone(region = "DE"))]
    phone: String,
}

fn main() {}
