//! Arguments of rules on numbers, lists, maps and times that make no sense.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(multiple_of(0))]
    multiple_of_zero: u32,
    #[secure(multiple_of(-0.5))]
    negative_multiple: f64,
    #[secure(before("2030-02-30"))]
    no_such_day: Option<jiff::civil::Date>,
    #[secure(after("2030-01-01T00:00:00"))]
    no_offset: Option<jiff::Timestamp>,
    #[secure(within)]
    no_distance: jiff::Timestamp,
    #[secure(within(days = 0))]
    nought: jiff::Timestamp,
    #[secure(length(max = 4), keys(range(max = 300)))]
    key_beyond_the_type: BTreeMap<u8, u8>,
}

fn main() {}
