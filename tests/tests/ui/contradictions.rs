//! Rules that no value, or no value of the type, can satisfy. The rules of a type are one constant, so each that is wrong in
//! itself has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = 4), length(min = 9))]
    two_lengths: String,
    #[secure(range(max = 4), range(min = 9))]
    two_ranges: u8,
    #[secure(range(min = 1, max = 1_000))]
    beyond_the_type: u8,
    #[secure(range(min = -1))]
    below_the_type: u8,
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
    #[secure(one_of(["EUR", "USD"]), length(max = 2))]
    long_choices: String,
    #[secure(pattern("[A-Z]{3}"), lowercase)]
    lowered_at_last: String,
}

#[derive(Secure)]
#[secure(output)]
struct Length {
    #[secure(length(min = 9, max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NoLength {
    #[secure(length)]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Range {
    #[secure(range(min = 9, max = 4))]
    value: u8,
}

#[derive(Secure)]
#[secure(output)]
struct NoRange {
    #[secure(range)]
    value: u8,
}

#[derive(Secure)]
#[secure(output)]
struct NoChoice {
    #[secure(one_of([]))]
    value: String,
}

fn main() {}
