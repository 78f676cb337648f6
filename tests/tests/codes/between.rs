//! One value that each rule between fields refuses.

use palisade::{prelude::*, value::from_json};
use serde::Deserialize;
use serde_json::json;

use crate::Row;

/// Types of one field beside `kind`, `other` and `least`, which the rule may mention.
macro_rules! refused {
    ($([$($rule:tt)+] $ty:ty, $given:expr;)+) => {
        vec![$({
            #[derive(Debug, Deserialize, Secure)]
            #[serde(deny_unknown_fields)]
            struct Refused {
                kind: bool,
                other: Option<u8>,
                least: u8,
                #[secure($($rule)+)]
                value: $ty,
            }
            let document = json!({ "kind": true, "other": 7, "least": 7, "value": $given }).to_string();
            Row::new(stringify!($($rule)+), &from_json::<Refused>(&document).expect_err(stringify!($($rule)+)))
        }),+]
    };
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(exactly_one_of(card, account), at_least_one_of(mail, phone))]
struct Contact {
    card: Option<u8>,
    account: Option<u8>,
    mail: Option<u8>,
    phone: Option<u8>,
}

pub(crate) fn rows() -> Vec<Row> {
    let absent = serde_json::Value::Null;
    let mut rows = refused! {
        [required_if(kind)] Option<u8>, absent;
        [required_with(other)] Option<u8>, absent;
        [excluded_with(other)] Option<u8>, 1;
        [equal_to(least)] u8, 1;
        [differs_from(least)] u8, 7;
        [less_than(least)] u8, 7;
        [greater_than(least)] u8, 7;
    };
    let whole = |document| from_json::<Contact>(document).expect_err("a rule on the type");
    rows.push(Row::new("exactly_one_of(card, account)", &whole(r#"{"mail":1}"#)));
    rows.push(Row::new("at_least_one_of(mail, phone)", &whole(r#"{"card":1}"#)));
    rows
}
