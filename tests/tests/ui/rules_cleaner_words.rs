//! Arguments that cleaning steps do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(uppercase(locale = "tr"))]
    uppercase: String,
    #[secure(nfc("strict"))]
    nfc: String,
    #[secure(nfkc(casefold = true))]
    nfkc: String,
    #[secure(collapse_whitespace(with = "_"))]
    collapse_whitespace: String,
    #[secure(strip_control(keep = 1))]
    strip_control: String,
    #[secure(truncate(max = "4"))]
    truncate: String,
    #[secure(clamp(min = "1"))]
    clamp: u8,
    #[secure(escape_html(quotes = true))]
    escape_html: String,
    #[secure(html("basic"))]
    html: String,
    #[secure(normalize_email(gmail = true))]
    normalize_email: String,
    #[secure(normalize_url("https"))]
    normalize_url: String,
    #[secure(precis("nickname"))]
    precis: String,
    #[secure(trim(ends = "left"))]
    trim: String,
    #[secure(trim, reject_unclean(steps = 1))]
    reject_unclean: String,
}

fn main() {}
