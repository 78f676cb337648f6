//! Arguments that rules on characters and parts of texts do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(ascii(printable = true))]
    ascii: String,
    #[secure(alphanumeric(letter = "unicode"))]
    alphanumeric: String,
    #[secure(no_control(allow = true))]
    no_control: String,
    #[secure(no_bidi("marks"))]
    no_bidi: String,
    #[secure(single_script(level = 2))]
    single_script: String,
    #[secure(prefix)]
    prefix: String,
    #[secure(suffix(".pdf", ".txt"))]
    suffix: String,
    #[secure(contains(part = "b"))]
    contains: String,
    #[secure(excludes('/'))]
    excludes: String,
    #[secure(not_one_of("root"))]
    not_one_of: String,
    #[secure(one_of(["EUR"], case = "any"))]
    one_of: String,
    #[secure(lowercase(locale = "tr"))]
    lowercase: String,
}

fn main() {}
