//! Folds the facets of rules into the schemas of the values they are on.
//!
//! A schema describes clean values. Cleaning runs before the check, so that a text which `trim` shortens may be sent
//! longer than `maxLength` says: what every client can rely on is that a value within the schema is accepted as it is.
//! The bound of the raw text is the limit of the whole body, which is no property of the field.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::{
    integers,
    keywords::{self, Measured},
    names::names,
};
use crate::{
    policy::{Facet, Field, Kind, Rules, Shape},
    rules::RuleRef,
};

/// The schema of an object whose fields are these.
#[doc(hidden)]
#[must_use]
pub fn with_facets(mut schema: Schema, fields: &'static [Field]) -> Schema {
    fold_fields(&mut schema, fields);
    integers::bound(&mut schema);
    schema
}

/// The schema of a type around another, with rules of its own.
#[doc(hidden)]
#[must_use]
pub fn with_newtype_facets(mut schema: Schema, rules: &'static Rules) -> Schema {
    fold(&mut schema, Shape::Opaque, rules);
    integers::bound(&mut schema);
    schema
}

/// The schema of an enum whose variants have these names and fields.
#[doc(hidden)]
#[must_use]
pub fn with_variant_facets(mut schema: Schema, variants: &[(&'static str, &'static [Field])]) -> Schema {
    for (index, (name, fields)) in variants.iter().enumerate() {
        if let Some(content) = content(&mut schema, name, index, variants.len()) {
            fold_content(content, fields);
        }
    }
    integers::bound(&mut schema);
    schema
}

fn fold_fields(schema: &mut Schema, fields: &[Field]) {
    // The fields of a flattened field were folded by its own type.
    for field in fields.iter().filter(|field| !field.is_flattened()) {
        if let Some(property) = schema.get_mut("properties").and_then(|properties| properties.get_mut(field.name())) {
            fold_value(property, field.shape(), field.rules());
        }
    }
}

/// What is within a variant: an object with its fields, or the one value that it wraps.
fn fold_content(content: &mut Schema, fields: &[Field]) {
    match fields {
        [field] if field.is_flattened() => fold(content, field.shape(), field.rules()),
        fields => fold_fields(content, fields),
    }
}

/// Where the content of a variant is, in each of serde's representations.
fn content<'a>(schema: &'a mut Schema, name: &str, index: usize, count: usize) -> Option<&'a mut Schema> {
    let key = if schema.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
    let arms = schema.get_mut(key)?.as_array_mut()?;
    let untagged = arms.len() == count;
    let found = arms.iter().position(|arm| is_tagged(arm, name)).or_else(|| untagged.then_some(index))?;
    let arm = arms.get_mut(found)?;
    let external =
        arm.get("properties").is_some_and(|properties| properties.get(name).is_some()) && arm_requires(arm, name);
    let adjacent = if external { Some(name.to_owned()) } else { beside_tag(arm, name) };
    let place = match adjacent {
        Some(key) => arm.get_mut("properties")?.get_mut(key)?,
        None => arm,
    };
    place.try_into().ok()
}

/// Whether the arm is for the variant `name`: by its only key, or by a constant.
fn is_tagged(arm: &Value, name: &str) -> bool {
    let Some(properties) = arm.get("properties").and_then(Value::as_object) else { return false };
    let by_key = properties.len() == 1 && properties.contains_key(name) && arm_requires(arm, name);
    by_key || properties.values().any(|property| is_constant(property, name))
}

fn is_constant(schema: &Value, name: &str) -> bool {
    schema.get("const").is_some_and(|constant| constant == name)
}

fn arm_requires(arm: &Value, name: &str) -> bool {
    arm.get("required").and_then(Value::as_array).is_some_and(|required| required.iter().any(|key| key == name))
}

/// The key of the content that stands beside the tag: the one other property, when it is no field of the variant.
fn beside_tag(arm: &Value, name: &str) -> Option<String> {
    let properties = arm.get("properties")?.as_object()?;
    let mut others = properties.iter().filter(|(_, property)| !is_constant(property, name));
    let (key, content) = others.next()?;
    let is_content = content.get("properties").is_some() || content.get("$ref").is_some();
    (properties.len() == 2 && is_content && others.next().is_none()).then(|| key.clone())
}

fn fold_value(value: &mut Value, shape: Shape, rules: &Rules) {
    if let Ok(schema) = <&mut Schema>::try_from(value) {
        fold(schema, shape, rules);
    }
}

fn fold(schema: &mut Schema, shape: Shape, rules: &Rules) {
    match beside_null(schema) {
        Some(arm) => fold_bare(schema.pointer_mut(&arm).and_then(|arm| arm.try_into().ok()), bare(shape), rules),
        None => fold_bare(Some(schema), bare(shape), rules),
    }
}

fn fold_bare(schema: Option<&mut Schema>, shape: Shape, rules: &Rules) {
    let Some(schema) = schema else { return };
    let members = schema.ensure_object();
    let measured = Measured::of(members, shape);
    if let Some(reason) = rules.unchecked_reason() {
        members.insert("x-unchecked-reason".to_owned(), reason.into());
    }
    for facet in rules.facets() {
        keywords::add(members, measured, facet);
    }
    if may_be_a_text(members) {
        // The bounds of a number say nothing of one that is written as a text.
        let bounds = |rule: &&RuleRef| rule.facets().into_iter().any(is_of_numbers);
        for rule in rules.own().iter().filter(bounds) {
            keywords::add(members, measured, Facet::Custom(rule.rule().code()));
        }
    }
    if let Some(rules) = rules.on_items() {
        fold_value(members.entry("items").or_insert_with(|| json!({})), item(shape), rules);
    }
    if let Shape::Map(key, _) = shape {
        name_keys(members, names(key(), rules.on_keys().unwrap_or(&Rules::NONE)));
    }
    if let Some(rules) = rules.on_values() {
        fold_entries(members, item(shape), rules);
    }
    if !equals_as_written(item(shape)) && rules.facets().any(|facet| matches!(facet, Facet::Unique)) {
        // Items that are written differently can be equal, which `uniqueItems` does not see.
        keywords::add(members, measured, Facet::Custom("unique"));
    }
}

/// Whether a number may be written as a text too.
fn may_be_a_text(members: &Map<String, Value>) -> bool {
    let types = members.get("type").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|ty| ty == "string") && types.iter().any(|ty| ty == "number"))
}

fn is_of_numbers(facet: Facet) -> bool {
    match facet {
        Facet::Minimum(_)
        | Facet::Maximum(_)
        | Facet::ExclusiveMinimum(_)
        | Facet::ExclusiveMaximum(_)
        | Facet::MultipleOf(_) => true,
        Facet::MinLength(_)
        | Facet::MaxLength(_)
        | Facet::Pattern(_)
        | Facet::Format(_)
        | Facet::OneOf(_)
        | Facet::NoneOf(_)
        | Facet::Unique
        | Facet::Cleaned(_)
        | Facet::Sensitive
        | Facet::Custom(_) => false,
    }
}

/// Moves what schemars says about keys, which is less than their types and rules do, to `propertyNames`.
fn name_keys(members: &mut Map<String, Value>, names: Option<Value>) {
    let Some(names) = names else { return };
    members.insert("propertyNames".to_owned(), names);
    for group in ["patternProperties", "properties"] {
        let Some(Value::Object(group)) = members.remove(group) else { continue };
        if let Some(value) = group.into_iter().map(|(_, value)| value).next() {
            members.insert("additionalProperties".to_owned(), value);
        }
    }
}

/// Whether two values of this shape are equal exactly if they are written so.
fn equals_as_written(shape: Shape) -> bool {
    match shape {
        Shape::Scalar(Kind::Text | Kind::Integer(..) | Kind::Boolean | Kind::Choice) | Shape::Choice(_) => true,
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::List(inner) | Shape::Array(inner, _) => {
            equals_as_written(inner())
        }
        Shape::Map(key, value) => equals_as_written(key()) && equals_as_written(value()),
        Shape::Scalar(_) | Shape::Object { .. } | Shape::Variants(_) | Shape::Opaque => false,
    }
}

/// The values of a map: under any key, under keys of a pattern, or under known keys.
fn fold_entries(members: &mut Map<String, Value>, shape: Shape, rules: &Rules) {
    for group in ["patternProperties", "properties"] {
        for value in members.get_mut(group).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            fold_value(value, shape, rules);
        }
    }
    match members.entry("additionalProperties").or_insert_with(|| json!({})) {
        // Other keys are refused, and stay so.
        Value::Bool(false) => {}
        values => fold_value(values, shape, rules),
    }
}

/// The shape without what changes nothing about how it is measured.
fn bare(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) => bare(inner()),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Opaque => shape,
    }
}

fn item(shape: Shape) -> Shape {
    match shape {
        Shape::List(item) | Shape::Array(item, _) | Shape::Map(_, item) => item(),
        Shape::Scalar(_)
        | Shape::Nullable(_)
        | Shape::Object { .. }
        | Shape::Newtype(..)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Opaque => Shape::Opaque,
    }
}

/// The pointer to the schema of an optional value that stands in an `anyOf` beside `null`.
fn beside_null(schema: &Schema) -> Option<String> {
    let is_null = |arm: &Value| arm.get("type").is_some_and(|ty| ty == "null");
    match schema.get("anyOf")?.as_array()?.as_slice() {
        [_, null] if is_null(null) => Some("/anyOf/0".to_owned()),
        [null, _] if is_null(null) => Some("/anyOf/1".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
