//! What rules between the fields of an object are in JSON Schema.
//!
//! A field is there when it is not absent and not `null`: an `Option` reads both as nothing.

use std::any::TypeId;

use serde_json::{Map, Value, json};

use super::keywords::{append, push};
use crate::policy::{Facet, Field, Rules};

/// Adds what the rules on a field say about the others.
pub(super) fn of_field(members: &mut Map<String, Value>, field: &Field, group: Option<TypeId>) {
    for facet in field.rules().facets(group) {
        match facet {
            Facet::Required => require(members, field.name()),
            Facet::RequiredWith(others) => {
                let arm = json!({ "if": { "anyOf": all(others) }, "then": present(field.name()) });
                push(members, "allOf", arm);
            }
            Facet::ExcludedWith(others) => {
                let arm = json!({ "if": { "anyOf": all(others) }, "then": { "not": present(field.name()) } });
                push(members, "allOf", arm);
            }
            // Said by a rule on the object itself.
            Facet::ExactlyOneOf(_) | Facet::AtLeastOneOf(_) => {}
            // Said where the value is.
            Facet::MinLength(_)
            | Facet::MaxLength(_)
            | Facet::Minimum(_)
            | Facet::Maximum(_)
            | Facet::ExclusiveMinimum(_)
            | Facet::ExclusiveMaximum(_)
            | Facet::MultipleOf(_)
            | Facet::Pattern(_)
            | Facet::Format(_)
            | Facet::OneOf(_)
            | Facet::NoneOf(_)
            | Facet::Unique
            | Facet::Cleaned(_)
            | Facet::Sensitive
            | Facet::Custom(_) => {}
        }
    }
}

/// Adds what the rules on the object itself say.
pub(super) fn between(members: &mut Map<String, Value>, own: &Rules, group: Option<TypeId>) {
    for facet in own.facets(group) {
        match facet {
            Facet::ExactlyOneOf(fields) => push(members, "allOf", json!({ "oneOf": all(fields) })),
            Facet::AtLeastOneOf(fields) => push(members, "allOf", json!({ "anyOf": all(fields) })),
            Facet::Custom(code) => append(members, "x-palisade-rule", code),
            // Of a value or a field, and an object is neither.
            Facet::Required
            | Facet::RequiredWith(_)
            | Facet::ExcludedWith(_)
            | Facet::MinLength(_)
            | Facet::MaxLength(_)
            | Facet::Minimum(_)
            | Facet::Maximum(_)
            | Facet::ExclusiveMinimum(_)
            | Facet::ExclusiveMaximum(_)
            | Facet::MultipleOf(_)
            | Facet::Pattern(_)
            | Facet::Format(_)
            | Facet::OneOf(_)
            | Facet::NoneOf(_)
            | Facet::Unique
            | Facet::Cleaned(_)
            | Facet::Sensitive => {}
        }
    }
    if let (None, Some(function)) = (group, own.function()) {
        append(members, "x-palisade-rule", function);
    }
}

/// The field is among the required ones, and not `null`.
fn require(members: &mut Map<String, Value>, name: &str) {
    append(members, "required", name);
    let property = members.get_mut("properties").and_then(|properties| properties.get_mut(name));
    let Some(property) = property.and_then(Value::as_object_mut) else { return };
    match property.get_mut("type") {
        Some(Value::Array(types)) => types.retain(|ty| ty != "null"),
        Some(_) => {}
        None => {
            property.insert("not".to_owned(), json!({ "type": "null" }));
        }
    }
}

fn present(name: &str) -> Value {
    json!({ "required": [name], "properties": { name: { "not": { "type": "null" } } } })
}

fn all(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| present(name)).collect()
}
