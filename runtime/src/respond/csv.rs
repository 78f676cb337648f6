//! `Csv<T>`: rows that spreadsheets open (RFC 4180), of which none can be a formula (feature `csv`).

use bytes::Bytes;
use csv::{Terminator, WriterBuilder};
use http::StatusCode;
use schemars::json_schema;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{Answer, Body, Recipient, Respond, content, written};
use crate::{
    openapi::Operation,
    policy::{Field, Kind, Seen},
    problem::Problem,
    value::{Output, Value, declared},
};

/// A table (`text/csv` in UTF-8): a line of names, and one for each row, with a column for each property of `T` that is not
/// `never` shown.
///
/// A text that a spreadsheet would take for a formula is written with a `'` in front of it, and so is what stands behind a
/// semicolon, tab or line break in a text, where some spreadsheets begin a cell; numbers stay numbers. A property
/// that a row does not show is an empty cell.
///
/// ```
/// use palisade::{prelude::*, respond::{Csv, Recipient, Respond}};
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Sale {
///     #[secure(length(max = 64))]
///     customer: String,
///     cents: i64,
/// }
///
/// let sales = Csv(vec![Sale { customer: "=HYPERLINK(\"https://evil.example\")".into(), cents: -5 }]);
/// let answer = sales.respond(&Recipient::anybody());
/// let lines = "customer,cents\r\n\"'=HYPERLINK(\"\"https://evil.example\"\")\",-5\r\n";
/// assert_eq!(answer.body().whole().unwrap(), lines);
/// ```
///
/// Lists and objects have no place in a cell:
///
/// ```compile_fail
/// # use palisade::{prelude::*, respond::Csv};
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Sale { #[secure(length(max = 3), each(length(max = 8)))] tags: Vec<String> }
///
/// #[secure(get = "/sales.csv", auth = "oauth2", rate = "6/min per caller")]
/// async fn sales() -> Csv<Sale> { Csv(Vec::new()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csv<T>(pub Vec<T>);

const CSV: &str = "text/csv; charset=utf-8; header=present";

impl<T: Output + Serialize> Respond for Csv<T> {
    const DECLARED: () = {
        declared(T::FIELDS);
        assert_flat(T::FIELDS);
    };

    fn respond(self, to: &Recipient<'_>) -> Answer {
        match table(&self.0, to) {
            Some(table) => content::written(CSV, Body::from(table)),
            None => Problem::internal().into_answer(),
        }
    }

    fn document(operation: &mut Operation) {
        let columns: Vec<&str> = columns::<T>().map(Field::name).collect();
        let description = format!("The columns: {}.", columns.join(", "));
        let schema = json_schema!({ "contentMediaType": "text/csv", "description": description });
        operation.demanding::<T>();
        operation.answer_of(StatusCode::OK, CSV, schema);
    }
}

/// Proves in const evaluation that each property fits into a cell.
#[track_caller]
const fn assert_flat(fields: &'static [Field]) {
    assert!(!fields.is_empty(), "`Csv<T>`: a row is a struct with named fields");
    let mut at = 0;
    while at < fields.len() {
        assert!(!fields[at].is_flattened(), "`Csv<T>`: write flattened fields out, a row has fixed columns");
        match fields[at].kind() {
            Kind::Text | Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Choice | Kind::Formatted(_) => {}
            Kind::List(_) | Kind::Array(..) | Kind::Map(..) | Kind::Object | Kind::Opaque => {
                panic!("`Csv<T>`: a cell holds one text, number or truth value, no list and no object")
            }
        }
        at += 1;
    }
}

/// A column for each property that somebody sees.
fn columns<T: Value>() -> impl Iterator<Item = &'static Field> {
    let is_seen = |field: &&Field| !field.restriction().is_some_and(|property| matches!(property.seen(), Seen::Never));
    T::FIELDS.iter().filter(is_seen)
}

/// The whole table; nothing when a row cannot be said, or may not leave.
fn table<T: Output + Serialize>(rows: &[T], to: &Recipient<'_>) -> Option<Bytes> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns::<T>().map(|field| guarded(field.name().to_owned()))).ok()?;
    for row in rows {
        // A row is what its JSON is, so that it shows what that would show.
        let json = written(row, to).ok()?;
        let Members(mut members) = serde_json::from_slice(&json).ok()?;
        for field in columns::<T>() {
            let found = members.iter().position(|(name, _)| name == field.name());
            let cell = found.map(|at| members.swap_remove(at).1);
            writer.write_field(cell.map_or(Some(String::new()), |json| cell_of(json.get()))?).ok()?;
        }
        // What has no column would be lost unseen.
        if !members.is_empty() {
            return None;
        }
        writer.write_record(None::<&[u8]>).ok()?;
    }
    writer.into_inner().ok().map(Bytes::from)
}

/// The members of a JSON object, in whatever order.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// What a JSON value is in a cell; nothing for a list or an object.
fn cell_of(json: &str) -> Option<String> {
    match json.as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok().map(guarded),
        b'n' => Some(String::new()),
        b'{' | b'[' => None,
        _ => Some(json.to_owned()),
    }
}

/// The text, with a `'` in front when a spreadsheet would calculate it, and in front of each part of it that would be a cell
/// for a spreadsheet that goes by the semicolon or the tab: to that one, the quotes around a later cell are no quotes.
fn guarded(text: String) -> String {
    let ends = [';', '\t', '\r', '\n'];
    if !is_formula(&text) && !text.split(ends).any(is_formula) {
        return text;
    }
    let mut guarded = String::with_capacity(text.len() + 8);
    if text.starts_with(ends) && is_formula(&text) {
        guarded.push('\'');
    }
    for part in text.split_inclusive(ends) {
        if is_formula(part.trim_end_matches(ends)) {
            guarded.push('\'');
        }
        guarded.push_str(part);
    }
    guarded
}

/// What OWASP lists under CSV injection, also behind white space, which some programs trim, and in full width.
fn is_formula(text: &str) -> bool {
    if is_negative(text) {
        return false;
    }
    let begins = text.starts_with(['\t', '\r', '\n']);
    begins || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A decimal number that is written as a text calculates to itself.
fn is_negative(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = text.strip_prefix('-') else { return false };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Secure;

    #[derive(Serialize, Secure)]
    #[secure(output)]
    #[serde(rename_all = "camelCase")]
    struct Row {
        #[secure(length(max = 64))]
        full_text: String,
        whole: Option<i64>,
        big: u128,
        small: f32,
        yes: bool,
    }

    fn row(text: &str) -> Row {
        Row { full_text: text.to_owned(), whole: Some(-7), big: u128::MAX, small: 0.1, yes: true }
    }

    fn lines(rows: &[Row]) -> String {
        String::from_utf8(table(rows, &Recipient::anybody()).unwrap().into()).unwrap()
    }

    #[test]
    fn texts_are_guarded_and_numbers_stay() {
        let rows = [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("<&>", "<&>"),
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-2+3", "'-2+3"),
            ("-2.50", "-2.50"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "\"'\r'=1\""),
            ("a;=1", "a;'=1"),
            ("a\t@b;-2;-c", "a\t'@b;-2;'-c"),
            ("a\n+1", "\"a\n'+1\""),
            ("a; b", "a; b"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("1-2", "1-2"),
            ("", ""),
        ];
        for (text, expected) in rows {
            let expected = format!("fullText,whole,big,small,yes\r\n{expected},-7,{},0.1,true\r\n", u128::MAX);
            assert_eq!(lines(&[row(text)]), expected, "{text:?}");
        }
        assert_eq!(lines(&[]), "fullText,whole,big,small,yes\r\n");
        assert_eq!(lines(&[Row { whole: None, ..row("a") }]).lines().nth(1).unwrap().split(',').nth(1), Some(""));
    }

    #[test]
    fn what_nobody_sees_has_no_column() {
        #[derive(Serialize, Secure)]
        #[secure(output)]
        struct Account {
            id: u8,
            #[secure(never, length(max = 64))]
            password_hash: String,
            #[secure(visible(fresh(crate::policy::minutes(5))))]
            balance: i64,
        }
        let account = Account { id: 1, password_hash: "$argon2id$".to_owned(), balance: 5 };
        assert_eq!(table(&[account], &Recipient::anybody()).unwrap(), "id,balance\r\n1,\r\n");

        #[crate::secure(get = "/accounts", public = "a test", rate = "1/s per ip")]
        async fn accounts() -> Csv<Account> {
            Csv(Vec::new())
        }
        #[crate::secure(title = "Bank", version = "1.0.0", endpoints(accounts))]
        struct Bank;
        let document = <Bank as crate::Api>::openapi(&crate::openapi::Deployment::at("https://bank.example"));
        assert!(document.to_json().contains("The columns: id, balance."));
    }

    proptest! {
        #[test]
        fn every_row_is_read_back_and_calculates_nothing(texts in prop::collection::vec("[-=+@\t\r\n \",;a1.]{0,8}", 0..4)) {
            let rows: Vec<Row> = texts.iter().map(|text| row(text)).collect();
            let found = lines(&rows);
            let mut reader = csv::Reader::from_reader(found.as_bytes());
            let cells: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
            prop_assert_eq!(cells.len(), texts.len());
            for (cell, text) in cells.iter().zip(&texts) {
                prop_assert_eq!(&cell.replace('\'', ""), text);
                prop_assert!(!cell.starts_with(['\t', '\r']), "{:?}", cell);
                for part in cell.split([';', '\t', '\r', '\n']) {
                    let starts = part.starts_with(['=', '+', '-', '@']);
                    prop_assert!(!starts || part.parse::<f64>().is_ok(), "{:?}", cell);
                }
            }
        }
    }
}
