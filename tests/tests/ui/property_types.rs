//! Who sees and who writes a property: what rustc finds.

use palisade::prelude::*;
use serde::Serialize;

#[derive(Scopes)]
enum Scope {
    #[secure("billing")]
    Billing,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Shown {
    #[secure(mask(last = 4))]
    number: u64,
    #[secure(mask(first = 4), length(max = 9))]
    first: String,
    #[secure(mask(last = 0), length(max = 9))]
    zero: String,
    #[secure(visible(scop = Scope::Billing))]
    control: u32,
    #[secure(visible(scope = Scope::Biling))]
    entry: u32,
    #[secure(visible(role = Scope::Billing))]
    role: u32,
    #[secure(visible(auth = "oauth2"))]
    scheme: u32,
    #[secure(visible(allow = weekday))]
    predicate: u32,
    #[secure(owner)]
    owner: f64,
    #[secure(visible(owner))]
    owned: u32,
}

fn main() {}
