//! Arguments of rules on characters and parts of texts that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(length(max = 4), ascii(only = "visible"))]
    ascii: String,
    #[secure(length(max = 4), alphanumeric(letters = "latin"))]
    alphanumeric: String,
    #[secure(length(max = 4), no_control(allow = "newline"))]
    no_control: String,
    #[secure(length(max = 4), single_script(level = "moderate"))]
    single_script: String,
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
}

fn main() {}
