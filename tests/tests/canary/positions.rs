//! A type with everything that may hold a value, and one where all of it is confidential.

use std::collections::{BTreeMap, HashMap, VecDeque};

use palisade::{
    prelude::*,
    value::{Findings, Invariant, On},
};
use serde::Deserialize;

/// What a text is compared with: no client says this.
pub(crate) static TAKEN: Invariant = Invariant::new("taken", "must not be taken");

pub(crate) struct Create;

/// A function of the user's, on one value.
fn is_free(text: &String) -> Result<(), &'static Invariant> {
    if text == "free" { Ok(()) } else { Err(&TAKEN) }
}

/// The same type twice: as it is, and with a rule more on each field.
macro_rules! everything {
    (
        $everything:ident, $nested:ident, $tuple:ident, $word:ident, $external:ident, $internal:ident, $adjacent:ident,
        $untagged:ident, $draft:ident $(, $confidential:ident)?
    ) => {
        #[derive(Debug, Deserialize, Secure)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[secure(exactly_one_of(card, voucher), at_least_one_of(card, voucher), check = $everything::is_well)]
        pub(crate) struct $everything {
            #[secure($($confidential,)? pattern("[a-z]{1,6}"))]
            pattern: String,
            #[secure($($confidential,)? trim, length(min = 1, max = 7))]
            optional: Option<String>,
            #[secure($($confidential,)? one_of(["one", "two"]))]
            one_of: Box<str>,
            #[secure($($confidential,)? range(min = 1, max = 31_337))]
            whole: u32,
            #[secure($($confidential,)? range(min = 0.5, max = 31_337), multiple_of(0.5))]
            fraction: f64,
            $(#[secure($confidential)])?
            flag: bool,
            $(#[secure($confidential)])?
            letter: char,
            $(#[secure($confidential)])?
            id: uuid::Uuid,
            $(#[secure($confidential)])?
            address: std::net::IpAddr,
            #[secure($($confidential,)? past)]
            day: jiff::civil::Date,
            #[secure($($confidential,)? after("2020-01-01T00:00:00Z"))]
            stamp: jiff::Timestamp,
            #[secure($($confidential,)? length(min = 1, max = 3), unique, each($($confidential,)? pattern("[a-z]{1,6}"), differs_from(pattern)))]
            list: Vec<String>,
            #[secure($($confidential,)? length(max = 3), each(length(max = 3), each($($confidential,)? length(max = 4))))]
            matrix: VecDeque<Vec<String>>,
            #[secure($($confidential,)? each($($confidential,)? length(max = 4)))]
            array: [String; 2],
            #[secure($($confidential,)? length(max = 3), keys(length(max = 3)), values($($confidential,)? pattern("[a-z]{1,6}")))]
            map: HashMap<String, String>,
            #[secure($($confidential,)? length(max = 3), keys(length(max = 3)))]
            nested_map: BTreeMap<String, $nested>,
            $(#[secure($confidential)])?
            nested: $nested,
            $(#[secure($confidential)])?
            tuple: $tuple,
            $(#[secure($confidential)])?
            word: $word,
            $(#[secure($confidential)])?
            external: $external,
            $(#[secure($confidential)])?
            internal: $internal,
            $(#[secure($confidential)])?
            adjacent: $adjacent,
            $(#[secure($confidential)])?
            untagged: $untagged,
            $(#[secure($confidential)])?
            draft: On<$draft, Create>,
            #[secure($($confidential,)? length(max = 40), equal_to(again))]
            password: String,
            #[secure($($confidential,)? length(max = 40))]
            again: String,
            #[secure($($confidential,)? length(max = 40), required_if(flag))]
            card: Option<String>,
            #[secure($($confidential,)? length(max = 40), excluded_with(card))]
            voucher: Option<String>,
            #[secure($($confidential,)? length(max = 40), required_with(voucher), less_than(most))]
            least: Option<String>,
            #[secure($($confidential,)? length(max = 40), greater_than(least))]
            most: Option<String>,
            #[secure($($confidential,)? length(max = 40), check = is_free)]
            free: String,
        }

        impl $everything {
            fn is_well(&self, findings: &mut Findings<'_>) {
                if self.again != "same" {
                    findings.refuse("again", &TAKEN);
                    findings.refuse_whole(&TAKEN);
                }
            }
        }

        #[derive(Debug, Deserialize, Secure)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $nested {
            #[secure($($confidential,)? pattern("[a-z]{1,6}"))]
            inner: String,
        }

        #[derive(Debug, Deserialize, Secure)]
        pub(crate) struct $tuple(
            #[secure($($confidential,)? range(max = 31_337))] u32,
            #[secure($($confidential,)? pattern("[a-z]{1,6}"))] String,
        );

        /// A newtype with a way in.
        #[derive(Debug, Deserialize, Secure)]
        #[serde(try_from = "String")]
        #[secure(constructor)]
        pub(crate) struct $word(#[secure($($confidential,)? lowercase, pattern("[a-z]{1,6}"))] String);

        #[derive(Debug, Deserialize, Secure)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(crate) enum $external {
            Newtype($nested),
            Fields {
                #[secure($($confidential,)? pattern("[a-z]{1,6}"))]
                text: String,
            },
            Pair(#[secure($($confidential,)? pattern("[a-z]{1,6}"))] String, u8),
            Unit,
        }

        #[derive(Debug, Deserialize, Secure)]
        #[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
        pub(crate) enum $internal {
            Newtype($nested),
            Fields {
                #[secure($($confidential,)? pattern("[a-z]{1,6}"))]
                text: String,
            },
        }

        #[derive(Debug, Deserialize, Secure)]
        #[serde(rename_all = "camelCase", tag = "kind", content = "content", deny_unknown_fields)]
        pub(crate) enum $adjacent {
            Newtype($nested),
            Pair(#[secure($($confidential,)? pattern("[a-z]{1,6}"))] String, u8),
        }

        #[derive(Debug, Deserialize, Secure)]
        #[serde(untagged)]
        pub(crate) enum $untagged {
            Number(u8),
            Text(#[secure($($confidential,)? pattern("[a-z]{1,6}"))] String),
            Nested($nested),
        }

        #[derive(Debug, Deserialize, Secure)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $draft {
            #[secure($($confidential,)? length(max = 40))]
            #[secure(required, pattern("[a-z]{1,6}"), on = Create)]
            title: Option<String>,
        }
    };
}

everything!(Everything, Nested, Tuple, Word, External, Internal, Adjacent, Untagged, Draft);
everything!(
    Confidential,
    ConfidentialNested,
    ConfidentialTuple,
    ConfidentialWord,
    ConfidentialExternal,
    ConfidentialInternal,
    ConfidentialAdjacent,
    ConfidentialUntagged,
    ConfidentialDraft,
    sensitive
);

/// Nothing is wrong with it, and every variant is in one of these.
pub(crate) fn documents() -> Vec<serde_json::Value> {
    let variants = [
        (
            r#"{"newtype":{"inner":"a"}}"#,
            r#"{"kind":"newtype","inner":"a"}"#,
            r#"{"kind":"newtype","content":{"inner":"a"}}"#,
            "1",
        ),
        (
            r#"{"fields":{"text":"a"}}"#,
            r#"{"kind":"fields","text":"a"}"#,
            r#"{"kind":"pair","content":["a",1]}"#,
            r#""a""#,
        ),
        (
            r#"{"pair":["a",1]}"#,
            r#"{"kind":"fields","text":"a"}"#,
            r#"{"kind":"pair","content":["a",1]}"#,
            r#"{"inner":"a"}"#,
        ),
        (r#""unit""#, r#"{"kind":"fields","text":"a"}"#, r#"{"kind":"pair","content":["a",1]}"#, r#""a""#),
    ];
    let of = |(external, internal, adjacent, untagged): (&str, &str, &str, &str)| {
        format!(
            r#"{{"pattern":"a","optional":"a","oneOf":"one","whole":1,"fraction":0.5,"flag":true,"letter":"a",
            "id":"00000000-0000-4000-8000-000000000000","address":"192.0.2.1","day":"2020-01-01",
            "stamp":"2021-01-01T00:00:00Z","list":["b"],"matrix":[["a"]],"array":["a","b"],"map":{{"a":"a"}},
            "nestedMap":{{"a":{{"inner":"a"}}}},"nested":{{"inner":"a"}},"tuple":[1,"a"],"word":"a","external":{external},
            "internal":{internal},"adjacent":{adjacent},"untagged":{untagged},"draft":{{"title":"a"}},"password":"same",
            "again":"same","card":"a","least":"a","most":"b","free":"free"}}"#
        )
    };
    variants.into_iter().map(|parts| serde_json::from_str(&of(parts)).expect("a document")).collect()
}
