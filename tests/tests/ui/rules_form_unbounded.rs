//! Rules on the form of a text that bound none; `path_segment` and `filename` do.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Upload {
    #[secure(slug)]
    slug: String,
    #[secure(identifier)]
    identifier: String,
    #[secure(header_value)]
    header_value: String,
    #[secure(path_segment)]
    path_segment: String,
    #[secure(filename)]
    filename: String,
    #[secure(json)]
    json: String,
    #[secure(base64)]
    base64: String,
    #[secure(hex(min = 4))]
    hex: String,
    #[secure(semver)]
    semver: String,
    #[secure(length(max = 4, unit = "graphemes"))]
    graphemes: String,
}

fn main() {}
