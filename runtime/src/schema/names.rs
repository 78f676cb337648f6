//! The schema of a map's keys: the texts that the type of the key reads and its rules let through.
//!
//! A key is a text on the wire, whatever it stands for, so bounds on a number become a pattern of its numerals.

use serde_json::{Map, Value, json};

use super::{
    keywords::{self, Measured},
    numerals::numerals,
};
use crate::policy::{Bound, Facet, Kind, Rules, Shape};

/// What `propertyNames` says of the keys; `None` when any text will do.
pub(super) fn names(shape: Shape, rules: &Rules) -> Option<Value> {
    of(shape, &[rules])
}

fn of(shape: Shape, rules: &[&Rules]) -> Option<Value> {
    match shape {
        Shape::Newtype(inner, own) => {
            let mut both = rules.to_vec();
            both.push(own);
            of(inner(), &both)
        }
        Shape::Nullable(inner) | Shape::Grouped(inner, _) => of(inner(), rules),
        Shape::Scalar(Kind::Integer(lowest, highest)) => Some(whole_numbers(lowest, highest, rules)),
        Shape::Scalar(Kind::Boolean) => Some(texts(json!({ "enum": ["true", "false"] }), rules)),
        Shape::Scalar(Kind::Choice) => Some(texts(json!({ "type": "string", "minLength": 1, "maxLength": 1 }), rules)),
        Shape::Scalar(Kind::Formatted(form)) => Some(texts(json!({ "type": "string", "format": form.name() }), rules)),
        Shape::Choice(names) => Some(texts(json!({ "enum": names }), rules)),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => {
            let says_something = rules.iter().any(|rules| rules.facets(None).next().is_some());
            says_something.then(|| texts(json!({ "type": "string" }), rules))
        }
    }
}

/// A schema of texts with the facets of all rules.
fn texts(schema: Value, rules: &[&Rules]) -> Value {
    let mut members = match schema {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for facet in rules.iter().rev().flat_map(|rules| rules.facets(None)) {
        keywords::add(&mut members, Measured::Text, facet);
    }
    Value::Object(members)
}

fn whole_numbers(lowest: i128, highest: i128, rules: &[&Rules]) -> Value {
    let (mut lowest, mut highest) = (lowest, highest);
    let mut members = Map::new();
    members.insert("type".to_owned(), "string".into());
    for facet in rules.iter().rev().flat_map(|rules| rules.facets(None)) {
        match facet {
            Facet::Minimum(bound) => lowest = lowest.max(above(bound)),
            Facet::Maximum(bound) => highest = highest.min(below(bound)),
            Facet::ExclusiveMinimum(bound) => lowest = lowest.max(below(bound).saturating_add(1)),
            Facet::ExclusiveMaximum(bound) => highest = highest.min(above(bound).saturating_sub(1)),
            // Of a text, nothing says what its number divides by.
            Facet::MultipleOf(_) => keywords::add(&mut members, Measured::Text, Facet::Custom("multiple_of")),
            Facet::MinLength(_)
            | Facet::MaxLength(_)
            | Facet::Pattern(_)
            | Facet::Format(_)
            | Facet::OneOf(_)
            | Facet::NoneOf(_)
            | Facet::Holds(..)
            | Facet::Unit(_)
            | Facet::Unique
            | Facet::Between(_)
            | Facet::Cleaned(..)
            | Facet::Clean(..)
            | Facet::Truncated(_)
            | Facet::Raised(_)
            | Facet::Lowered(_)
            | Facet::RejectUnclean
            | Facet::Sensitive
            | Facet::Custom(_) => keywords::add(&mut members, Measured::Text, facet),
        }
    }
    match numerals(lowest, highest) {
        Some(pattern) => {
            members.insert("pattern".to_owned(), pattern.into());
            Value::Object(members)
        }
        // Refused when the field was compiled, so no schema gets here.
        None => Value::Bool(false),
    }
}

/// The least whole number that is not below.
fn above(bound: Bound) -> i128 {
    match bound {
        Bound::Whole(number) => number,
        Bound::Fraction(number) => number.ceil() as i128,
    }
}

/// The greatest whole number that is not above.
fn below(bound: Bound) -> i128 {
    match bound {
        Bound::Whole(number) => number,
        Bound::Fraction(number) => number.floor() as i128,
    }
}
