//! The schema of a plain object, from a table. Every application has many, and the derive of schemars costs rustc more than
//! the rest of what is generated for them.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::policy::{Field, Shape, Unknown};

/// What makes the schema of a property, and the documentation of it.
type Property = (fn(&mut SchemaGenerator) -> Schema, &'static str);

/// The schema of an object with these fields, as schemars would derive it: `properties` are of the fields, in their order.
#[doc(hidden)]
#[must_use]
pub fn object_schema(
    generator: &mut SchemaGenerator,
    docs: &str,
    fields: &'static [Field],
    unknown: Unknown,
    properties: &[Property],
) -> Schema {
    let is_read = generator.contract().is_deserialize();
    let mut object = Map::new();
    object.insert("type".to_owned(), "object".into());
    match unknown {
        Unknown::Refused => drop(object.insert("additionalProperties".to_owned(), false.into())),
        Unknown::Ignored => {}
    }
    let (mut all, mut required) = (Map::new(), Vec::new());
    for (field, (schema, docs)) in fields.iter().zip(properties) {
        let mut schema = schema(generator);
        document(&mut schema, docs);
        all.insert(field.name().to_owned(), schema.into());
        // Who reads may find nothing where the type allows for it, and nobody writes nothing.
        if !(is_read && matches!(field.shape(), Shape::Nullable(_))) {
            required.push(field.name().into());
        }
    }
    if !all.is_empty() {
        object.insert("properties".to_owned(), all.into());
    }
    if !required.is_empty() {
        object.insert("required".to_owned(), Value::Array(required));
    }
    let mut schema = Schema::from(object);
    document(&mut schema, docs);
    schema
}

/// A first line that is a heading is the title.
fn document(schema: &mut Schema, docs: &str) {
    let docs = docs.trim_ascii();
    let (title, description) = match docs.split_once('\n') {
        Some((title, rest)) if docs.starts_with('#') => (title, rest),
        None if docs.starts_with('#') => (docs, ""),
        Some(_) | None => ("", docs),
    };
    for (keyword, text) in [("title", title.trim_start_matches('#')), ("description", description)] {
        let text = text.trim_ascii();
        if !text.is_empty() {
            schema.insert(keyword.to_owned(), text.into());
        }
    }
}
