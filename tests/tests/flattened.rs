//! Flattened fields: what is wrong with a member is said at its place, whichever type it belongs to.

use std::collections::BTreeMap;

use palisade::{
    prelude::*,
    value::{Input, from_json},
};
use serde::{Deserialize, de::DeserializeOwned};

/// Serde cannot both refuse what is unknown and flatten what flattens again.
#[derive(Deserialize, Secure)]
#[secure(ignore_unknown = "there are other fields")]
struct Order {
    #[secure(pattern("[A-Z]{3}"))]
    sku: String,
    #[serde(flatten)]
    price: Price,
    #[serde(flatten)]
    parcel: Option<Parcel>,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(ignore_unknown = "there are other fields")]
struct Price {
    #[secure(range(min = 1, max = 100))]
    in_cents: u8,
    #[serde(flatten)]
    tax: Tax,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Strict {
    id: u8,
    #[serde(flatten)]
    tax: Tax,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Tax {
    #[serde(alias = "vat")]
    rate: u8,
    #[secure(required)]
    country: Option<Country>,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "lowercase")]
enum Country {
    De,
    Fr,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Parcel {
    #[secure(range(max = 9))]
    weight: u8,
}

#[derive(Deserialize, Secure)]
#[secure(ignore_unknown = "the rest is kept")]
struct Open {
    name: u8,
    #[serde(flatten)]
    #[secure(length(max = 2), keys(length(max = 2)), values(range(max = 9)))]
    rest: BTreeMap<String, u8>,
}

macro_rules! payment {
    ($name:ident, $holder:ident, $($tagging:tt)*) => {
        #[derive(Deserialize, Secure)]
        #[serde(rename_all = "snake_case", $($tagging)*)]
        #[secure(ignore_unknown = "there are other fields")]
        enum $name {
            Card {
                #[secure(pattern("[0-9]{4}"))]
                last: String,
            },
            Cash {},
        }

        #[derive(Deserialize, Secure)]
        #[secure(ignore_unknown = "there are other fields")]
        struct $holder {
            id: u8,
            #[serde(flatten)]
            payment: $name,
        }
    };
}
payment!(External, OfExternal,);
payment!(Internal, OfInternal, tag = "kind");
payment!(Adjacent, OfAdjacent, tag = "kind", content = "value");

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
fn what_is_wrong_with_a_flattened_field_is_said_at_its_place() {
    type Row = (fn(&str) -> String, &'static str, &'static str);
    let rows: &[Row] = &[
        (found::<Order>, r#"{"sku":"ABC","inCents":1,"rate":1,"country":"de"}"#, ""),
        (found::<Order>, r#"{"sku":"ABC","inCents":1,"vat":1,"country":"de","weight":3}"#, ""),
        (found::<Order>, r#"{"sku":"abc","inCents":0,"rate":1,"country":"fr"}"#, "/sku pattern, /inCents range"),
        (found::<Order>, r#"{"sku":"abc","inCents":"1","rate":1,"country":"fr"}"#, "/sku pattern, /inCents type"),
        (found::<Strict>, r#"{"id":1,"vat":1,"country":"de"}"#, ""),
        (
            found::<Strict>,
            r#"{"id":1,"rate":1,"vat":1,"country":"uk","x":1,"y":1}"#,
            "/rate duplicate, /country one_of, /x unknown, /y unknown",
        ),
        (found::<Open>, r#"{"name":1,"a":1,"b":9}"#, ""),
        (found::<Open>, r#"{"name":1,"a":"1","abc":9}"#, "/a type, /abc length"),
        (found::<Open>, r#"{"name":"1","a":10}"#, "/name type, /a range"),
        (found::<OfExternal>, r#"{"id":1,"card":{"last":"4242"},"x":1}"#, ""),
        (found::<OfExternal>, r#"{"id":"1","card":{"last":"424"},"x":1}"#, "/id type, /card/last pattern"),
        (found::<OfExternal>, r#"{"id":1,"card":{}}"#, "/card/last missing"),
        (found::<OfExternal>, r#"{"id":1,"x":1}"#, " type"),
        (found::<OfInternal>, r#"{"id":1,"kind":"card","last":"4242"}"#, ""),
        (found::<OfInternal>, r#"{"id":1,"kind":"card","last":4242}"#, "/last type"),
        (found::<OfInternal>, r#"{"id":1,"last":"4242"}"#, "/kind missing"),
        (found::<OfInternal>, r#"{"kind":"check"}"#, "/id missing, /kind one_of"),
        (found::<OfAdjacent>, r#"{"id":1,"kind":"card","value":{"last":"4242"},"x":1}"#, ""),
        (found::<OfAdjacent>, r#"{"id":1,"kind":"card","value":{"last":[]}}"#, "/value/last type"),
        (found::<OfAdjacent>, r#"{"id":1,"kind":"card"}"#, "/value missing"),
    ];
    for (found, document, expected) in rows {
        assert_eq!(found(document), *expected, "{document}");
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[secure(ignore_unknown = "what is not named here stands in the map")]
enum Filter {
    ByTag {
        #[serde(flatten)]
        #[secure(length(max = 4), keys(length(max = 8)), values(length(max = 8)))]
        tags: BTreeMap<String, String>,
    },
}

#[test]
fn a_name_that_comes_again_in_the_map_of_a_variant_is_refused() {
    let read = |pairs: &[(&'static str, &'static str)]| palisade::value::from_texts::<Filter>(pairs.iter().copied());
    let Filter::ByTag { tags } = read(&[("kind", "by_tag"), ("a", "1"), ("b", "2")]).expect("a filter").into_inner();
    assert_eq!(tags.len(), 2);
    assert!(read(&[("kind", "by_tag"), ("a", "1"), ("a", "2")]).is_err());
}
