//! Styles that there are not.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Search {
    #[secure(style = coma_separated, length(max = 3))]
    misspelt: Vec<u8>,
    #[secure(style = space_delimited, length(max = 3))]
    unknown: Vec<u8>,
}

fn main() {}
