//! Arguments of rules on collections, keys and times that make no sense.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(multiple_of(0))]
    multiple_of_zero: u32,
    #[secure(multiple_of(-0.5))]
    negative_multiple: f64,
    #[secure(unique)]
    unbounded_list: Vec<String>,
    #[secure(before("2030-02-30"))]
    no_such_day: Option<jiff::civil::Date>,
    #[secure(after("2030-01-01T00:00:00"))]
    no_offset: Option<jiff::Timestamp>,
    #[secure(within)]
    no_distance: jiff::Timestamp,
    #[secure(keys(range(max = 4)))]
    unbounded_map: BTreeMap<u32, u8>,
    #[secure(length(max = 4), keys(range(max = 300)))]
    key_beyond_the_type: BTreeMap<u8, u8>,
}

fn main() {}
