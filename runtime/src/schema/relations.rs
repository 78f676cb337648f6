//! What rules between the fields of an object are in JSON Schema.
//!
//! A field is there when it is not absent and not `null`: an `Option` reads both as nothing.

use std::any::TypeId;

use serde_json::{Map, Value, json};

use super::keywords::{self, Measured, append, push};
use crate::policy::{Facet, Field, Relation, Rules};

/// Adds what the rules on a field say about the others.
pub(super) fn of_field(members: &mut Map<String, Value>, field: &Field, group: Option<TypeId>) {
    for facet in field.rules().facets(group) {
        let Facet::Between(relation) = facet else { continue };
        match relation {
            Relation::Required => require(members, field.name()),
            Relation::RequiredWith(others) => {
                let arm = json!({ "if": { "anyOf": all(others) }, "then": present(field.name()) });
                push(members, "allOf", arm);
            }
            Relation::ExcludedWith(others) => {
                let arm = json!({ "if": { "anyOf": all(others) }, "then": { "not": present(field.name()) } });
                push(members, "allOf", arm);
            }
            // The same, wherever it is written.
            Relation::ExactlyOneOf(fields) => exactly_one(members, fields),
            Relation::AtLeastOneOf(fields) => at_least_one(members, fields),
        }
    }
}

/// Adds what the rules on the object itself say.
pub(super) fn between(members: &mut Map<String, Value>, own: &Rules, group: Option<TypeId>) {
    for facet in own.facets(group) {
        match facet {
            Facet::Between(Relation::ExactlyOneOf(fields)) => exactly_one(members, fields),
            Facet::Between(Relation::AtLeastOneOf(fields)) => at_least_one(members, fields),
            facet => keywords::add(members, Measured::Map, facet),
        }
    }
    if let (None, Some(function)) = (group, own.function()) {
        append(members, "x-palisade-rule", function);
    }
}

fn exactly_one(members: &mut Map<String, Value>, fields: &[&str]) {
    push(members, "allOf", json!({ "oneOf": all(fields) }));
}

fn at_least_one(members: &mut Map<String, Value>, fields: &[&str]) {
    push(members, "allOf", json!({ "anyOf": all(fields) }));
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
