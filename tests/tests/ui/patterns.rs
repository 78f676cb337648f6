//! Patterns that are broken, or mean something else elsewhere.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(pattern("[a-z"))]
    class: String,
    #[secure(pattern("(a|b"))]
    group: String,
    #[secure(pattern("a^b"))]
    anchors: String,
    #[secure(pattern(r"\s{3}"))]
    white_space: String,
    #[secure(pattern(r"\p{L}{3}"))]
    property: String,
    #[secure(pattern("(?=a)b"))]
    look_ahead: String,
    #[secure(pattern(r"(a)\1"))]
    back_reference: String,
    #[secure(pattern("a{3,2}"))]
    count: String,
    #[secure(pattern(""))]
    empty: String,
}

fn main() {}
