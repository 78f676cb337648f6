//! Rules on the form of a text that no value, or no value of the type, can satisfy together.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Upload {
    #[secure(length(max = 3), base64(min = 4, max = 9))]
    base64: String,
    #[secure(length(max = 7), hex(min = 4, max = 9))]
    hex: String,
    #[secure(length(max = 4), semver)]
    semver: String,
    #[secure(length(max = 0), json)]
    json: String,
    #[secure(length(max = 4, unit = "bytes"))]
    bytes_of_a_list: Vec<u8>,
    #[secure(length(max = 4, unit = "graphemes"), keys(length(max = 4)))]
    graphemes_of_a_map: BTreeMap<String, u8>,
}

fn main() {}
