//! Cleaning steps on types that they cannot change, and arguments of another type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Types {
    #[secure(uppercase)]
    uppercase_of_a_number: u32,
    #[secure(nfc)]
    nfc_of_a_number: u32,
    #[secure(nfkc, length(max = 4))]
    nfkc_of_a_list: Vec<u8>,
    #[secure(collapse_whitespace)]
    collapse_whitespace_of_a_number: u32,
    #[secure(strip_control)]
    strip_control_of_a_truth_value: bool,
    #[secure(truncate(max = 4))]
    truncate_of_a_list: Vec<u8>,
    #[secure(clamp(min = 1, max = 4), length(max = 4))]
    clamp_of_a_text: String,
    #[secure(escape_html)]
    escape_html_of_a_number: Option<u64>,
    #[secure(html(policy = "text"), length(max = 4))]
    html_of_a_list: Vec<u8>,
    #[secure(normalize_email)]
    normalize_email_of_a_number: u32,
    #[secure(normalize_url)]
    normalize_url_of_a_number: u32,
    #[secure(precis(profile = "nickname"))]
    precis_of_a_number: u32,
}

#[derive(Secure)]
#[secure(output)]
struct Arguments {
    #[secure(truncate(max = "4"))]
    truncate: String,
    #[secure(clamp(min = "1"))]
    clamp: u8,
    #[secure(strip_control(keep = 1), length(max = 4))]
    strip_control: String,
    #[secure(trim(unclean = "reject"), length(max = 4))]
    trim: String,
}

fn main() {}
