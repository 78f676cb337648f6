//! Enums in each of serde's taggings: what is wrong with a document is said at its place, the tag first.

use palisade::{
    prelude::*,
    value::{Input, from_json},
};
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Card {
    #[secure(pattern("[0-9]{4}"))]
    last: String,
}

macro_rules! payment {
    ($name:ident, [$($cash:tt)*], $($tagging:tt)*) => {
        #[derive(Deserialize, Secure)]
        #[serde(deny_unknown_fields, rename_all = "snake_case", $($tagging)*)]
        enum $name {
            Card(Card),
            #[serde(alias = "coupon")]
            Voucher {
                #[secure(length(min = 1, max = 3))]
                code: String,
                amount: u8,
            },
            $($cash)*,
        }
    };
}
payment!(External, [Cash],);
payment!(Internal, [Cash {}], tag = "kind");
payment!(Adjacent, [Cash], tag = "kind", content = "value");

#[derive(Deserialize, Secure)]
#[serde(rename_all = "snake_case")]
enum Place {
    At(#[secure(range(max = 90))] u8, #[secure(range(max = 180))] u8),
    Nowhere,
}

fn found<T: Input + DeserializeOwned>(document: &str) -> String {
    match from_json::<T>(document) {
        Ok(_) => String::new(),
        Err(report) => {
            let found = report.violations().map(|violation| format!("{} {}", violation.pointer(), violation.code()));
            found.collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn what_is_wrong_with_an_enum_is_said_at_its_place() {
    type Row = (fn(&str) -> String, &'static str, &'static str);
    let rows: &[Row] = &[
        (found::<External>, r#"{"card":{"last":"4242"}}"#, ""),
        (found::<External>, r#""cash""#, ""),
        (found::<External>, r#"{"coupon":{"code":"A","amount":1}}"#, ""),
        (found::<External>, r#"{"card":{"last":"424"}}"#, "/card/last pattern"),
        (found::<External>, r#"{"card":{"last":4242}}"#, "/card/last type"),
        (found::<External>, r#"{"card":{}}"#, "/card/last missing"),
        (
            found::<External>,
            r#"{"voucher":{"code":"","amount":"1","x":1}}"#,
            "/voucher/code length, /voucher/amount type, /voucher/x unknown",
        ),
        (found::<External>, r#"{"check":1}"#, "/check unknown"),
        (found::<External>, r#"{"card":{"last":"4242"},"cash":null}"#, " type"),
        (found::<External>, r#""check""#, " one_of"),
        (found::<External>, r#""card""#, " type"),
        (found::<External>, "7", " type"),
        (found::<External>, r#"{"cash":1}"#, "/cash type"),
        (found::<Internal>, r#"{"kind":"card","last":"4242"}"#, ""),
        (found::<Internal>, r#"{"kind":"cash"}"#, ""),
        (found::<Internal>, r#"{"kind":"cash","x":1}"#, "/x unknown"),
        (found::<Internal>, r#"{"kind":"card","last":"424"}"#, "/last pattern"),
        (found::<Internal>, r#"{"kind":"card","lst":"4242"}"#, "/last missing, /lst unknown"),
        (found::<Internal>, r#"{"last":"4242"}"#, "/kind missing"),
        (found::<Internal>, r#"{"kind":"check"}"#, "/kind one_of"),
        (found::<Internal>, r#"{"kind":1}"#, "/kind type"),
        (found::<Internal>, r#"{"kind":"voucher","code":"ABCD"}"#, "/code length, /amount missing"),
        (found::<Adjacent>, r#"{"kind":"card","value":{"last":"4242"}}"#, ""),
        (found::<Adjacent>, r#"{"kind":"cash"}"#, ""),
        (found::<Adjacent>, r#"{"kind":"card","value":{"last":1}}"#, "/value/last type"),
        (found::<Adjacent>, r#"{"kind":"card"}"#, "/value missing"),
        (found::<Adjacent>, r#"{"value":1,"x":2}"#, "/kind missing, /x unknown"),
        (found::<Place>, r#"{"at":[1,2]}"#, ""),
        (found::<Place>, r#"{"at":[91,"a"]}"#, "/at/0 range, /at/1 type"),
        (found::<Place>, r#"{"at":[1]}"#, "/at/1 missing"),
        (found::<Place>, r#"{"at":[1,2,3]}"#, "/at/2 unknown"),
        (found::<Place>, r#"{"at":1}"#, "/at type"),
        (found::<Place>, r#""nowhere""#, ""),
    ];
    for (found, document, expected) in rows {
        assert_eq!(found(document), *expected, "{document}");
    }
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Letter {
    letter: char,
    number: u8,
}

#[test]
fn a_character_is_one() {
    assert_eq!(found::<Letter>(r#"{"letter":"a","number":1}"#), "");
    assert_eq!(found::<Letter>(r#"{"letter":"undefined","number":"1"}"#), "/letter type, /number type");
    assert_eq!(found::<Letter>(r#"{"letter":"","number":1}"#), "/letter type");
    assert_eq!(found::<Letter>(r#"{"letter":7,"number":1}"#), "/letter type");
    assert_eq!(found::<Letter>(r#"{"letter":"a","number":18446744073709551616}"#), "/number range");
    assert_eq!(found::<Letter>(r#"{"letter":"a","number":1.5}"#), "/number type");
}
