//! Rules on characters and parts of texts, on types that are no texts.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(ascii)]
    ascii: u32,
    #[secure(length(max = 4), alphanumeric)]
    alphanumeric: Vec<u8>,
    #[secure(no_control(allow = "lines"))]
    no_control: bool,
    #[secure(no_bidi)]
    no_bidi: Option<u64>,
    #[secure(single_script)]
    single_script: f64,
    #[secure(prefix("ord_"))]
    prefix: char,
    #[secure(length(max = 4), suffix(".pdf"))]
    suffix: Vec<u8>,
    #[secure(length(max = 4), keys(length(max = 4)), contains("b"))]
    contains: BTreeMap<String, u8>,
    #[secure(excludes("//"))]
    excludes: i64,
    #[secure(not_one_of(["root"]))]
    not_one_of: [u8; 4],
}

fn main() {}
