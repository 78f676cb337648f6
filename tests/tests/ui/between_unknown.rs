//! Words that are no fields.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(at_least_one_of(crad, amount))]
struct Payment {
    card: Option<u32>,
    amount: Option<u32>,
    #[secure(equal_to(nothing))]
    total: u32,
    #[secure(required_if(totl == 4))]
    reason: Option<u32>,
    #[secure(range(max = total))]
    most: u32,
    #[serde(skip)]
    local: u32,
    #[secure(less_than(local))]
    least: u32,
}

fn main() {}
