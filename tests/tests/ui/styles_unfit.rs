//! Styles of fields that are no lists or objects.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Search {
    #[secure(style = comma_separated, length(max = 3))]
    text: String,
    #[secure(style = deep_object)]
    number: Option<u8>,
    #[secure(style = deep_object, length(max = 3))]
    list: Vec<u8>,
}

fn main() {}
