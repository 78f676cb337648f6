//! Rules between fields that do not understand them, or do not know them.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(exactly_one_of(card, amount))]
struct Payment {
    card: Option<u32>,
    #[secure(required_with(card))]
    amount: u32,
    #[secure(less_than(note))]
    least: u32,
    #[secure(length(max = 9), equal_to(nothing))]
    note: String,
    #[secure(pattern(note))]
    again: bool,
    #[secure(required_if(card))]
    reason: Option<u32>,
    #[secure(required)]
    always: u32,
}

fn main() {}
