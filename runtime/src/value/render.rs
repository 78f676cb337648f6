//! Violations as the `errors` member of a problem. Nothing is built in between: what is written goes straight to its place.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Report, Violation};
use crate::rules::Parameter;

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
                };
            }
        });
        outcome?;
        map.end()
    }
}
