//! Arguments that rules on the form of a text do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Upload {
    #[secure(slug(separator = "_"))]
    slug: String,
    #[secure(identifier("snake"))]
    identifier: String,
    #[secure(header_value(max = 4))]
    header_value: String,
    #[secure(path_segment(dots = true))]
    path_segment: String,
    #[secure(filename(extension = "pdf"))]
    filename: String,
    #[secure(json(depth = "deep"))]
    json: String,
    #[secure(base64(max = "4"))]
    base64: String,
    #[secure(hex(upper = true))]
    hex: String,
    #[secure(semver(1))]
    semver: String,
    #[secure(length(max = 4, units = "bytes"))]
    length: String,
    #[secure(length(max = 4, unit = bytes))]
    unit_is_a_word: String,
}

fn main() {}
