//! Cleaning steps bound no text; `truncate` and `precis` do.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(trim)]
    trim: String,
    #[secure(uppercase)]
    uppercase: String,
    #[secure(nfc)]
    nfc: String,
    #[secure(nfkc)]
    nfkc: String,
    #[secure(collapse_whitespace)]
    collapse_whitespace: String,
    #[secure(strip_control)]
    strip_control: String,
    #[secure(escape_html)]
    escape_html: String,
    #[secure(html(policy = "text"))]
    html: String,
    #[secure(normalize_email)]
    normalize_email: String,
    #[secure(normalize_url)]
    normalize_url: String,
    #[secure(trim, reject_unclean)]
    trim_and_reject_unclean: String,
    #[secure(truncate(max = 4))]
    truncate: String,
    #[secure(precis(profile = "nickname"))]
    precis: String,
}

fn main() {}
