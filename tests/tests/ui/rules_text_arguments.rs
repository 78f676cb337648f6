//! Rules on texts whose arguments make no sense, or that no value can satisfy, or that leave their field without a bound.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Words {
    #[secure(length(max = 4), ascii(only = "visible"))]
    ascii: String,
    #[secure(length(max = 4), alphanumeric(letters = "latin"))]
    alphanumeric: String,
    #[secure(length(max = 4), no_control(allow = "newline"))]
    no_control: String,
    #[secure(length(max = 4), single_script(level = "moderate"))]
    single_script: String,
    #[secure(length(max = 4, unit = "characters"))]
    unit: String,
    #[secure(base64(max = 4, alphabet = "urlsafe"))]
    alphabet: String,
    #[secure(base64(max = 4, padding = "yes"))]
    padding: String,
    #[secure(hex(max = 4, case = "small"))]
    case: String,
}

#[derive(Secure)]
#[secure(output)]
struct Arguments {
    #[secure(length(max = 4), prefix(""))]
    prefix: String,
    #[secure(length(max = 4), suffix(""))]
    suffix: String,
    #[secure(length(max = 4), contains(""))]
    contains: String,
    #[secure(length(max = 4), excludes(""))]
    excludes: String,
    #[secure(length(max = 4), not_one_of([]))]
    not_one_of: String,
    #[secure(length(max = 4), json(depth = 129))]
    json: String,
    #[secure(base64(min = 5, max = 4))]
    base64: String,
    #[secure(hex(min = 5, max = 4))]
    hex: String,
    #[secure(length(equal = 4, min = 4))]
    equal_and_min: String,
    #[secure(length(max = 4, equal = 4))]
    max_and_equal: String,
}

#[derive(Secure)]
#[secure(output)]
struct Contradictions {
    #[secure(lowercase, length(max = 9), prefix("Ord_"))]
    capital: String,
    #[secure(trim, length(max = 9), suffix("- "))]
    white_space: String,
    #[secure(length(max = 3), contains("1234"))]
    too_long_a_part: String,
    #[secure(length(max = 4, unit = "bytes"))]
    bytes_of_a_list: Vec<u8>,
    #[secure(length(max = 4, unit = "graphemes"), keys(length(max = 4)))]
    graphemes_of_a_map: BTreeMap<String, u8>,
}

#[derive(Secure)]
#[secure(output)]
struct Unbounded {
    #[secure(ascii)]
    ascii: String,
    #[secure(slug)]
    slug: String,
    #[secure(prefix("ord_"))]
    prefix: String,
    #[secure(json)]
    json: String,
    #[secure(hex(min = 4))]
    hex: String,
    #[secure(base64)]
    base64: String,
    #[secure(length(max = 4, unit = "graphemes"))]
    graphemes: String,
    // These two bound themselves.
    #[secure(path_segment)]
    segment: String,
    #[secure(filename)]
    file: String,
}

fn main() {}
