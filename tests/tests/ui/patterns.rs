//! Patterns that are broken, or mean something else elsewhere. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Class {
    #[secure(pattern("[a-z"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct Group {
    #[secure(pattern("(a|b"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct Anchors {
    #[secure(pattern("a^b"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct WhiteSpace {
    #[secure(pattern(r"\s{3}"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct Property {
    #[secure(pattern(r"\p{L}{3}"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct LookAhead {
    #[secure(pattern("(?=a)b"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct BackReference {
    #[secure(pattern(r"(a)\1"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct Count {
    #[secure(pattern("a{3,2}"))]
    text: String,
}

#[derive(Secure)]
#[secure(output)]
struct Empty {
    #[secure(pattern(""))]
    text: String,
}

fn main() {}
