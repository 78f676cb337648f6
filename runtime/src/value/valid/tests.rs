//! Values by every way in, as users declare them: what passes, what is said, and what is never said.

use serde::{Deserialize, Serialize};

use crate::{
    Secure,
    value::{Report, Valid, check, from_json, from_texts},
};

#[derive(Debug, PartialEq, Serialize, Deserialize, Secure)]
#[serde(try_from = "String")]
#[secure(constructor, input, output)]
struct Sku(#[secure(trim, pattern("[A-Z]{3}-[0-9]{4}"))] String);

#[derive(Debug, PartialEq, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Line {
    #[secure(range(min = 1, max = 9))]
    count: u8,
}

#[derive(Debug, PartialEq, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Order {
    sku: Sku,
    line: Valid<Line>,
    #[secure(sensitive, length(max = 4))]
    pin: String,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
enum Payment {
    Card {
        #[secure(length(max = 4))]
        digits: String,
    },
    Cash,
}

fn said<T>(result: Result<T, Report>) -> String {
    result.err().map(|report| report.to_string()).unwrap_or_default()
}

#[test]
fn what_goes_through_a_constructor_is_clean_and_sound() {
    assert_eq!(Sku::try_from(" ABC-0001 ".to_owned()).unwrap().0, "ABC-0001");
    assert_eq!(serde_json::from_str::<Sku>("\" ABC-0001 \"").unwrap().0, "ABC-0001");
    let error = serde_json::from_str::<Sku>("\"secret\"").unwrap_err().to_string();
    assert!(error.starts_with("must match `[A-Z]{3}-[0-9]{4}` (pattern)") && !error.contains("secret"), "{error}");
}

#[test]
fn proofs_inside_a_refused_document_are_explained_with_everything_else() {
    let order = from_json::<Order>(r#"{"sku":" ABC-0001 ","line":{"count":9},"pin":"1234"}"#).unwrap();
    assert_eq!((order.sku.0.as_str(), order.line.count), ("ABC-0001", 9));
    assert_eq!(
        said(from_json::<Order>(r#"{"sku":"boots","line":{"count":10},"pin":"12345"}"#)),
        "/sku must match `[A-Z]{3}-[0-9]{4}` (pattern); /line/count must be from 1 to 9 (range); /pin is refused (length)"
    );
    assert_eq!(
        said(from_json::<Order>(r#"{"sku":1,"line":{},"pin":"1","x":0}"#)),
        "/sku must be a string (type); /line/count is required (missing); /x is not known here (unknown)"
    );
}

#[test]
fn a_document_that_is_none_or_too_long_is_one_violation() {
    assert_eq!(said(from_json::<Line>("{")), "is not a JSON document in UTF-8 (malformed)");
    assert_eq!(said(from_json::<Line>(b"\"\xff\"")), "is not a JSON document in UTF-8 (malformed)");
    assert_eq!(said(from_json::<Line>(r#"{"count":1} {}"#)), "is not a JSON document in UTF-8 (malformed)");
    let long = format!("{{\"count\":1{}}}", " ".repeat(4_096));
    assert_eq!(said(from_json::<Line>(&long)), "is longer than what is accepted can be (too_large)");
    assert_eq!(said(from_json::<Line>(r#"{"count":1,"count":2}"#)), "/count must be there once (duplicate)");
}

#[test]
fn no_way_in_repeats_a_value() {
    let document = r#"{"Card":{"digits":"secret"}}"#;
    assert_eq!(said(from_json::<Payment>(document)), "/Card/digits must have a length of at most 4 (length)");
    assert!(!serde_json::from_str::<Valid<Payment>>(document).unwrap_err().to_string().contains("secret"));
    let report = Valid::new(Payment::Card { digits: "secret".into() }).unwrap_err();
    assert!(!format!("{report} {report:?} {report:#?}").contains("secret"));
    assert!(Valid::new(Payment::Cash).is_ok());
}

#[test]
fn a_check_cleans_nothing_and_hides_what_is_sensitive() {
    assert_eq!(said(check(&Sku(" ABC-0001".into()))), "must match `[A-Z]{3}-[0-9]{4}` (pattern)");
    let order =
        Order { sku: Sku("ABC-0001".into()), line: Valid::new(Line { count: 1 }).unwrap(), pin: "12345".into() };
    assert_eq!(said(check(&order)), "/pin is refused (length)");
}

#[test]
fn texts_are_decoded_as_their_fields_ask() {
    assert_eq!(from_texts::<Line>([("count", "3")]).unwrap().count, 3);
    assert_eq!(said(from_texts::<Line>([("count", "+3")])), "/count must be an integer (type)");
    assert_eq!(said(from_texts::<Line>([("count", "3"), ("count", "4")])), "/count must be there once (duplicate)");
    assert_eq!(
        said(from_texts::<Line>([("a\u{1b}[1m".to_owned(), String::new())])),
        r"/count is required (missing); /a\u{1b}[1m is not known here (unknown)"
    );
}

#[test]
fn a_proof_and_a_constructor_have_the_schema_of_what_they_prove() {
    let order = crate::schema::input::<Order>().to_value();
    for sku in [
        crate::schema::input::<Sku>().to_value(),
        crate::schema::output::<Sku>().to_value(),
        order["$defs"]["Sku"].clone(),
    ] {
        assert_eq!(
            (sku["type"].as_str(), sku["pattern"].as_str()),
            (Some("string"), Some("^(?:[A-Z]{3}-[0-9]{4})$")),
            "{sku}"
        );
    }
    assert_eq!(order["properties"]["line"]["$ref"], "#/$defs/Line");
    assert_eq!(crate::schema::input::<Valid<Line>>().to_value()["properties"]["count"]["maximum"], 9);
}
