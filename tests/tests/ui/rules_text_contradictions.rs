//! Rules on characters and parts of texts that no value can satisfy together.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(lowercase, length(max = 9), prefix("Ord_"))]
    capital_in_front: String,
    #[secure(uppercase, length(max = 9), suffix(".pdf"))]
    small_letter_at_the_end: String,
    #[secure(lowercase, length(max = 9), contains("ID"))]
    capitals_within: String,
    #[secure(trim, length(max = 9), suffix("- "))]
    white_space: String,
    #[secure(length(max = 3), contains("1234"))]
    too_long_a_part: String,
    #[secure(length(max = 3), prefix("1234"))]
    too_long_a_start: String,
}

fn main() {}
