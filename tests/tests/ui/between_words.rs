//! Rules between fields that mention none, and rules that mention one without knowing fields.

use palisade::prelude::*;

const LIMIT: u32 = 9;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Payment {
    card: Option<u32>,
    #[secure(required_with)]
    nothing_mentioned: Option<u32>,
    #[secure(less_than(LIMIT))]
    constant: u32,
    #[secure(multiple_of(card))]
    field_for_constant: u32,
    #[secure(required(card))]
    takes_none: Option<u32>,
    #[secure(equal_to(constant, case = "any"))]
    unknown_argument: u32,
}

fn main() {}
