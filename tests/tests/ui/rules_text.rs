//! Rules on texts, on types that are none.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Characters {
    #[secure(ascii)]
    ascii: u32,
    #[secure(alphanumeric)]
    alphanumeric: Vec<u8>,
    #[secure(no_control(allow = "lines"))]
    no_control: bool,
    #[secure(no_bidi)]
    no_bidi: Option<u64>,
    #[secure(single_script)]
    single_script: f64,
}

#[derive(Secure)]
#[secure(output)]
struct Parts {
    #[secure(prefix("ord_"))]
    prefix: u32,
    #[secure(length(max = 4), suffix(".pdf"))]
    suffix: Vec<u8>,
    #[secure(length(max = 4), contains("b"))]
    contains: BTreeMap<String, u8>,
    #[secure(excludes("//"))]
    excludes: i64,
    #[secure(not_one_of(["root"]))]
    not_one_of: [u8; 4],
}

#[derive(Secure)]
#[secure(output)]
struct Forms {
    #[secure(slug)]
    slug: u32,
    #[secure(identifier)]
    identifier: u32,
    #[secure(header_value)]
    header_value: u32,
    #[secure(path_segment)]
    path_segment: u32,
    #[secure(filename)]
    filename: Option<bool>,
    #[secure(json)]
    json: u32,
    #[secure(base64(max = 4))]
    base64: Vec<u8>,
    #[secure(hex(max = 4))]
    hex: Vec<u8>,
    #[secure(semver)]
    semver: f64,
}

#[derive(Secure)]
#[secure(output)]
struct Arguments {
    #[secure(length(max = 4, unit = bytes))]
    unit_is_a_word: String,
    #[secure(length(max = 4, units = "bytes"))]
    unit_is_misspelt: String,
    #[secure(prefix)]
    prefix_of_nothing: String,
    #[secure(not_one_of("root"))]
    one_refused: String,
    #[secure(length(max = 4), no_bidi("marks"))]
    no_argument: String,
    #[secure(length(max = 4), json(depth = "deep"))]
    depth_is_a_number: String,
}

fn main() {}
