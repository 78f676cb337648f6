//! Rules on characters and parts of texts bound no text.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(ascii)]
    ascii: String,
    #[secure(alphanumeric)]
    alphanumeric: String,
    #[secure(no_control)]
    no_control: String,
    #[secure(no_bidi)]
    no_bidi: String,
    #[secure(single_script)]
    single_script: String,
    #[secure(prefix("ord_"))]
    prefix: String,
    #[secure(suffix(".pdf"))]
    suffix: String,
    #[secure(contains("b"))]
    contains: String,
    #[secure(excludes("//"))]
    excludes: String,
    #[secure(not_one_of(["root"]))]
    not_one_of: String,
    #[secure(lowercase)]
    lowercase: String,
    #[secure(sensitive)]
    sensitive: String,
}

fn main() {}
