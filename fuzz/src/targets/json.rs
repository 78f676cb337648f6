//! JSON documents for types of every shape: what is refused is explained, what is taken needs no explaining.

use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
};

use palisade::{
    __private::explained,
    prelude::*,
    value::{Input, Report, from_json},
};
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Order {
    #[secure(trim, length(min = 1, max = 8))]
    title: String,
    #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
    sku: Option<String>,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(email, sensitive)]
    contact: Option<String>,
    #[secure(length(max = 3), unique, each(lowercase, length(min = 1, max = 4)))]
    #[serde(default)]
    tags: Vec<String>,
    #[secure(length(max = 2), keys(pattern("[a-z]{1,3}")), values(length(max = 3)))]
    #[serde(default)]
    labels: HashMap<String, String>,
    #[serde(rename = "k/i~nd", default)]
    kind: Option<Kind>,
    payment: Option<Payment>,
    mark: Option<Mark>,
    movement: Option<Movement>,
    point: Option<Point>,
    tree: Option<Box<Tree>>,
    numbers: Option<Numbers>,
}

#[derive(Deserialize, Secure, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    PlainOrder,
    GiftOrder,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
enum Payment {
    Card {
        #[secure(pattern("[0-9]{4}"), sensitive)]
        last: String,
    },
    Voucher {
        #[secure(length(min = 1, max = 3))]
        code: String,
        amount: u8,
    },
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Mark {
    At(#[secure(range(max = 90))] u8, #[secure(range(below = 180))] u8),
    Named {
        #[secure(length(max = 3))]
        name: String,
    },
    One(#[secure(range(above = 3))] u8),
    Here,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", tag = "kind", content = "by", deny_unknown_fields)]
enum Movement {
    Shift(#[secure(range(max = 9))] u8, #[secure(length(max = 2))] String),
    Turn(#[secure(range(below = 360))] u16),
    Leap {
        #[secure(range(above = 1, max = 9))]
        far: u8,
    },
    Stop,
}

#[derive(Deserialize, Secure)]
struct Point(#[secure(range(above = -0.5, max = 90))] f64, #[secure(length(min = 1, max = 3))] String, Option<bool>);

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Tree {
    #[secure(length(min = 1, max = 3))]
    name: String,
    #[serde(default)]
    #[secure(length(max = 2))]
    children: Vec<Tree>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Numbers {
    byte: Option<u8>,
    signed: Option<i64>,
    unsigned: Option<u64>,
    #[secure(multiple_of(0.5))]
    half: Option<f64>,
    #[secure(range(min = 0, max = 1))]
    share: Option<f64>,
    flag: Option<bool>,
    pair: Option<[i8; 2]>,
    id: Option<uuid::Uuid>,
    address: Option<IpAddr>,
    #[secure(length(max = 2))]
    by_number: Option<BTreeMap<u32, bool>>,
    #[secure(length(max = 2))]
    by_kind: Option<BTreeMap<Kind, u8>>,
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    examine::<Order>(input);
    examine::<Payment>(input);
    examine::<Mark>(input);
    examine::<Movement>(input);
    examine::<Point>(input);
    examine::<Tree>(input);
    examine::<Numbers>(input);
}

fn examine<T: Input + DeserializeOwned>(document: &[u8]) {
    let outcome = from_json::<T>(document);
    let explanation = std::str::from_utf8(document).ok().and_then(explained::<T>);
    match (outcome, explanation) {
        (Ok(_), Some(explanation)) => {
            assert!(explanation.is_empty(), "taken, and explained as {explanation:?}: {}", Shown(document));
        }
        // Explained up to a number of members only.
        (Ok(_), None) => {}
        (Err(report), explanation) => {
            assert!(!report.is_empty(), "refused for nothing: {}", Shown(document));
            sound(&report, document);
            let codes: Vec<_> = report.violations().map(|found| found.code()).collect();
            if codes == ["malformed"] || codes == ["too_large"] {
                return;
            }
            let Some(explanation) = explanation else { return };
            assert!(!explanation.is_empty(), "refused as {codes:?} without explanation: {}", Shown(document));
            sound(&explanation, document);
        }
    }
}

/// A report is bounded, and valid JSON.
pub(super) fn sound(report: &Report, document: &[u8]) {
    assert!(report.len() <= Report::CAPACITY);
    let written = serde_json::to_string(report).expect("a report is written");
    let read: serde_json::Value = serde_json::from_str(&written).expect("a report is JSON");
    assert_eq!(read.as_array().map(Vec::len), Some(report.len()));
    assert!(written.len() <= 64 << 10, "a report of {} bytes: {}", written.len(), Shown(document));
    for found in report.violations() {
        let pointer = found.pointer();
        assert!(pointer.is_empty() || pointer.starts_with('/'), "{pointer:?} is no pointer: {}", Shown(document));
    }
}

struct Shown<'a>(&'a [u8]);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.0))
    }
}
