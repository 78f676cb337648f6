//! Arguments of rules on the form of a text that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Upload {
    #[secure(length(max = 4), json(depth = 129))]
    json_depth: String,
    #[secure(base64(max = 4, alphabet = "urlsafe"))]
    base64_alphabet: String,
    #[secure(base64(max = 4, padding = "yes"))]
    base64_padding: String,
    #[secure(base64(min = 5, max = 4))]
    base64: String,
    #[secure(hex(max = 4, case = "small"))]
    hex_case: String,
    #[secure(hex(min = 5, max = 4))]
    hex: String,
    #[secure(length(max = 4, unit = "characters"))]
    unit: String,
    #[secure(length(equal = 4, min = 4))]
    equal_and_min: String,
    #[secure(length(max = 4, equal = 4))]
    max_and_equal: String,
}

fn main() {}
