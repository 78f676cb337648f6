//! Cleaning steps whose arguments make no sense, that no value passes, or that leave a field without a bound.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(truncate)]
    truncate_without_a_bound: String,
    #[secure(truncate(max = 0))]
    truncate_to_nothing: String,
    #[secure(clamp)]
    clamp_without_a_bound: u8,
    #[secure(clamp(min = 9, max = 4))]
    clamp_upside_down: u8,
    #[secure(strip_control(keep = "tabs"), length(max = 4))]
    strip_control_of_another_word: String,
    #[secure(html, length(max = 4))]
    html_without_a_policy: String,
    #[secure(html(policy = "harmless"), length(max = 4))]
    html_of_another_word: String,
    #[secure(normalize_email(local = "uppercase"), email)]
    normalize_email_of_another_word: String,
    #[secure(precis(profile = "SASLprep"))]
    precis_of_another_word: String,
}

#[derive(Secure)]
#[secure(output)]
struct Together {
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
    #[secure(nfc, nfkc, uppercase, escape_html, normalize_url, collapse_whitespace, strip_control)]
    unbounded: String,
}

fn main() {}
