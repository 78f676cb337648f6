//! Rules between fields that do not understand them.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(exactly_one_of(card, amount), at_least_one_of(card, least))]
struct Payment {
    card: Option<u32>,
    #[secure(required)]
    always: u32,
    #[secure(required_with(card))]
    amount: u32,
    #[secure(excluded_with(amount))]
    instead: Option<u32>,
    #[secure(required_if(card))]
    reason: Option<u32>,
    #[secure(required_if(always == 1))]
    condition_of_a_number: u32,
    #[secure(less_than(note))]
    least: u32,
    #[secure(greater_than(note))]
    most: u32,
    #[secure(equal_to(amount))]
    again: bool,
    #[secure(differs_from(amount))]
    other: Option<u32>,
    #[secure(length(max = 9))]
    note: String,
}

fn main() {}
