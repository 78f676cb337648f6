//! Violations as the `errors` member of a problem, twice: through serde for everybody, and straight into bytes for answers.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Report, Source, Violation, json::Json};
use crate::rules::Parameter;

/// About how long a violation is in JSON.
const TYPICAL_LENGTH: usize = 160;

impl Report {
    /// The same JSON as the list serializes to, written directly. It is harmless inside HTML too.
    ///
    /// ```
    /// use palisade::{rules::standing::Standing, value::{Path, Report, refuse_here}};
    ///
    /// let mut report = Report::new();
    /// refuse_here(&mut report, &Path::root().field("sku"), &Standing::Missing);
    /// assert_eq!(report.to_json(), serde_json::to_vec(&report).unwrap());
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Json::with_capacity(TYPICAL_LENGTH * (1 + self.len()));
        self.write_json(&mut json);
        json.into_bytes()
    }

    pub(crate) fn write_json(&self, json: &mut Json) {
        json.verbatim("[");
        for (at, violation) in self.violations().enumerate() {
            json.verbatim(if at == 0 { "" } else { "," });
            violation.write_json(json);
        }
        json.verbatim("]");
    }
}

impl Violation<'_> {
    // In few pieces: what is constant is copied together, its quotes and commas included.
    fn write_json(&self, json: &mut Json) {
        json.verbatim(match self.source() {
            Source::Body => "{\"in\":\"body\",\"pointer\":\"",
            Source::Query => "{\"in\":\"query\",\"pointer\":\"",
            Source::Path => "{\"in\":\"path\",\"pointer\":\"",
            Source::Header => "{\"in\":\"header\",\"pointer\":\"",
            Source::Cookie => "{\"in\":\"cookie\",\"pointer\":\"",
        });
        self.place().write_json(json);
        json.verbatim("\",\"code\":\"");
        json.escaped(self.code());
        let (mut before, mut detail) = ("\",\"params\":{\"", "\",\"detail\":\"");
        self.parameters(&mut |name, parameter| {
            json.verbatim(before);
            json.escaped(name);
            json.verbatim("\":");
            write_parameter(json, parameter);
            (before, detail) = (",\"", "},\"detail\":\"");
        });
        json.verbatim(detail);
        json.displayed(&self.expectation());
        json.verbatim("\"}");
    }
}

fn write_parameter(json: &mut Json, parameter: Parameter) {
    match parameter {
        Parameter::Integer(number) => match i64::try_from(number) {
            Ok(number) => json.integer(number),
            // Beyond what JSON readers hold exactly, as text.
            Err(_) => {
                json.verbatim("\"");
                json.displayed(&number);
                json.verbatim("\"");
            }
        },
        Parameter::Fraction(number) => json.fraction(number),
        Parameter::Text(text) => json.string(text),
        Parameter::Numbers(numbers) => {
            json.verbatim("[");
            for (at, number) in numbers.iter().enumerate() {
                json.verbatim(if at == 0 { "" } else { "," });
                json.integer((*number).into());
            }
            json.verbatim("]");
        }
        Parameter::Texts(texts) => {
            json.verbatim("[");
            for (at, text) in texts.iter().enumerate() {
                json.verbatim(if at == 0 { "" } else { "," });
                json.string(text);
            }
            json.verbatim("]");
        }
    }
}

/// The list of all violations: in which part of the request, where, the stable code, its arguments, and words.
///
/// ```
/// use palisade::{rules::standing::Standing, value::{Path, Report, refuse_here}};
///
/// let mut report = Report::new();
/// refuse_here(&mut report, &Path::root().field("sku"), &Standing::Missing);
/// assert_eq!(
///     serde_json::to_string(&report).unwrap(),
///     r#"[{"in":"body","pointer":"/sku","code":"missing","detail":"is required"}]"#,
/// );
/// ```
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.violations())
    }
}

impl Serialize for Violation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("in", self.source().name())?;
        map.serialize_entry("pointer", &Displayed(self.place()))?;
        map.serialize_entry("code", self.code())?;
        let mut any = false;
        self.parameters(&mut |_, _| any = true);
        if any {
            map.serialize_entry("params", &Parameters(self))?;
        }
        map.serialize_entry("detail", &Displayed(self.expectation()))?;
        map.end()
    }
}

struct Displayed<T>(T);

impl<T: fmt::Display> Serialize for Displayed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

struct Parameters<'a>(&'a Violation<'a>);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut outcome = Ok(());
        self.0.parameters(&mut |name, parameter| {
            if outcome.is_ok() {
                outcome = match parameter {
                    Parameter::Integer(number) => match i64::try_from(number) {
                        Ok(number) => map.serialize_entry(name, &number),
                        // Beyond what JSON readers hold exactly, as text.
                        Err(_) => map.serialize_entry(name, &Displayed(number)),
                    },
                    Parameter::Fraction(number) => map.serialize_entry(name, &number),
                    Parameter::Text(text) => map.serialize_entry(name, text),
                    Parameter::Texts(texts) => map.serialize_entry(name, texts),
                    Parameter::Numbers(numbers) => map.serialize_entry(name, numbers),
                };
            }
        });
        outcome?;
        map.end()
    }
}
