//! Lists and maps whose rules bound what they hold, and not how much.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(unique)]
    list: Vec<String>,
    #[secure(unique, each(length(max = 4)))]
    list_of_bounded_items: Vec<String>,
    #[secure(keys(range(max = 4)))]
    map: BTreeMap<u32, u8>,
    #[secure(length(max = 4), values(range(max = 4)))]
    keys_of_a_map: BTreeMap<String, u8>,
}

fn main() {}
