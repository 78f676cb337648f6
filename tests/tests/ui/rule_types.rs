//! Rules on types that they do not understand.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = 4))]
    length_of_a_number: u32,
    #[secure(range(min = 1), length(max = 4))]
    range_of_a_text: String,
    #[secure(trim, length(max = 4))]
    trim_of_a_list: Vec<u8>,
    #[secure(email)]
    email_of_a_number: Option<u64>,
    #[secure(each(trim))]
    items_of_a_text: u8,
    #[secure(length(max = 4), keys(length(max = 4)), each(range(max = 4)))]
    items_of_a_map: BTreeMap<String, u8>,
    #[secure(length(max = 4), keys(length(max = 4)))]
    keys_of_a_list: Vec<u8>,
    #[secure(length(max = 4), each(pattern("[a-z]{3}")))]
    pattern_of_items: Vec<u8>,
}

fn main() {}
