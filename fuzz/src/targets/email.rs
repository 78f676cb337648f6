//! E-mail addresses in the three profiles, against the pattern of the HTML standard.

use std::sync::LazyLock;

use palisade::rules::{Apply, email::Email, normalize_email::NormalizeEmail};
use regex::Regex;

use crate::agreement::accepts;

/// The pattern of the HTML standard, section 4.10.5.1.5.
static HTML: LazyLock<Regex> = LazyLock::new(|| {
    let label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    Regex::new(&format!(r"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{label}(?:\.{label})*\z")).expect("a pattern")
});

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let html = accepts(const { Email::new().seal() }, text);
    let is_short = text.len() <= 254 && text.find('@').is_some_and(|at| at <= 64);
    assert_eq!(html, is_short && HTML.is_match(text), "html5 on {text:?}");

    let mail = accepts(const { Email::new().profile("rfc5321").seal() }, text);
    let international = accepts(const { Email::new().profile("idn").seal() }, text);
    if mail {
        assert!(text.is_ascii(), "rfc5321 on {text:?}");
    }
    if html || mail || international {
        assert!(text.len() <= 3 * 254 && text.contains('@'), "{text:?}");
        assert!(!text.contains(|character: char| character.is_control()), "{text:?} would break a header");
    }
    let mut clean = text.to_owned();
    NormalizeEmail::new().seal().into_rule().clean(&mut clean);
    assert!(!html || accepts(const { Email::new().seal() }, &clean), "{text:?} is no address as {clean:?}");
}
