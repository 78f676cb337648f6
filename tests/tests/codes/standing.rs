//! What every type demands without a word.

use palisade::{
    input::upload::{File, FileType},
    policy::{FileForm, MediaType},
    prelude::*,
    rules::{Rule, standing::Standing},
    value::{Path as Place, Report, from_json, refuse_here},
};
use serde::Deserialize;

use crate::Row;

#[derive(Debug, Deserialize, Secure)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Person,
    Company,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Payment {
    Cash,
    Card { last: u16 },
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, default)]
struct All {
    #[secure(length(max = 8))]
    text: String,
    whole: u8,
    number: f32,
    flag: bool,
    #[secure(length(max = 8))]
    list: Vec<u8>,
    map: Option<Box<All>>,
    kind: Kind,
    payment: Payment,
    id: uuid::Uuid,
    day: jiff::civil::Date,
    time: jiff::Timestamp,
}

impl Default for All {
    fn default() -> Self {
        Self {
            text: String::new(),
            whole: 0,
            number: 0.0,
            flag: false,
            list: Vec::new(),
            map: None,
            kind: Kind::Person,
            payment: Payment::Cash,
            id: uuid::Uuid::nil(),
            day: jiff::civil::Date::ZERO,
            time: jiff::Timestamp::UNIX_EPOCH,
        }
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Small {
    whole: u8,
}

/// A type whose own code refuses what its rules take.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Picky {
    #[serde(deserialize_with = "nothing")]
    #[secure(unchecked = "a test")]
    whole: u8,
}

fn nothing<'de, D: serde::Deserializer<'de>>(_: D) -> Result<u8, D::Error> {
    Err(serde::de::Error::custom("refused"))
}

struct Picture;

impl FileType for Picture {
    const LONGEST: u64 = 1_024;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PNG];
    type Sink = Vec<u8>;
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Upload {
    file: File<Picture>,
}

static FORM: FileForm = FileForm::new(1_024, &[MediaType::PNG], || Box::new(()));

/// The report of a part that breaks a rule.
fn broken(rule: &'static dyn Rule) -> Report {
    let mut report = Report::new();
    refuse_here(&mut report, &Place::root().field("file"), rule);
    report
}

/// Only the gate knows callers, so what it says is said here.
fn not_writable() -> Report {
    let mut report = Report::new();
    refuse_here(&mut report, &Place::root(), &Standing::NotWritable);
    report
}

pub(crate) fn rows() -> Vec<Row> {
    let all = |document: &str| from_json::<All>(document).expect_err(document);
    let small = |document: &str| from_json::<Small>(document).expect_err(document);
    vec![
        Row::new("a required field is not there", &small("{}")),
        Row::new("a field that the type does not have", &small(r#"{"whole":1,"more":1}"#)),
        Row::new("a field is there twice", &small(r#"{"whole":1,"whole":1}"#)),
        Row::new("no JSON in UTF-8", &small("{")),
        Row::new("longer than any value of the type can be", &small(&" ".repeat(1 << 16))),
        Row::new(
            "what a type's own code refuses, where no single place is to blame",
            &from_json::<Picky>(r#"{"whole":1}"#).expect_err("its code refuses"),
        ),
        Row::new("a number beyond what its type holds", &all(r#"{"whole":256}"#)),
        Row::new("none of the names of an enum", &all(r#"{"kind":"club"}"#)),
        Row::new("no text", &all(r#"{"text":1}"#)),
        Row::new("no whole number", &all(r#"{"whole":1.5}"#)),
        Row::new("no number", &all(r#"{"number":"1"}"#)),
        Row::new("neither `true` nor `false`", &all(r#"{"flag":1}"#)),
        Row::new("no list", &all(r#"{"list":1}"#)),
        Row::new("no object", &all(r#"{"map":1}"#)),
        Row::new("not one variant of an enum with data", &all(r#"{"payment":{}}"#)),
        Row::new("something where a variant has nothing", &all(r#"{"payment":{"cash":1}}"#)),
        Row::new("no date", &all(r#"{"day":"1990-02-30"}"#)),
        Row::new("no time", &all(r#"{"time":"soon"}"#)),
        Row::new("no file", &from_json::<Upload>(r#"{"file":"a"}"#).expect_err("a text is no file")),
        Row::new("a file of another media type", &broken(FORM.media_types())),
        Row::new("a file that is too large", &broken(FORM.size())),
        Row::new("no UUID, in a field of that type", &all(r#"{"id":"a"}"#)),
        Row::new("a property that its `writable(..)` does not let this caller give", &not_writable()),
    ]
}
