//! The schema of a plain object comes from a table, that of any other from a mirror of it: both say the same of one type.

use std::{borrow::Cow, collections::BTreeMap};

use palisade::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A type twice: as it is, and with an attribute that changes nothing, but is for the mirror to read.
macro_rules! twins {
    ($($(#[$attribute:meta])* $name:ident { $($fields:tt)* })+) => {
        mod plain {
            use super::*;
            $(
                #[derive(Serialize, Deserialize, Secure)]
                #[secure(input, output)]
                $(#[$attribute])*
                pub(crate) struct $name { $($fields)* }
            )+
        }
        mod mirrored {
            use super::*;
            $(
                #[derive(Serialize, Deserialize, Secure)]
                #[secure(input, output)]
                $(#[$attribute])*
                #[serde(rename = "Renamed")]
                pub(crate) struct $name { $($fields)* }
            )+
        }
        $(
            #[test]
            #[expect(non_snake_case, reason = "it is the name of the type")]
            fn $name() {
                let input = palisade::schema::input::<plain::$name>().to_value();
                assert_eq!(text(&input), text(&palisade::schema::input::<mirrored::$name>().to_value()));
                let output = palisade::schema::output::<plain::$name>().to_value();
                assert_eq!(text(&output), text(&palisade::schema::output::<mirrored::$name>().to_value()));
                assert_eq!(input["type"], "object");
            }
        )+
    };
}

twins! {
    /// What a thing is.
    ///
    ///   Further on, indented.
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    Everything {
        /// A heading is no title here.
        #[secure(trim, length(min = 1, max = 64))]
        long_title: String,
        /// # A title
        ///
        /// And what it is about.
        #[serde(rename = "code")]
        #[secure(pattern("[A-Z]{3}"), sensitive)]
        sku: Option<String>,
        #[serde(alias = "count")]
        #[secure(range(min = 1, max = 9))]
        quantity: u32,
        #[secure(length(max = 3), each(length(max = 8)))]
        tags: Option<Box<[String]>>,
        /// Said of a reference.
        inner: Inner,
        again: Option<Inner>,
        #[secure(length(max = 2), keys(length(max = 4)), values(range(max = 5)))]
        prices: BTreeMap<String, u64>,
        r#type: bool,
        #[serde(skip)]
        _cache: u8,
    }

    #[doc = "# Only a title"]
    #[secure(ignore_unknown = "the twins of this test share their attributes")]
    Inner {
        /**
         * A block of text,
         * in two lines.
         */
        #[secure(range(min = 0.5, max = 1.5))]
        share: f64,
        point: Option<bool>,
        nothing: (),
    }

    #[serde(deny_unknown_fields)]
    Nothing {}

    #[serde(deny_unknown_fields, rename_all = "SCREAMING-KEBAB-CASE")]
    #[secure(at_least_one_of(first_name, last_name))]
    Related {
        #[secure(length(max = 8))]
        first_name: Option<String>,
        #[secure(length(max = 8), required_with(first_name))]
        last_name: Option<String>,
        next: Option<Box<Related>>,
    }
}

/// Keys in their order.
fn text(schema: &Value) -> String {
    schema.to_string()
}

#[test]
fn what_borrows_is_plain_too() {
    #[derive(Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    struct Borrowed<'a> {
        #[serde(borrow)]
        #[secure(length(max = 4))]
        text: Cow<'a, str>,
    }
    let schema = palisade::schema::input::<Borrowed<'static>>().to_value();
    assert_eq!(schema["title"], "Borrowed");
    assert_eq!(schema["properties"]["text"]["maxLength"], 4);
}
