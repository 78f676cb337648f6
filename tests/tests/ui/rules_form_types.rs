//! Rules on the form of a text, on types that are no texts.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Upload {
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
    #[secure(length(max = 4), base64(max = 4))]
    base64: Vec<u8>,
    #[secure(length(max = 4), hex(max = 4))]
    hex: Vec<u8>,
    #[secure(semver)]
    semver: f64,
}

fn main() {}
