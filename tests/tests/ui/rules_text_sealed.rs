//! Arguments of rules on characters and parts of texts that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Ascii {
    #[secure(length(max = 4), ascii(only = "visible"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Alphanumeric {
    #[secure(length(max = 4), alphanumeric(letters = "latin"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NoControl {
    #[secure(length(max = 4), no_control(allow = "newline"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct SingleScript {
    #[secure(length(max = 4), single_script(level = "moderate"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Prefix {
    #[secure(length(max = 4), prefix(""))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Suffix {
    #[secure(length(max = 4), suffix(""))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Contains {
    #[secure(length(max = 4), contains(""))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Excludes {
    #[secure(length(max = 4), excludes(""))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NotOneOf {
    #[secure(length(max = 4), not_one_of([]))]
    value: String,
}

fn main() {}
