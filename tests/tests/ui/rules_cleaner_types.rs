//! Cleaning steps on types that they cannot change.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(uppercase)]
    uppercase: u32,
    #[secure(lowercase)]
    lowercase: bool,
    #[secure(nfc)]
    nfc: u32,
    #[secure(nfkc, length(max = 4))]
    nfkc: Vec<u8>,
    #[secure(collapse_whitespace)]
    collapse_whitespace: u32,
    #[secure(strip_control)]
    strip_control: bool,
    #[secure(truncate(max = 4), length(max = 4))]
    truncate: Vec<u8>,
    #[secure(clamp(min = 1, max = 4), length(max = 4))]
    clamp: String,
    #[secure(escape_html)]
    escape_html: Option<u64>,
    #[secure(html(policy = "text"), length(max = 4))]
    html: Vec<u8>,
    #[secure(normalize_email)]
    normalize_email: u32,
    #[secure(normalize_url)]
    normalize_url: u32,
    #[secure(precis(profile = "nickname"))]
    precis: u32,
}

fn main() {}
