//! Values without an upper bound.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    text: String,
    #[secure(trim, length(min = 1))]
    text_from_below: Option<String>,
    list: Vec<u8>,
    #[secure(length(max = 4))]
    items: Vec<String>,
    #[secure(length(max = 4), each(trim))]
    trimmed_items: Vec<String>,
    map: BTreeMap<String, u8>,
    #[secure(length(max = 4), values(length(max = 4)))]
    keys: BTreeMap<String, String>,
    #[secure(length(max = 4), keys(length(max = 4)))]
    values: BTreeMap<String, String>,
    #[secure(pattern("[a-z]+"))]
    pattern: String,
    opaque: serde_json::Value,
}

#[derive(Secure)]
#[secure(output)]
enum Payment {
    Card { holder: String },
    Voucher(String),
}

#[derive(Secure)]
#[secure(output)]
struct Name(String);

fn main() {}
