//! The grammar of rates: what is read, and what is refused when the crate is compiled.

use super::*;

#[test]
fn every_unit_is_known_in_seconds() {
    for (text, period) in [
        ("7/s per ip", 1),
        ("7/sec per ip", 1),
        ("7/second per ip", 1),
        ("7/min per ip", 60),
        ("7/minute per ip", 60),
        ("7/h per ip", 3_600),
        ("7/hour per ip", 3_600),
        ("7/d per ip", 86_400),
        ("7/day per ip", 86_400),
        ("7/15min per ip", 900),
        ("7/213503d per ip", 213_503 * 86_400),
    ] {
        let rate = Rate::parse(text);
        assert_eq!((rate.count(), rate.period(), rate.burst_size(), rate.text()), (7, period, 7, text));
    }
}

#[test]
fn the_extremes_are_admitted() {
    assert_eq!(Rate::parse("4294967295/min per caller").count(), u32::MAX);
    assert_eq!(Rate::parse("1000000000/s per caller").count(), 1_000_000_000);
    assert_eq!(Rate::parse("1/s per caller").burst(u32::MAX).burst_size(), u32::MAX);
}

#[test]
fn a_mistake_is_quoted_and_mended() {
    for (text, message) in [
        ("", "`rate`: `` says nothing: write count/unit and who is counted, like \"100/min per caller\""),
        ("100/min", "`rate`: say who is counted: write `100/min per caller` or `100/min per ip`"),
        ("100/min per", "`rate`: say who is counted: write `100/min per caller` or `100/min per ip`"),
        ("100/min per moon", "`rate`: `moon` cannot be counted: write `per caller` or `per ip`"),
        ("100/min per ip ", "`rate`: `ip ` cannot be counted: write `per caller` or `per ip`"),
        ("100 per ip", "`rate`: `100` has no unit: write count/unit and who is counted, like \"100/min per caller\""),
        ("0/min per ip", "`rate`: a count of zero admits nobody: write at least 1, or leave the endpoint out"),
        ("4294967296/min per ip", "`rate`: the count `4294967296` is too large: write at most 4294967295"),
        (
            "99999999999999999999999/min per ip",
            "`rate`: the count `99999999999999999999999` is too large: write at most 4294967295",
        ),
        ("-1/min per ip", "`rate`: `-1` is not a count: write digits only, like \"100/min per caller\""),
        ("/min per ip", "`rate`: `` is not a count: write digits only, like \"100/min per caller\""),
        (
            "1/fortnight per ip",
            "`rate`: unknown unit `fortnight`: write `s`, `min`, `h` or `d`, like \"100/min per caller\"",
        ),
        ("1/2 per ip", "`rate`: unknown unit ``: write `s`, `min`, `h` or `d`, like \"100/min per caller\""),
        ("1/µs per ip", "`rate`: unknown unit `µs`: write `s`, `min`, `h` or `d`, like \"100/min per caller\""),
        ("1/0min per ip", "`rate`: a period of `0min` never passes: write at least 1, or the unit alone"),
        ("1/213504d per ip", "`rate`: a period of `213504d` is longer than the clock counts: write at most 213503d"),
        (
            "1/99999999999999999999s per ip",
            "`rate`: a period of `99999999999999999999s` is longer than the clock counts: write at most 18446744073s",
        ),
        (
            "1000000001/s per ip",
            "`rate`: `1000000001/s` is more than one in a nanosecond, which no clock tells apart: write at most 1000000000",
        ),
    ] {
        assert_eq!(refusal(|| Rate::parse(text)), message, "for {text:?}");
    }
}

#[test]
fn a_burst_of_zero_is_refused() {
    assert_eq!(
        refusal(|| Rate::parse("5/s per ip").burst(0)),
        "`burst`: a burst of zero admits nobody: write at least 1, or leave it out for 5"
    );
}

fn refusal(parse: impl Fn() -> Rate + std::panic::UnwindSafe) -> String {
    let payload = std::panic::catch_unwind(parse).expect_err("a mistake is refused");
    *payload.downcast::<String>().expect("the message is composed")
}
