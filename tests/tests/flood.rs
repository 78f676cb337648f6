//! A megabyte of what is wrong: the report stays short, memory stays in proportion, and work does too.
//!
//! Work is counted in allocations, since time is no matter for a test: what reads its input again and again while it grows
//! allocates again and again too, and what does not is seen to end.

#[expect(dead_code, reason = "other tests ask the rows for more")]
mod rule_rows;

use std::collections::BTreeMap;

use allocation_counter::{AllocationInfo, measure};
use palisade::{
    prelude::*,
    value::{Input, Report, from_json, from_texts},
};
use rule_rows::TEXTS;
use serde::{Deserialize, de::DeserializeOwned};

const MEGABYTE: usize = 1 << 20;

/// Texts that make one rule or another work: each is repeated.
const PARTS: &[&str] = &["a", "é", "<b>", "&", "[", "a@", " \t", "a\u{301}", "1.", "日"];

fn repeated(part: &str, bytes: usize) -> String {
    part.repeat(bytes / part.len())
}

#[test]
fn no_rule_takes_more_memory_than_in_proportion() {
    for row in TEXTS {
        let taken = |part: &str, bytes: usize| {
            let text = repeated(part, bytes);
            measure(|| drop(row.examine(&text)))
        };
        let most = MEGABYTE / 8;
        for part in PARTS {
            let counted = [most / 4, most / 2, most].map(|bytes| taken(part, bytes));
            assert_in_proportion(counted, most, &format!("{} of {part:?}", row.written));
        }
        let whole = taken("é", MEGABYTE);
        assert!(
            whole.bytes_max <= AT_ONE_TIME * MEGABYTE as u64,
            "{}: {} bytes at one time",
            row.written,
            whole.bytes_max
        );
    }
}

/// What a rule may have at one time for each byte that it is given, and what it may have of its own, such as a dictionary.
const AT_ONE_TIME: u64 = 24;
const OF_ITS_OWN: u64 = 8 * 1024 * 1024;

/// Twice as much takes twice as much, with room for what grows in steps; four times as much is what a square would take.
fn assert_in_proportion([quarter, half, whole]: [AllocationInfo; 3], bytes: usize, name: &str) {
    assert!(
        whole.bytes_max <= AT_ONE_TIME * bytes as u64 + OF_ITS_OWN,
        "{name}: {} bytes at one time",
        whole.bytes_max
    );
    for (less, more) in [(quarter, half), (half, whole)] {
        assert!(
            more.bytes_total <= 3 * less.bytes_total + OF_ITS_OWN,
            "{name}: {} bytes after {}",
            more.bytes_total,
            less.bytes_total
        );
        assert!(
            more.count_total <= 3 * less.count_total + 20_000,
            "{name}: {} allocations after {}",
            more.count_total,
            less.count_total
        );
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Flooded {
    #[secure(length(max = 1_000_000), each(length(max = 2)))]
    #[serde(default)]
    texts: Vec<String>,
    #[secure(length(max = 1_000_000))]
    #[serde(default)]
    items: Vec<Item>,
    #[secure(length(max = 1_000_000), keys(length(max = 2)))]
    #[serde(default)]
    entries: BTreeMap<String, u8>,
    #[secure(length(max = 1_000_000), unique)]
    #[serde(default)]
    numbers: Vec<u32>,
    #[serde(default)]
    nested: Option<Box<Flooded>>,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Item {
    #[secure(range(max = 1))]
    least: u8,
    #[secure(length(max = 1), sensitive)]
    secret: String,
}

fn refused<T: Input + DeserializeOwned>(document: &str) -> (Report, AllocationInfo) {
    let mut report = Report::new();
    let counted = measure(|| report = from_json::<T>(document).err().expect("it is refused"));
    (report, counted)
}

/// A document that begins so, has as many parts as there is room for, and ends so.
fn filled(bytes: usize, begin: &str, part: impl Fn(usize) -> String, end: &str) -> String {
    let mut document = begin.to_owned();
    let mut at = 0;
    while document.len() < bytes {
        if 0 < at {
            document.push(',');
        }
        document.push_str(&part(at));
        at += 1;
    }
    document + end
}

type Flood = (&'static str, fn(usize) -> String);

const FLOODS: &[Flood] = &[
    ("long texts", |bytes| filled(bytes, r#"{"texts":["#, |_| r#""abc""#.to_owned(), "]}")),
    ("bad items", |bytes| filled(bytes, r#"{"items":["#, |_| r#"{"least":9,"secret":"ab"}"#.to_owned(), "]}")),
    ("items that are none", |bytes| filled(bytes, r#"{"items":["#, |_| "7".to_owned(), "]}")),
    ("unknown members of items", |bytes| filled(bytes, r#"{"items":["#, |at| format!(r#"{{"x{at}":[1]}}"#), "]}")),
    ("bad keys", |bytes| filled(bytes, r#"{"entries":{"#, |at| format!(r#""key{at}":1"#), "}}")),
    ("keys of bad values", |bytes| filled(bytes, r#"{"entries":{"#, |at| format!(r#""key{at}":"a""#), "}}")),
    ("one key again and again", |bytes| filled(bytes, r#"{"entries":{"#, |_| r#""k":1"#.to_owned(), "}}")),
    ("unknown members", |bytes| filled(bytes, "{", |at| format!(r#""x{at}":1"#), "}")),
    ("one member again and again", |bytes| filled(bytes, "{", |_| r#""nested":null"#.to_owned(), "}")),
    ("equal numbers", |bytes| filled(bytes, r#"{"numbers":["#, |_| "7".to_owned(), "]}")),
    ("different numbers, then two that are equal", |bytes| {
        filled(bytes, r#"{"numbers":["#, |at| at.to_string(), ",0]}")
    }),
    ("lists in lists", |bytes| "[".repeat(bytes)),
    ("objects in objects", |bytes| r#"{"nested":"#.repeat(bytes / 10)),
    ("objects in objects that end", |bytes| r#"{"nested":"#.repeat(bytes / 11) + &"}".repeat(bytes / 11)),
    ("one long text", |bytes| format!(r#"{{"texts":["{}"]}}"#, "a".repeat(bytes))),
    ("one long name", |bytes| format!(r#"{{"{}":1}}"#, "a".repeat(bytes))),
    ("escapes", |bytes| format!(r#"{{"texts":["{}"]}}"#, r"\u0001".repeat(bytes / 6))),
    ("one long number", |bytes| format!(r#"{{"numbers":[{}]}}"#, "9".repeat(bytes))),
    ("white space", |bytes| format!("{}x", " ".repeat(bytes))),
];

#[test]
fn a_megabyte_of_what_is_wrong_is_a_short_report() {
    for (name, flood) in FLOODS {
        let counted = [MEGABYTE / 4, MEGABYTE / 2, MEGABYTE].map(|bytes| {
            let document = flood(bytes);
            let (report, counted) = refused::<Flooded>(&document);
            assert!((1..=Report::CAPACITY).contains(&report.len()), "{name}: {}", report.len());
            assert!(report.len() == Report::CAPACITY || !report.is_truncated(), "{name}");
            let said = serde_json::to_string(&report).expect("JSON");
            assert!(said.len() <= Report::CAPACITY * 512, "{name}: {} bytes", said.len());
            counted
        });
        assert_in_proportion(counted, MEGABYTE, name);
    }
}

#[test]
fn nesting_of_ten_thousand_is_refused_without_going_down() {
    let forms = [("[", "]"), (r#"{"nested":"#, "}"), (r#"{"texts":[{"items":"#, "}]}")];
    for (open, close) in forms {
        for document in [format!("{}1{}", open.repeat(10_000), close.repeat(10_000)), open.repeat(10_000)] {
            let (report, _) = refused::<Flooded>(&document);
            assert_eq!(report.to_string(), "is not a JSON document in UTF-8 (malformed)");
        }
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Listing {
    #[secure(range(max = 9))]
    limit: u8,
}

#[test]
fn many_names_and_texts_are_a_short_report() {
    for name in ["limit", "other"] {
        let report = from_texts::<Listing>((0..50_000).map(|_| (name, "a"))).expect_err("it is refused");
        assert!(report.len() <= Report::CAPACITY, "{}", report.len());
    }
    let report = from_texts::<Listing>((0..50_000).map(|at| (at.to_string(), "a"))).expect_err("it is refused");
    // More than any value of the type needs, and could be told about, is not even looked at.
    assert_eq!(report.violations().map(|found| found.code()).collect::<Vec<_>>(), ["too_large"]);
}
