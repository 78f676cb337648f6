//! Folds the facets of rules into the schemas of the values they are on.
//!
//! A schema describes clean values. Cleaning runs before the check, so that a text which `trim` shortens may be sent
//! longer than `maxLength` says: what every client can rely on is that a value within the schema is accepted as it is.
//! The bound of the raw text is the limit of the whole body, which is no property of the field.

use std::any::TypeId;

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::{
    discreet, integers,
    keywords::{self, Measured},
    names::names,
    relations,
};
use crate::{
    policy::{Content, Facet, Field, Kind, Rules, Shape, Tagging},
    rules::RuleRef,
};

/// The schema of an object with the rules of its fields and its own that hold in `group`, or in every group when there
/// is none.
#[doc(hidden)]
#[must_use]
pub fn with_facets(mut schema: Schema, fields: &'static [Field], own: &Rules, group: Option<TypeId>) -> Schema {
    fold_fields(&mut schema, fields, group);
    relations::between(schema.ensure_object(), own, group);
    integers::bound(&mut schema);
    schema
}

/// The schema of a list of different things.
#[doc(hidden)]
#[must_use]
pub fn with_tuple_facets(mut schema: Schema, fields: &'static [Field], group: Option<TypeId>) -> Schema {
    fold_positions(&mut schema, fields, group);
    integers::bound(&mut schema);
    schema
}

/// The schema of a type around another, with rules of its own.
#[doc(hidden)]
#[must_use]
pub fn with_newtype_facets(mut schema: Schema, rules: &'static Rules, group: Option<TypeId>) -> Schema {
    fold(&mut schema, Shape::Opaque, rules, group);
    integers::bound(&mut schema);
    schema
}

/// The schema of an enum with data, which is of this shape.
#[doc(hidden)]
#[must_use]
pub fn with_variant_facets(mut schema: Schema, shape: Shape, group: Option<TypeId>) -> Schema {
    if let Shape::Variants(all) = shape {
        for (index, (variant, fields)) in all.each().enumerate() {
            if let Some(content) = content(&mut schema, all.tagging(), variant.name(), index) {
                fold_content(content, variant.form(), fields, group);
            }
        }
    }
    integers::bound(&mut schema);
    schema
}

fn fold_fields(schema: &mut Schema, fields: &[Field], group: Option<TypeId>) {
    // The fields of a flattened field were folded by its own type.
    for field in fields.iter().filter(|field| !field.is_flattened()) {
        if let Some(property) = schema.get_mut("properties").and_then(|properties| properties.get_mut(field.name())) {
            fold_value(property, field.shape(), field.rules(), group);
        }
        relations::of_field(schema.ensure_object(), field, group);
    }
}

fn fold_positions(schema: &mut Schema, fields: &[Field], group: Option<TypeId>) {
    let positions = schema.get_mut("prefixItems").and_then(Value::as_array_mut);
    for (position, field) in positions.into_iter().flatten().zip(fields) {
        fold_value(position, field.shape(), field.rules(), group);
    }
}

/// What is within a variant.
fn fold_content(content: &mut Schema, form: Content, fields: &[Field], group: Option<TypeId>) {
    match (form, fields) {
        (Content::Newtype, [field]) => fold(content, field.shape(), field.rules(), group),
        (Content::Tuple, fields) => fold_positions(content, fields, group),
        (Content::Object, fields) => fold_fields(content, fields, group),
        (Content::Unit | Content::Newtype | Content::Opaque, _) => {}
    }
}

/// Where the content of a variant is.
pub(super) fn content<'a>(
    schema: &'a mut Schema,
    tagging: Tagging,
    name: &str,
    index: usize,
) -> Option<&'a mut Schema> {
    let key = if schema.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
    let arms = schema.get_mut(key)?.as_array_mut()?;
    let (at, within) = match tagging {
        Tagging::External => (arms.iter().position(|arm| arm_requires(arm, name)), Some(name)),
        Tagging::Internal(tag) => (arms.iter().position(|arm| is_tagged(arm, tag, name)), None),
        Tagging::Adjacent(tag, content) => (arms.iter().position(|arm| is_tagged(arm, tag, name)), Some(content)),
        Tagging::Untagged => (Some(index), None),
    };
    let arm = arms.get_mut(at?)?;
    let place = match within {
        Some(key) => arm.get_mut("properties")?.get_mut(key)?,
        None => arm,
    };
    place.try_into().ok()
}

/// Whether the arm is for the variant `name`, by the constant under `tag`.
fn is_tagged(arm: &Value, tag: &str, name: &str) -> bool {
    let constant = arm.get("properties").and_then(|properties| properties.get(tag)?.get("const"));
    constant.is_some_and(|constant| constant == name)
}

fn arm_requires(arm: &Value, name: &str) -> bool {
    arm.get("required").and_then(Value::as_array).is_some_and(|required| required.iter().any(|key| key == name))
}

fn fold_value(value: &mut Value, shape: Shape, rules: &Rules, group: Option<TypeId>) {
    if let Ok(schema) = <&mut Schema>::try_from(value) {
        fold(schema, shape, rules, group);
    }
}

fn fold(schema: &mut Schema, shape: Shape, rules: &Rules, group: Option<TypeId>) {
    match beside_null(schema) {
        Some(arm) => fold_bare(schema.pointer_mut(&arm).and_then(|arm| arm.try_into().ok()), bare(shape), rules, group),
        None => fold_bare(Some(schema), bare(shape), rules, group),
    }
}

fn fold_bare(schema: Option<&mut Schema>, shape: Shape, rules: &Rules, group: Option<TypeId>) {
    let Some(schema) = schema else { return };
    let members = schema.ensure_object();
    let measured = Measured::of(members, shape);
    let is_sensitive = rules.own().iter().any(|rule| rule.rule().is_sensitive());
    for facet in rules.facets(group) {
        match is_sensitive {
            true => discreet::add(members, measured, facet),
            false => keywords::add(members, measured, facet),
        }
    }
    // What follows holds in every group, so it was said there.
    if group.is_some() {
        return;
    }
    if let Some(reason) = rules.unchecked_reason() {
        members.insert("x-unchecked-reason".to_owned(), reason.into());
    }
    if let Some(function) = rules.function() {
        keywords::append(members, "x-palisade-rule", function);
    }
    if may_be_a_text(members) {
        // The bounds of a number say nothing of one that is written as a text.
        let bounds = |rule: &&RuleRef| rule.facets().into_iter().any(is_of_numbers);
        for rule in rules.own().iter().filter(bounds) {
            keywords::add(members, measured, Facet::Custom(rule.rule().code()));
        }
    }
    if let Some(rules) = rules.on_items() {
        fold_value(members.entry("items").or_insert_with(|| json!({})), item(shape), rules, None);
    }
    if let Shape::Map(key, _) = shape {
        name_keys(members, names(key(), rules.on_keys().unwrap_or(&Rules::NONE)));
    }
    if let Some(rules) = rules.on_values() {
        fold_entries(members, item(shape), rules);
    }
    if !equals_as_written(item(shape)) && rules.facets(None).any(|facet| matches!(facet, Facet::Unique)) {
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
        | Facet::MultipleOf(_)
        | Facet::Raised(_)
        | Facet::Lowered(_) => true,
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
        | Facet::RejectUnclean
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
        Shape::Nullable(inner)
        | Shape::Newtype(inner, _)
        | Shape::Grouped(inner, _)
        | Shape::List(inner)
        | Shape::Array(inner, _) => equals_as_written(inner()),
        Shape::Tuple(fields) => fields.iter().all(|field| equals_as_written(field.shape())),
        Shape::Map(key, value) => equals_as_written(key()) && equals_as_written(value()),
        Shape::Scalar(_)
        | Shape::Object { .. }
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => false,
    }
}

/// The values of a map: under any key, under keys of a pattern, or under known keys.
fn fold_entries(members: &mut Map<String, Value>, shape: Shape, rules: &Rules) {
    for group in ["patternProperties", "properties"] {
        for value in members.get_mut(group).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            fold_value(value, shape, rules, None);
        }
    }
    match members.entry("additionalProperties").or_insert_with(|| json!({})) {
        // Other keys are refused, and stay so.
        Value::Bool(false) => {}
        values => fold_value(values, shape, rules, None),
    }
}

/// The shape without what changes nothing about how it is measured.
fn bare(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => bare(inner()),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => shape,
    }
}

fn item(shape: Shape) -> Shape {
    match shape {
        Shape::List(item) | Shape::Array(item, _) | Shape::Map(_, item) => item(),
        Shape::Scalar(_)
        | Shape::Nullable(_)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Newtype(..)
        | Shape::Grouped(..)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => Shape::Opaque,
    }
}

/// The pointer to the schema of an optional value that stands in an `anyOf` beside `null`.
pub(super) fn beside_null(schema: &Schema) -> Option<String> {
    let is_null = |arm: &Value| arm.get("type").is_some_and(|ty| ty == "null");
    match schema.get("anyOf")?.as_array()?.as_slice() {
        [_, null] if is_null(null) => Some("/anyOf/0".to_owned()),
        [null, _] if is_null(null) => Some("/anyOf/1".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
