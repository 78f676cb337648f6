//! Cleaning steps that leave no value to the rules behind them.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(clamp(min = 1, max = 1_000))]
    clamp_beyond_the_type: u8,
    #[secure(clamp(max = 4), range(min = 9))]
    clamp_and_range: u8,
    #[secure(truncate(max = 4), length(min = 9))]
    truncate_and_length: String,
    #[secure(uppercase, pattern("[a-z]{3}"))]
    uppercase_and_pattern: String,
    #[secure(uppercase, reject_unclean, pattern("[a-z]{3}"))]
    refused_uppercase_and_pattern: String,
    #[secure(collapse_whitespace, pattern(" [a-z]{3}"))]
    collapse_whitespace_and_pattern: String,
    #[secure(reject_unclean, trim, length(max = 4))]
    reject_unclean_in_front: String,
    #[secure(reject_unclean, length(max = 4))]
    reject_unclean_alone: String,
    #[secure(lowercase, uppercase, pattern("[a-z]{3}"))]
    two_cases: String,
}

fn main() {}
