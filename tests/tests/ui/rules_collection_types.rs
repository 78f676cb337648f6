//! Rules on numbers, lists, maps and times, on types that they do not understand.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = 4), multiple_of(5))]
    multiple_of: String,
    #[secure(length(max = 4), unique)]
    unique_floats: Vec<f64>,
    #[secure(unique)]
    unique_number: u32,
    #[secure(past)]
    past: u64,
    #[secure(length(max = 4), future)]
    future: String,
    #[secure(before("2030-01-01"))]
    before: bool,
    #[secure(after("2030-01-01"))]
    after: bool,
    #[secure(within(days = 30))]
    within: u8,
    #[secure(past)]
    date_without_an_offset: jiff::civil::DateTime,
    #[secure(length(max = 4), values(range(max = 4)))]
    keys_without_a_text: BTreeMap<Vec<u8>, u8>,
}

fn main() {}
