//! Naughty strings, through every rule and cleaner: nothing panics, cleaning is done in one pass, no report repeats them,
//! and what the schema says of them is what the check says.

mod corpora;
mod rule_rows;

use std::collections::BTreeMap;

use palisade::{
    prelude::*,
    rules::email_grammar::is_email,
    value::{Report, examine, from_json, from_texts},
};
use rule_rows::{Row, TEXTS};
use serde::Deserialize;
use serde_json::{Value, json};

fn naughty() -> Option<Vec<String>> {
    let strings: Vec<String> = serde_json::from_value(corpora::json("blns.json")?).expect("a list of texts");
    assert!(500 < strings.len(), "the list is whole");
    Some(strings)
}

/// Whether a report holds the text by itself: it is short, or an argument of the rule.
fn is_part_of_our_own_words(text: &str, written: &str) -> bool {
    text.len() < 4 || written.contains(text)
}

/// All of them, but for the rule whose work is fixed and takes long until it is optimised: one of twenty.
fn tried<'a>(row: &Row, strings: &'a [String]) -> impl Iterator<Item = &'a String> {
    strings.iter().step_by(if row.word == "password" { 20 } else { 1 })
}

fn json_of(report: &Report) -> String {
    serde_json::to_string(report).expect("a report is JSON")
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.violations().map(|violation| violation.code()).collect()
}

#[test]
fn cleaning_is_done_in_one_pass() {
    let Some(strings) = naughty() else { return };
    for row in TEXTS {
        for text in tried(row, &strings) {
            let (clean, report) = row.examine(text);
            let (again, same) = row.examine(&clean);
            assert_eq!(clean, again, "{}: {text:?}", row.written);
            assert_eq!(codes(&report), codes(&same), "{}: {text:?}", row.written);
        }
    }
}

#[test]
fn a_report_depends_on_what_was_broken_alone() {
    let Some(strings) = naughty() else { return };
    for row in TEXTS {
        let mut reports = BTreeMap::new();
        for text in tried(row, &strings) {
            let (_, report) = row.examine(text);
            let read = row.read(&json!(text).to_string());
            // What arrives as JSON is judged as what is given as a value.
            assert_eq!(read.as_ref().err().map(codes).unwrap_or_default(), codes(&report), "{}: {text:?}", row.written);
            let said = json_of(&report);
            if !is_part_of_our_own_words(text, row.written) {
                let bare = json!(text).to_string();
                assert!(!said.contains(bare.trim_matches('"')), "{}: {text:?} in {said}", row.written);
                assert!(!report.to_string().contains(text.as_str()), "{}: {text:?}", row.written);
                assert!(!format!("{report:?}").contains(text.as_str()), "{}: {text:?}", row.written);
            }
            let before = reports.entry(codes(&report)).or_insert_with(|| said.clone());
            assert_eq!(*before, said, "{}: {text:?}", row.written);
        }
    }
}

/// Whether the schema says as much about the text as the check does, or less where it says that there is more.
fn assert_schema_agrees(row: &Row, strings: &[String]) -> u32 {
    let schema = row.schema();
    let oracle = jsonschema::options()
        .should_validate_formats(true)
        .with_format("email", is_email)
        .build(&schema)
        .expect("the schema is sound");
    let mut refused = 0;
    for text in tried(row, strings) {
        let (clean, report) = row.examine(text);
        let (found, expected) = (report.is_empty(), oracle.is_valid(&json!(clean)));
        let agrees = if row.has_more_than_its_schema() { expected || !found } else { expected == found };
        assert!(agrees, "{}: {clean:?} is {found}, its schema says {expected}: {schema:#}", row.written);
        refused += u32::from(!found);
    }
    refused
}

#[test]
fn the_schema_of_each_rule_agrees() {
    let Some(strings) = naughty() else { return };
    let refused: u32 = TEXTS.iter().map(|row| assert_schema_agrees(row, &strings)).sum();
    assert!(10_000 < refused, "{refused} refused: the strings are naughty");
}

#[test]
fn every_rule_is_tried_here() {
    let elsewhere: Vec<&str> = NUMBERS_AND_TIMES.iter().chain(BETWEEN_FIELDS).copied().collect();
    for name in palisade::rules::NAMES {
        let is_row = TEXTS.iter().any(|row| row.word == *name);
        assert!(is_row != elsewhere.contains(name), "`{name}` is tried here, in one place");
    }
}

const NUMBERS_AND_TIMES: &[&str] =
    &["range", "port", "clamp", "multiple_of", "unique", "past", "future", "before", "after", "within"];
const BETWEEN_FIELDS: &[&str] = &[
    "required",
    "required_if",
    "required_with",
    "excluded_with",
    "exactly_one_of",
    "at_least_one_of",
    "equal_to",
    "differs_from",
    "less_than",
    "greater_than",
];

/// Everything that is no text.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Scalars {
    #[secure(range(min = 1, max = 9))]
    range: i32,
    #[secure(port)]
    port: u16,
    #[secure(clamp(min = 1, max = 9))]
    clamp: i64,
    #[secure(multiple_of(0.5))]
    multiple_of: f64,
    #[secure(past)]
    past: jiff::Timestamp,
    #[secure(future)]
    future: jiff::civil::Date,
    #[secure(before("2030-01-01"))]
    before: jiff::civil::Date,
    #[secure(after("2020-01-01T00:00:00Z"))]
    after: jiff::Timestamp,
    #[secure(within(days = 30))]
    within: jiff::Timestamp,
    flag: bool,
    id: uuid::Uuid,
    address: std::net::IpAddr,
}

const SCALARS: [&str; 12] =
    ["range", "port", "clamp", "multiple_of", "past", "future", "before", "after", "within", "flag", "id", "address"];

/// What becomes a number or a moment by itself, from texts.
fn is_scalar(text: &str) -> bool {
    text.parse::<f64>().is_ok() || ["true", "false"].contains(&text) || is_address(text)
}

fn is_address(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok()
}

#[test]
fn what_is_no_text_is_refused_at_every_field_without_being_repeated() {
    let Some(strings) = naughty() else { return };
    for text in &strings {
        let document: Value =
            SCALARS.iter().map(|name| ((*name).to_owned(), json!(text))).collect::<serde_json::Map<_, _>>().into();
        let read = from_json::<Scalars>(&document.to_string()).map(drop);
        let texts = from_texts::<Scalars>(SCALARS.map(|name| (name, text.as_str()))).map(drop);
        for (how, report) in [("JSON", read), ("texts", texts)] {
            let report = report.err().unwrap_or_else(|| panic!("{how}: {text:?} is everything"));
            let said = json_of(&report);
            // A long text makes the document longer than any value of the type, so that it is not read at all.
            if !is_scalar(text) && codes(&report) != ["too_large"] {
                let refused = |name: &&str| report.violations().any(|found| found.pointer() == format!("/{name}"));
                assert!(SCALARS.iter().all(refused), "{how}: {text:?}: {said}");
            }
            let repeats = !is_part_of_our_own_words(text, "true false value") && said.contains(text.as_str());
            assert!(!repeats, "{how}: {text:?} in {said}");
        }
    }
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[secure(exactly_one_of(first, second), at_least_one_of(first, third))]
struct Related {
    #[secure(required, length(max = 4_096))]
    first: Option<String>,
    #[secure(length(max = 4_096), required_if(third == Some(String::from("null"))))]
    second: Option<String>,
    #[secure(length(max = 4_096), required_with(second))]
    third: Option<String>,
    #[secure(length(max = 4_096), excluded_with(third))]
    fourth: Option<String>,
    #[secure(length(max = 4_096), equal_to(differs))]
    equal: String,
    #[secure(length(max = 4_096), differs_from(other))]
    differs: String,
    #[secure(length(max = 4_096))]
    other: String,
    #[secure(length(max = 4_096), less_than(other))]
    less: String,
    #[secure(length(max = 4_096), greater_than(other))]
    greater: String,
    #[secure(length(max = 8), unique, each(length(max = 4_096)))]
    unique: Vec<String>,
}

#[test]
fn what_holds_between_fields_repeats_neither_of_them() {
    let Some(strings) = naughty() else { return };
    for pair in strings.windows(2) {
        let [one, two] = pair else { continue };
        let mut related = Related {
            first: Some(one.clone()),
            second: Some(two.clone()),
            third: Some(one.clone()),
            fourth: Some(two.clone()),
            equal: one.clone(),
            differs: two.clone(),
            other: two.clone(),
            less: two.clone(),
            greater: two.clone(),
            unique: vec![one.clone(), two.clone(), one.clone()],
        };
        let report = examine(&mut related);
        let expected = ["excluded_with", "differs_from", "less_than", "greater_than", "unique", "exactly_one_of"];
        let found = codes(&report);
        assert!(expected.iter().all(|code| found.contains(code)), "{one:?}, {two:?}: {found:?}");
        assert_eq!(found.contains(&"equal_to"), one != two, "{one:?}, {two:?}: {found:?}");
        let said = json_of(&report) + &report.to_string();
        for text in [one, two] {
            assert!(is_part_of_our_own_words(text, "") || !said.contains(text.as_str()), "{text:?} in {said}");
        }
    }
}

/// The benign texts of `libinjection`, as they were before they were encoded for a query.
fn benign() -> Option<Vec<String>> {
    let lines = corpora::text("libinjection/false_positives.txt")?;
    let texts: Vec<String> =
        lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(decoded).collect();
    assert!(400 < texts.len(), "the list is whole");
    Some(texts)
}

fn decoded(line: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match (first, code.and_then(|code| u8::from_str_radix(code, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = behind;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A rule for texts that people write, and what it forbids.
struct Free {
    written: &'static str,
    forbids: fn(&str) -> bool,
    why: &'static str,
}

const FREE: &[Free] = &[
    Free { written: "length(min = 1)", forbids: str::is_empty, why: "an empty text has no length" },
    Free { written: "sensitive", forbids: |_| false, why: "it forbids nothing" },
    Free { written: "ascii", forbids: |text| !text.is_ascii(), why: "another script is not ASCII" },
    Free {
        written: "ascii(only = \"printable\")",
        forbids: |text| text.contains(|letter| !matches!(letter, ' '..='~')),
        why: "a line end is ASCII, and is not printed",
    },
    Free {
        written: "excludes(\"://\")",
        forbids: |text| text.contains("://"),
        why: "an address of the web is what it keeps out",
    },
    Free {
        written: "no_control",
        forbids: |text| text.contains(char::is_control),
        why: "a line end is a control character",
    },
    Free {
        written: "no_control(allow = \"lines\")",
        forbids: |text| text.contains(|letter: char| letter.is_control() && !matches!(letter, '\r' | '\n')),
        why: "a tab is neither a line feed nor a carriage return",
    },
    Free { written: "no_bidi", forbids: |_| false, why: "nobody wrote marks of direction" },
    Free {
        written: "header_value",
        forbids: |text| {
            text.trim_matches([' ', '\t']) != text || text.contains(|letter: char| !matches!(letter, ' '..='~' | '\t'))
        },
        why: "a field value has neither line ends nor white space around it",
    },
    Free {
        written: "not_one_of([\"null\", \"NULL\", \"undefined\"])",
        forbids: |_| false,
        why: "nobody wrote these alone",
    },
    Free { written: "single_script", forbids: |_| false, why: "all are Latin, or of no script" },
];

#[test]
fn benign_texts_pass_unless_their_characters_are_what_a_rule_forbids() {
    let Some(texts) = benign() else { return };
    for free in FREE {
        let row =
            TEXTS.iter().find(|row| is_written(row, free.written)).unwrap_or_else(|| panic!("no row {}", free.written));
        for text in &texts {
            let (clean, report) = row.examine(text);
            assert_eq!(clean, *text, "{}", free.written);
            assert_eq!(report.is_empty(), !(free.forbids)(text), "{}: {text:?} ({})", free.written, free.why);
        }
    }
}

fn is_written(row: &Row, written: &str) -> bool {
    let bare = |text: &str| text.replace([' ', '\n'], "");
    bare(row.written) == bare(written)
}

/// Cleaning steps for such texts, and what they change.
const CLEANERS: &[Free] = &[
    Free { written: "trim", forbids: |text| text.trim() != text, why: "white space at the ends" },
    Free {
        written: "collapse_whitespace",
        forbids: |text| text.split_whitespace().collect::<Vec<_>>().join(" ") != *text,
        why: "runs of white space",
    },
    Free { written: "strip_control", forbids: |text| text.contains(char::is_control), why: "line ends and tabs" },
    Free { written: "nfc", forbids: |_| false, why: "all are composed" },
    Free { written: "truncate(max = 16)", forbids: |text| 16 < text.chars().count(), why: "longer texts" },
    Free {
        written: "escape_html",
        forbids: |text| without_references(text).contains(['&', '<', '>', '"', '\'']),
        why: "what HTML reads, but not what is a reference already",
    },
];

fn without_references(text: &str) -> String {
    ["&#39;", "&quot;", "&amp;"].iter().fold(text.to_owned(), |text, reference| text.replace(reference, ""))
}

#[test]
fn cleaning_changes_in_benign_texts_what_it_says() {
    let Some(texts) = benign() else { return };
    for cleaner in CLEANERS {
        let row = TEXTS
            .iter()
            .find(|row| is_written(row, cleaner.written))
            .unwrap_or_else(|| panic!("no row {}", cleaner.written));
        for text in &texts {
            let (clean, _) = row.examine(text);
            assert_eq!(clean != *text, (cleaner.forbids)(text), "{}: {text:?} ({})", cleaner.written, cleaner.why);
        }
    }
}
