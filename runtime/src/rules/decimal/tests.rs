//! Numbers that fit and numbers that do not, and an exact pattern beside the rule.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::rules::Apply;

const MONEY: Decimal = Decimal::new().digits(12).scale(2).seal().into_rule();
const SHARE: Decimal = Decimal::new().digits(4).scale(4).min(0).seal().into_rule();
const COUNT: Decimal = Decimal::new().digits(3).seal().into_rule();
const LARGEST: Decimal = Decimal::new().digits(38).scale(38).seal().into_rule();

fn longest(sealed: &Sealed<Decimal>) -> Option<u64> {
    sealed.facets().into_iter().find_map(|facet| match facet {
        Facet::MaxLength(length) => Some(length),
        _ => None,
    })
}

#[test]
fn fits_its_digits() {
    // Text, (12, 2), (4, 4) from 0, (3, 0).
    let rows = [
        ("0", true, true, true),
        ("7", true, false, true),
        ("999", true, false, true),
        ("1000", true, false, false),
        ("-5", true, false, true),
        ("0.5", true, true, false),
        ("0.50", true, true, false),
        ("0.1234", false, true, false),
        ("0.12345", false, false, false),
        ("1.50", true, false, false),
        ("9999999999.99", true, false, false),
        ("-9999999999.99", true, false, false),
        ("10000000000", false, false, false),
        ("10000000000.0", false, false, false),
        ("1.500", false, false, false),
        ("-0", false, false, false),
        ("-0.00", false, false, false),
        ("-0.01", true, false, false),
        ("+1", false, false, false),
        ("01", false, false, false),
        ("00.5", false, false, false),
        (".5", false, false, false),
        ("5.", false, false, false),
        (".", false, false, false),
        ("-", false, false, false),
        ("--1", false, false, false),
        ("1e3", false, false, false),
        ("1,5", false, false, false),
        ("1_000", false, false, false),
        (" 1", false, false, false),
        ("1\n", false, false, false),
        ("1.5.0", false, false, false),
        ("1.-5", false, false, false),
        ("NaN", false, false, false),
        ("Infinity", false, false, false),
        ("0x1", false, false, false),
        ("\u{661}", false, false, false),
        ("1.\u{661}", false, false, false),
        ("", false, false, false),
    ];
    for (text, money, share, count) in rows {
        assert_eq!(MONEY.check(text), money, "{text}");
        assert_eq!(SHARE.check(text), share, "{text}");
        assert_eq!(COUNT.check(text), count, "{text}");
    }
}

#[test]
fn the_most_digits_do_not_overflow() {
    assert!(LARGEST.check(&format!("-0.{}", "9".repeat(38))));
    assert!(!LARGEST.check(&format!("9.{}", "9".repeat(38))));
    assert!(!LARGEST.check(&"9".repeat(1_000)));
    assert!(!LARGEST.check(&format!("0.{}", "0".repeat(300))));
}

#[test]
fn bounds_are_exact() {
    const PRICE: Decimal = Decimal::new().digits(6).scale(2).min_fraction(0.29).below_fraction(99.99).seal().into_rule();
    for (text, verdict) in
        [("0.28", false), ("0.29", true), ("0.3", true), ("99.98", true), ("99.99", false), ("100", false), ("-1", false)]
    {
        assert_eq!(PRICE.check(text), verdict, "{text}");
    }
    const DEBT: Decimal = Decimal::new().digits(6).scale(2).above(-100).max(0).seal().into_rule();
    for (text, verdict) in [("-100", false), ("-99.99", true), ("0.00", true), ("0.01", false)] {
        assert_eq!(DEBT.check(text), verdict, "{text}");
    }
    // A bound beyond the digits bounds nothing more.
    const WIDE: Decimal = Decimal::new().digits(2).max(i128::MAX).min(i128::MIN).seal().into_rule();
    assert!(WIDE.check("99") && WIDE.check("-99") && !WIDE.check("100"));
}

#[test]
fn the_longest_text_is_published() {
    assert_eq!(longest(&Decimal::new().digits(12).scale(2).seal()), Some(14));
    assert_eq!(longest(&Decimal::new().digits(12).scale(2).min(0).seal()), Some(13));
    assert_eq!(longest(&Decimal::new().digits(4).scale(4).seal()), Some(7));
    assert_eq!(longest(&Decimal::new().digits(3).seal()), Some(4));
}

#[test]
#[should_panic(expected = "a bound has no more than `scale` digits behind the point")]
fn a_bound_with_more_digits_is_refused() {
    let _ = Decimal::new().digits(6).scale(2).max_fraction(0.125).seal();
}

#[test]
#[should_panic(expected = "no number of so many digits is within the bounds")]
fn bounds_that_leave_nothing_are_refused() {
    let _ = Decimal::new().digits(2).min(100).seal();
}

proptest! {
    #[test]
    fn agrees_with_an_exact_pattern(text in "-?[0-9]{0,5}(\\.[0-9]{0,4})?") {
        let exact = Regex::new(r"\A(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?\z").expect("a pattern");
        let zero = Regex::new(r"\A-0(?:\.0*)?\z").expect("a pattern");
        let rule = Decimal::new().digits(5).scale(2).seal().into_rule();
        let magnitude = text.strip_prefix('-').unwrap_or(&text);
        prop_assert_eq!(rule.check(&text), exact.is_match(magnitude) && !zero.is_match(&text), "{}", text);
    }

    #[test]
    fn whatever_passes_is_of_the_published_form_and_length(text in "-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,3})?") {
        let rows = [
            (MONEY, SIGNED_FRACTION, 14),
            (SHARE, FRACTION, 6),
            (COUNT, SIGNED_WHOLE, 4),
            (Decimal::new().digits(3).min(0).seal().into_rule(), WHOLE, 3),
        ];
        for (rule, form, most) in rows {
            if rule.check(&text) {
                prop_assert!(Pattern::compile(form).matches(&text) && text.len() <= most, "{}", text);
            }
        }
    }
}

#[cfg(feature = "rust_decimal")]
mod decoded {
    use super::*;

    proptest! {
        #[test]
        fn a_decoded_number_is_judged_as_its_text_is(mantissa in -1_000_000_i64..1_000_000, scale in 0_u32..6) {
            let value = rust_decimal::Decimal::new(mantissa, scale);
            prop_assert_eq!(MONEY.check(&value), MONEY.check(&value.to_string()), "{}", value);
            prop_assert_eq!(SHARE.check(&value), SHARE.check(&value.to_string()), "{}", value);
            prop_assert_eq!(COUNT.check(&Some(value)), COUNT.check(&value.to_string()), "{}", value);
        }
    }

    #[test]
    fn the_largest_number_does_not_overflow() {
        for value in [rust_decimal::Decimal::MAX, rust_decimal::Decimal::MIN] {
            assert!(!MONEY.check(&value) && !LARGEST.check(&value));
        }
        assert!(MONEY.check(&None::<rust_decimal::Decimal>));
    }
}
