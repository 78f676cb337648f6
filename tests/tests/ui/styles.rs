//! Styles of fields: in a wrong place, or no word.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Search {
    #[secure(style = styles::comma_separated, length(max = 3))]
    of_a_path: Vec<u8>,
    #[secure(style = "comma_separated", length(max = 3))]
    of_a_text: Vec<u8>,
    #[secure(length(max = 3), each(style = comma_separated))]
    of_an_item: Vec<u8>,
    #[serde(skip)]
    #[secure(style = comma_separated)]
    skipped: Vec<u8>,
}

#[derive(serde::Deserialize, Secure)]
struct Names(#[secure(style = comma_separated, length(max = 3))] Vec<u8>);

fn main() {}
