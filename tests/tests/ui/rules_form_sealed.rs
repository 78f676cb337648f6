//! Arguments of rules on the form of a text that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct JsonDepth {
    #[secure(length(max = 4), json(depth = 129))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Base64Alphabet {
    #[secure(base64(max = 4, alphabet = "urlsafe"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Base64Padding {
    #[secure(base64(max = 4, padding = "yes"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Base64 {
    #[secure(base64(min = 5, max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct HexCase {
    #[secure(hex(max = 4, case = "small"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Hex {
    #[secure(hex(min = 5, max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Unit {
    #[secure(length(max = 4, unit = "characters"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct EqualAndMin {
    #[secure(length(equal = 4, min = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct MaxAndEqual {
    #[secure(length(max = 4, equal = 4))]
    value: String,
}

fn main() {}
