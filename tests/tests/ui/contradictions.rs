//! Rules that no value, or no value of the type, can satisfy.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(min = 9, max = 4))]
    length: String,
    #[secure(length(max = 4), length(min = 9))]
    two_lengths: String,
    #[secure(length)]
    no_length: String,
    #[secure(range(min = 9, max = 4))]
    range: u8,
    #[secure(range(max = 4), range(min = 9))]
    two_ranges: u8,
    #[secure(range)]
    no_range: u8,
    #[secure(range(min = 1, max = 1_000))]
    beyond_the_type: u8,
    #[secure(range(min = -1))]
    below_the_type: u8,
    #[secure(one_of([]))]
    no_choice: String,
    #[secure(lowercase, pattern("[A-Z]{3}"))]
    capitals: String,
    #[secure(trim, pattern(" [a-z]{3}"))]
    white_space: String,
    #[secure(pattern("[a-z]{3}"), length(min = 4, max = 9))]
    pattern_too_short: String,
    #[secure(length(max = 4), each(length(max = 9), pattern("[a-z]{10}")))]
    pattern_too_long: Vec<String>,
    #[secure(lowercase, one_of(["EUR", "USD"]))]
    capital_choices: String,
    #[secure(length(max = 2), one_of(["EUR", "USD"]))]
    long_choices: String,
}

fn main() {}
