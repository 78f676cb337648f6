//! Arguments that rules on numbers, lists and times do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(multiple_of(factor = 5))]
    multiple_of: u32,
    #[secure(length(max = 4), unique(by = "id"))]
    unique: Vec<u8>,
    #[secure(past(or_now = true))]
    past: jiff::Timestamp,
    #[secure(future("2030-01-01"))]
    future: jiff::Timestamp,
    #[secure(before(2030))]
    before: jiff::Timestamp,
    #[secure(after)]
    after: jiff::Timestamp,
    #[secure(within(weeks = 1))]
    within: jiff::Timestamp,
    #[secure(range(least = 1))]
    range: u8,
}

fn main() {}
