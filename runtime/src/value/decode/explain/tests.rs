//! What is said about the keys of maps, the lengths of arrays, and texts that a type reads itself.

use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    num::NonZero,
    rc::Rc,
};

use super::*;
use crate::{
    prelude::*,
    value::{Value, decode::tree::Tree, examine},
};

#[derive(Secure, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[secure(output)]
#[serde(rename_all = "lowercase")]
enum Size {
    #[expect(dead_code, reason = "it is only read")]
    Small,
    #[serde(rename = "x/l")]
    Large,
}

#[derive(Secure, PartialEq, Eq, PartialOrd, Ord)]
#[secure(output)]
struct Sku(#[secure(pattern("[A-Z]{2}[0-9]"))] String);

#[derive(Secure, PartialEq, Eq, PartialOrd, Ord)]
#[secure(output)]
struct Name(#[secure(length(max = 9), sensitive)] String);

#[derive(Secure)]
#[secure(output)]
struct Stock {
    #[secure(length(max = 3), keys(range(min = 1, max = 9)))]
    shelves: BTreeMap<u32, u8>,
    #[secure(length(max = 3), values(range(max = 5)))]
    sizes: HashMap<Size, u8>,
    #[secure(length(max = 3))]
    skus: BTreeMap<Sku, Option<bool>>,
    #[secure(length(max = 3))]
    names: BTreeMap<Name, u8>,
    #[secure(length(max = 3))]
    flags: Option<Rc<BTreeMap<bool, NonZero<u8>>>>,
    peer: IpAddr,
}

#[derive(Secure, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Secure, serde::Deserialize)]
#[serde(tag = "kind", content = "by", rename_all = "lowercase", deny_unknown_fields)]
enum Movement {
    Turn(u8),
    Stop,
}

/// The places and codes of what is said against a text.
fn of<T: Value>(text: &str) -> Vec<String> {
    let mut report = Report::new();
    explain(&Tree::decode(text).unwrap(), T::shape(), &mut report);
    report.violations().map(|found| format!("{} {}", found.pointer(), found.code())).collect()
}

fn explained(text: &str) -> Vec<(String, &'static str, String)> {
    let mut report = Report::new();
    explain(&Tree::decode(text).unwrap(), Stock::shape(), &mut report);
    report.hide_sensitive(Stock::shape());
    report.violations().map(|found| (found.pointer(), found.code(), found.detail())).collect()
}

#[test]
fn keys_are_held_against_their_types_and_rules() {
    let found = explained(
        r#"{"shelves":{"0":1,"x":2,"07":3,"9":4},"sizes":{"small":9,"x/l":1,"huge":1},"skus":{"AB1":null,"ab1":true},
            "names":{"far too long":1},"flags":{"true":1,"yes":0},"peer":"nowhere"}"#,
    );
    let found: Vec<_> = found.iter().map(|(place, code, detail)| (place.as_str(), *code, detail.as_str())).collect();
    let expected = [
        ("/shelves", "length", "must have a length of at most 3"),
        ("/shelves/0", "range", "must be from 1 to 9"),
        ("/shelves/x", "type", "must be an integer"),
        ("/shelves/07", "type", "must be an integer"),
        ("/sizes/small", "range", "must be at most 5"),
        ("/sizes/huge", "one_of", "must be one of the documented names"),
        ("/skus/ab1", "pattern", "must match `[A-Z]{2}[0-9]`"),
        ("/names/*", "length", "is refused"),
        ("/flags/yes", "type", "must be a boolean"),
        ("/flags/yes", "range", "is beyond what this field can hold"),
        ("/peer", "format", "must be an IP address"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn keys_that_decoded_are_checked_alike() {
    let mut stock = Stock {
        shelves: BTreeMap::from([(0, 1), (9, 1)]),
        sizes: HashMap::from([(Size::Large, 6)]),
        skus: BTreeMap::from([(Sku("ab1".into()), None)]),
        names: BTreeMap::from([(Name("far too long".into()), 1)]),
        flags: None,
        peer: [127, 0, 0, 1].into(),
    };
    let report = examine(&mut stock);
    let found: Vec<_> = report.violations().map(|found| (found.pointer(), found.code())).collect();
    let expected = [("/shelves/0", "range"), ("/sizes/x~1l", "range"), ("/skus/ab1", "pattern")];
    let expected = expected.map(|(place, code)| (place.to_owned(), code));
    assert_eq!(found.get(..3), Some(expected.as_slice()));
    assert_eq!(found.len(), 4);
}

#[test]
fn an_array_of_a_wrong_length_is_explained_at_its_first_wrong_position() {
    for text in ["null", "[1,2]"] {
        assert_eq!(of::<Option<[i8; 2]>>(text), [""; 0]);
    }
    for (text, expected) in [("[]", "/0 missing"), ("[1]", "/1 missing"), ("[1,2,3,4]", "/2 unknown")] {
        assert_eq!(of::<Option<[i8; 2]>>(text), [expected]);
    }
}

#[test]
fn a_member_without_a_name_is_unknown() {
    assert_eq!(of::<Nothing>(r#"{"":1}"#), ["/ unknown"]);
}

#[test]
fn a_tag_or_content_that_is_there_twice_is_a_duplicate() {
    assert_eq!(of::<Movement>(r#"{"kind":"stop","kind":"stop"}"#), ["/kind duplicate"]);
    assert_eq!(of::<Movement>(r#"{"by":1,"kind":"turn","by":1}"#), ["/by duplicate"]);
    assert_eq!(of::<Movement>(r#"{"by":1,"kind":"turn"}"#), [""; 0]);
}
