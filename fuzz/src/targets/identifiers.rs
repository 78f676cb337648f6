//! Identifiers and forms: what is taken fits what is published, and what an independent reader says.

use std::net::IpAddr;

use palisade::rules::{
    alphanumeric::Alphanumeric, ascii::Ascii, base64::Base64, bic::Bic, card::Card, cidr::Cidr, country::Country,
    currency::Currency, decimal::Decimal, filename::Filename, header_value::HeaderValue, hex::Hex, iban::Iban,
    identifier::Identifier, ip::Ip, json::Json, language::Language, mac::Mac, no_bidi::NoBidi, no_control::NoControl,
    password::Password, path_segment::PathSegment, phone::Phone, semver::Semver, single_script::SingleScript,
    slug::Slug, timezone::Timezone, ulid::Ulid, uuid::Uuid,
};

use crate::agreement::accepts;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    numbers(text);
    names(text);
    encodings(text);
    addresses(text);
    texts(text);
}

fn numbers(text: &str) {
    if accepts(const { Iban::new().seal() }, text) {
        assert_eq!(remainder(text), 1, "{text:?} is an IBAN");
    }
    accepts(const { Iban::new().format("paper").seal() }, text);
    accepts(const { Iban::new().format("any").seal() }, text);
    if accepts(const { Card::new().seal() }, text) {
        assert!(is_luhn(text), "{text:?} is a card number");
    }
    accepts(const { Card::new().separator("space").seal() }, text);
    accepts(const { Card::new().separator("hyphen").seal() }, text);
    accepts(const { Bic::new().seal() }, text);
    let decimal = accepts(const { Decimal::new().digits(12).scale(2).seal() }, text);
    let small = accepts(const { Decimal::new().digits(12).scale(2).min(-5).below(100).seal() }, text);
    if decimal {
        let number: f64 = text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"));
        assert_eq!(small, (-5.0..100.0).contains(&number), "{text:?} is between -5 and 100");
    }
    assert!(!small || decimal, "{text:?} is a small number only");
    accepts(const { Phone::new().seal() }, text);
    accepts(const { Phone::new().region("DE").seal() }, text);
    accepts(const { Phone::new().region("US").seal() }, text);
}

fn names(text: &str) {
    if accepts(const { Uuid::new().seal() }, text) {
        assert!(text.len() == 36 && uuid::Uuid::parse_str(text).is_ok(), "{text:?} is a UUID");
    }
    accepts(const { Uuid::new().version(4).seal() }, text);
    accepts(const { Ulid::new().seal() }, text);
    accepts(const { Semver::new().seal() }, text);
    accepts(const { Language::new().seal() }, text);
    accepts(const { Country::new().seal() }, text);
    accepts(const { Currency::new().seal() }, text);
    accepts(const { Timezone::new().seal() }, text);
    accepts(const { Slug::new().seal() }, text);
    accepts(const { Identifier::new().seal() }, text);
    accepts(const { Alphanumeric::new().seal() }, text);
    for accepted in
        [accepts(const { Filename::new().seal() }, text), accepts(const { PathSegment::new().seal() }, text)]
    {
        let leaves = text.is_empty() || matches!(text, "." | "..") || text.contains(['/', '\\', '\0']);
        assert!(!accepted || !leaves, "{text:?} leaves its folder");
    }
}

fn encodings(text: &str) {
    if accepts(const { Base64::new().max(64).seal() }, text) {
        assert!(text.len().is_multiple_of(4) && text.len() <= 88, "{text:?} is Base64 with padding");
    }
    let bare = accepts(const { Base64::new().alphabet("url").padding("none").max(64).seal() }, text);
    let either = accepts(const { Base64::new().alphabet("url").padding("optional").max(64).seal() }, text);
    assert!(!bare || either, "{text:?}: less is allowed where padding is optional");
    if accepts(const { Hex::new().max(64).seal() }, text) {
        assert!(
            text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{text:?} is hexadecimal"
        );
    }
    accepts(const { Hex::new().case("lower").max(64).seal() }, text);
    let json = accepts(const { Json::new().seal() }, text);
    // The rule is stricter: it bounds the depth.
    assert!(!json || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(), "{text:?} is JSON");
}

fn addresses(text: &str) {
    let any = accepts(const { Ip::new().seal() }, text);
    assert_eq!(any, text.parse::<IpAddr>().is_ok(), "{text:?} is an address");
    let public = accepts(const { Ip::new().range("public").seal() }, text);
    let private = accepts(const { Ip::new().range("private").seal() }, text);
    assert!(!(public && private), "{text:?} is public and private");
    assert!(any || !(public || private), "{text:?} is no address");
    let network = accepts(const { Cidr::new().seal() }, text);
    let wide = accepts(const { Cidr::new().host_bits("allowed").seal() }, text);
    assert!(!network || wide, "{text:?}: more is allowed with host bits");
    accepts(const { Cidr::new().range("public").seal() }, text);
    accepts(const { Mac::new().seal() }, text);
    accepts(const { Mac::new().form("eui64").separator("hyphen").seal() }, text);
}

fn texts(text: &str) {
    accepts(const { Ascii::new().seal() }, text);
    accepts(const { NoControl::new().seal() }, text);
    accepts(const { NoBidi::new().seal() }, text);
    accepts(const { SingleScript::new().seal() }, text);
    accepts(const { SingleScript::new().level("highly_restrictive").seal() }, text);
    if accepts(const { HeaderValue::new().seal() }, text) {
        assert!(http::HeaderValue::from_str(text).is_ok(), "{text:?} is a field value");
    }
    // Its estimate is slow on long texts, and bounded by its own facet.
    if text.len() <= 64 {
        accepts(const { Password::new().min_entropy(40).seal() }, text);
    }
}

/// The remainder of ISO 7064, MOD 97-10.
fn remainder(text: &str) -> u32 {
    let (head, tail) = text.split_at_checked(4).unwrap_or_default();
    tail.chars().chain(head.chars()).filter_map(|character| character.to_digit(36)).fold(0, |sum, digit| {
        let shifted = if digit < 10 { sum * 10 } else { sum * 100 };
        (shifted + digit) % 97
    })
}

fn is_luhn(text: &str) -> bool {
    let digits = text.chars().rev().filter_map(|character| character.to_digit(10));
    let weighed = digits.enumerate().map(|(at, digit)| match (at % 2, digit) {
        (0, digit) => digit,
        (_, digit) => (digit * 2) / 10 + (digit * 2) % 10,
    });
    weighed.sum::<u32>() % 10 == 0
}
