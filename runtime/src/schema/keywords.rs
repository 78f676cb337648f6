//! What one facet is in JSON Schema.

use serde_json::{Map, Value, json};

use super::integers;
use crate::{
    policy::{Bound, Facet, Kind, Position, Shape},
    rules::pattern::{ecma, literal},
};

/// What a length counts in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    /// Code points.
    Text,
    /// Items.
    List,
    /// Entries.
    Map,
    /// It cannot be told. A keyword for another type holds for every value, so all of them together are exact.
    Unknown,
}

impl Measured {
    /// By the `type` of a schema, else by the shape of the value.
    pub(super) fn of(members: &Map<String, Value>, shape: Shape) -> Self {
        let said = match members.get("type") {
            Some(Value::String(ty)) => Self::named(ty),
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).find_map(Self::named),
            Some(_) | None => None,
        };
        said.unwrap_or(match shape {
            Shape::Scalar(Kind::Text) | Shape::Choice(_) => Self::Text,
            Shape::List(_) | Shape::Array(..) | Shape::Tuple(_) => Self::List,
            Shape::Map(..) | Shape::Object { .. } => Self::Map,
            Shape::Scalar(_)
            | Shape::Nullable(_)
            | Shape::Newtype(..)
            | Shape::Grouped(..)
            | Shape::Variants(_)
            | Shape::Described(_)
            | Shape::File(_)
            | Shape::Opaque => Self::Unknown,
        })
    }

    fn named(ty: &str) -> Option<Self> {
        match ty {
            "string" => Some(Self::Text),
            "array" => Some(Self::List),
            "object" => Some(Self::Map),
            _ => None,
        }
    }

    const fn least(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["minLength"],
            Self::List => &["minItems"],
            Self::Map => &["minProperties"],
            Self::Unknown => &["minLength", "minItems", "minProperties"],
        }
    }

    const fn most(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["maxLength"],
            Self::List => &["maxItems"],
            Self::Map => &["maxProperties"],
            Self::Unknown => &["maxLength", "maxItems", "maxProperties"],
        }
    }
}

/// Adds a facet to the members of a schema.
pub(super) fn add(members: &mut Map<String, Value>, measured: Measured, facet: Facet) {
    match facet {
        Facet::MinLength(length) => {
            for keyword in measured.least() {
                tighten(members, keyword, Side::Least, Bound::Whole(length.into()));
            }
        }
        Facet::MaxLength(length) => {
            for keyword in measured.most() {
                tighten(members, keyword, Side::Most, Bound::Whole(length.into()));
            }
        }
        Facet::Minimum(bound) => tighten(members, "minimum", Side::Least, bound),
        Facet::Maximum(bound) => tighten(members, "maximum", Side::Most, bound),
        Facet::ExclusiveMinimum(bound) => tighten(members, "exclusiveMinimum", Side::Least, bound),
        Facet::ExclusiveMaximum(bound) => tighten(members, "exclusiveMaximum", Side::Most, bound),
        Facet::MultipleOf(bound) => both(members, "multipleOf", number(bound)),
        Facet::Pattern(pattern) => {
            both(members, "pattern", ecma(pattern.source).into());
            if measured == Measured::Text {
                // The pattern bounds the text already; said as a number, the bound needs no reading of patterns.
                if let Some(longest) = pattern.longest {
                    tighten(members, "maxLength", Side::Most, Bound::Whole(longest.into()));
                }
                tighten(members, "minLength", Side::Least, Bound::Whole(pattern.shortest.into()));
            }
        }
        Facet::Format(name) => both(members, "format", name.into()),
        Facet::OneOf(choices) => one_of(members, choices),
        Facet::NoneOf(refused) => both(members, "not", json!({ "enum": refused })),
        Facet::Holds(position, part) => holds(members, position, part),
        Facet::Unit(_) => append(members, "x-palisade-rule", "length"),
        Facet::Unique => {
            members.insert("uniqueItems".to_owned(), true.into());
        }
        // Said where the object is, which knows what is there.
        Facet::Between(_) => {}
        Facet::Cleaned(step, _) => append(members, "x-sanitize", step),
        // What the step brings about is no bound of what may be sent; `x-sanitize` names the step.
        Facet::Truncated(_) | Facet::Raised(_) | Facet::Lowered(_) => {}
        // The steps in front say it themselves.
        Facet::RejectUnclean => {}
        Facet::Sensitive => {
            members.insert("x-sensitive-data".to_owned(), true.into());
        }
        Facet::Custom(code) | Facet::Clean(code, _) => append(members, "x-palisade-rule", code),
    }
}

/// Which side of a range a bound closes.
#[derive(Clone, Copy)]
enum Side {
    Least,
    Most,
}

/// Sets a bound, unless a tighter one is there.
fn tighten(members: &mut Map<String, Value>, keyword: &str, side: Side, bound: Bound) {
    let is_tighter = members.get(keyword).and_then(bound_of).is_some_and(|there| match side {
        Side::Least => there.is_above(bound),
        Side::Most => bound.is_above(there),
    });
    if !is_tighter {
        members.insert(keyword.to_owned(), number(bound));
    }
}

fn number(bound: Bound) -> Value {
    match bound {
        Bound::Whole(whole) => Value::Number(integers::number(whole)),
        Bound::Fraction(fraction) => fraction.into(),
    }
}

fn bound_of(value: &Value) -> Option<Bound> {
    let number = value.as_number()?;
    number.as_i128().map(Bound::Whole).or_else(|| number.as_f64().map(Bound::Fraction))
}

/// Sets a keyword. Where it says something else already, both must hold.
fn both(members: &mut Map<String, Value>, keyword: &str, value: Value) {
    match members.get(keyword) {
        None => {
            members.insert(keyword.to_owned(), value);
        }
        Some(there) if *there == value => {}
        Some(_) => push(members, "allOf", json!({ keyword: value })),
    }
}

fn one_of(members: &mut Map<String, Value>, choices: &[&str]) {
    let mut choices: Vec<Value> = choices.iter().map(|choice| Value::from(*choice)).collect();
    let nullable =
        members.get("type").and_then(Value::as_array).is_some_and(|types| types.iter().any(|ty| ty == "null"));
    if nullable {
        choices.push(Value::Null);
    }
    both(members, "enum", choices.into());
}

fn holds(members: &mut Map<String, Value>, position: Position, part: &str) {
    let part = literal(part);
    match position {
        Position::Start => both(members, "pattern", format!("^{part}").into()),
        Position::End => both(members, "pattern", format!("{part}$").into()),
        Position::Anywhere => both(members, "pattern", part.into()),
        // `pattern` has nothing against what is no text, so that without `type` the `not` would refuse `null`.
        Position::Nowhere => both(members, "not", json!({ "type": "string", "pattern": part })),
    }
}

/// Adds a word to a list, once.
pub(super) fn append(members: &mut Map<String, Value>, keyword: &str, word: &str) {
    let there =
        members.get(keyword).and_then(Value::as_array).is_some_and(|words| words.iter().any(|there| there == word));
    if !there {
        push(members, keyword, word.into());
    }
}

pub(super) fn push(members: &mut Map<String, Value>, keyword: &str, value: Value) {
    match members.entry(keyword).or_insert_with(|| json!([])) {
        Value::Array(values) => values.push(value),
        // Not a list, so not ours: what is there wins no argument with a rule.
        other => *other = json!([value]),
    }
}
