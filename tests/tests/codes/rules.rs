//! One value that each rule refuses.

use palisade::{prelude::*, value::from_json};
use serde::Deserialize;
use serde_json::json;

use crate::Row;

/// Types of one field: the rule, what bounds the field or stands behind, its type, and what it refuses.
macro_rules! refused {
    ($([$($rule:tt)+] $(+ [$($more:tt)+])? => $ty:ty: $given:expr;)+) => {
        vec![$({
            #[derive(Debug, Deserialize, Secure)]
            #[serde(deny_unknown_fields)]
            struct Refused {
                #[secure($($rule)+ $(, $($more)+)?)]
                value: $ty,
            }
            let document = json!({ "value": $given }).to_string();
            Row::new(stringify!($($rule)+), &from_json::<Refused>(&document).expect_err(stringify!($($rule)+)))
        }),+]
    };
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = texts();
    rows.extend(addresses());
    rows.extend(identifiers());
    rows.extend(others());
    rows.extend(steps());
    rows
}

fn texts() -> Vec<Row> {
    refused! {
        [length(min = 1, max = 64)] => String: "";
        [length(equal = 2)] => String: "a";
        [length(unit = "bytes", max = 4)] => String: "日本";
        [pattern("[A-Z]{3}-[0-9]{4}")] => String: "boots";
        [one_of(["EUR", "USD"])] => String: "GBP";
        [not_one_of(["admin", "root"])] + [length(max = 64)] => String: "root";
        [ascii] + [length(max = 64)] => String: "é";
        [ascii(only = "printable")] + [length(max = 64)] => String: "\t";
        [alphanumeric] + [length(max = 64)] => String: "a b";
        [alphanumeric(letters = "unicode")] + [length(max = 64)] => String: "a b";
        [prefix("ord_")] + [length(max = 64)] => String: "a";
        [suffix(".pdf")] + [length(max = 64)] => String: "a";
        [contains("@")] + [length(max = 64)] => String: "a";
        [excludes("://")] + [length(max = 64)] => String: "a://b";
        [slug] + [length(max = 64)] => String: "A b";
        [identifier] + [length(max = 64)] => String: "1a";
        [no_control] + [length(max = 64)] => String: "\u{1b}";
        [no_control(allow = "lines")] + [length(max = 64)] => String: "\u{1b}";
        [no_bidi] + [length(max = 64)] => String: "\u{202e}";
        [single_script] + [length(max = 64)] => String: "раypal";
        [single_script(level = "highly_restrictive")] + [length(max = 64)] => String: "раypal";
        [header_value] + [length(max = 64)] => String: "a\r\nb";
        [path_segment] => String: "..";
        [filename] => String: "nul.txt";
        [json(depth = 8)] + [length(max = 64)] => String: "{";
        [base64(min = 1, max = 64)] => String: "Zm9vYg";
        [base64(alphabet = "url", padding = "none", max = 64)] => String: "Zm9vYg==";
        [hex(max = 32)] => String: "abc";
        [semver] + [length(max = 64)] => String: "1.0";
    }
}

fn addresses() -> Vec<Row> {
    refused! {
        [email] => String: "ada";
        [email(profile = "rfc5321")] => String: "ada";
        [hostname] => String: "127.0.0.1";
        [url] => String: "http://example.org/";
        [url(schemes = ["http", "https"], host = "any", ports = [80, 443], max = 512)] => String: "ftp://example.org/";
        [ip] => String: "192.0.2.01";
        [ip(version = 4, range = "public")] => String: "169.254.169.254";
        [cidr] => String: "192.0.2.1/24";
        [port] => u16: 0;
        [mac] => String: "00005e005301";
        [phone] => String: "030 123456";
        [phone(region = "DE")] => String: "112";
    }
}

fn identifiers() -> Vec<Row> {
    refused! {
        [uuid] => String: "a";
        [uuid(version = 4)] => String: "a";
        [uuid(versions = [4, 7])] => uuid::Uuid: "00000000-0000-0000-0000-000000000000";
        [ulid] => String: "a";
        [iban] => String: "GB28NWBK60161331926819";
        [bic] => String: "a";
        [card] => String: "4111";
        [currency] => String: "DEM";
        [country] => String: "UK";
        [country(form = "numeric")] => String: "DE";
        [language] => String: "english";
        [timezone] => String: "Mars/Base";
        [password(min_entropy = 50)] => String: "hunter2";
    }
}

fn others() -> Vec<Row> {
    refused! {
        [range(min = 1, max = 1_000)] => u32: 0;
        [range(above = 0, below = 0.5)] => f64: 1;
        [decimal(digits = 12, scale = 2)] => String: "1e3";
        [decimal(digits = 12, scale = 2, above = 0)] => String: "-1";
        [multiple_of(5)] => u32: 3;
        [length(max = 2)] => Vec<u8>: [1, 2, 3];
        [unique] + [length(max = 4)] => Vec<u8>: [1, 1];
        [past] => jiff::Timestamp: "9000-01-01T00:00:00Z";
        [future] => jiff::Timestamp: "2000-01-01T00:00:00Z";
        [before("2030-01-01T00:00:00Z")] => jiff::Timestamp: "2030-01-01T00:00:00Z";
        [after("2020-01-01")] => jiff::civil::Date: "2020-01-01";
        [within(days = 30)] => jiff::Timestamp: "2000-01-01T00:00:00Z";
        [required] => Option<u8>: null();
    }
}

/// Cleaning steps that may not clean.
fn steps() -> Vec<Row> {
    refused! {
        [trim] + [reject_unclean, length(max = 64)] => String: " a";
        [lowercase] + [reject_unclean, length(max = 64)] => String: "A";
        [uppercase] + [reject_unclean, length(max = 64)] => String: "a";
        [collapse_whitespace] + [reject_unclean, length(max = 64)] => String: "a  b";
        [strip_control(keep = "lines")] + [reject_unclean, length(max = 64)] => String: "\u{1b}";
        [nfc] + [reject_unclean, length(max = 64)] => String: "e\u{301}";
        [nfkc] + [reject_unclean, length(max = 64)] => String: "ﬁ";
        [truncate(max = 4)] + [reject_unclean] => String: "12345";
        [clamp(min = 1, max = 100)] + [reject_unclean] => u8: 101;
        [escape_html] + [reject_unclean, length(max = 64)] => String: "<";
        [html(policy = "basic")] + [reject_unclean, length(max = 64)] => String: "<script>";
        [normalize_email] + [reject_unclean, length(max = 64)] => String: "ada@EXAMPLE.org";
        [normalize_url] + [reject_unclean, length(max = 64)] => String: "HTTPS://EXAMPLE.ORG";
        [precis(profile = "username_case_mapped")] => String: "a b";
    }
}

fn null() -> serde_json::Value {
    serde_json::Value::Null
}
