//! Says in the schema of a type which properties not every caller sees or writes, and what is demanded.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::facets::{beside_null, content};
use crate::policy::{Content, Demand, Field, Masking, Property, Seen, Variants};

/// The schema of an object or list with what is said of its fields.
#[doc(hidden)]
#[must_use]
pub fn with_properties(mut schema: Schema, fields: &'static [Field], generator: &SchemaGenerator) -> Schema {
    fold(&mut schema, fields, Direction::of(generator));
    schema
}

/// The schema of a newtype with what is said of the value it is around.
#[doc(hidden)]
#[must_use]
pub fn with_newtype_property(mut schema: Schema, property: &'static Property, generator: &SchemaGenerator) -> Schema {
    if let Direction::Leaving = Direction::of(generator) {
        show(&mut schema, property);
    }
    schema
}

/// The schema of an enum with data with what is said of the fields of its variants.
#[doc(hidden)]
#[must_use]
pub fn with_variant_properties(mut schema: Schema, all: Variants, generator: &SchemaGenerator) -> Schema {
    let direction = Direction::of(generator);
    for (index, (variant, fields)) in all.each().enumerate() {
        let Some(content) = content(&mut schema, all.tagging(), variant.name(), index) else { continue };
        match (variant.form(), fields, direction) {
            (Content::Newtype, [field], Direction::Leaving) => {
                if let Some(property) = field.restriction() {
                    show(content, property);
                }
            }
            (Content::Object | Content::Tuple, fields, direction) => fold(content, fields, direction),
            (Content::Newtype | Content::Unit | Content::Opaque, _, _) => {}
        }
    }
    schema
}

#[derive(Clone, Copy)]
enum Direction {
    Entering,
    Leaving,
}

impl Direction {
    fn of(generator: &SchemaGenerator) -> Self {
        if generator.contract().is_serialize() { Self::Leaving } else { Self::Entering }
    }
}

fn fold(schema: &mut Schema, fields: &[Field], direction: Direction) {
    let restricted = fields.iter().enumerate().filter_map(|(at, field)| Some((at, field, field.restriction()?)));
    for (position, field, property) in restricted {
        let name = match direction {
            Direction::Entering => field.name(),
            Direction::Leaving => property.name(),
        };
        match (direction, property.seen()) {
            (Direction::Leaving, Seen::Never) => {
                forget(schema, "properties", name);
                demand_no_longer(schema, name);
                continue;
            }
            (Direction::Leaving, Seen::By(_)) => demand_no_longer(schema, name),
            (Direction::Leaving, Seen::Whole | Seen::Masked(_) | Seen::MaskedUnless(..)) | (Direction::Entering, _) => {
            }
        }
        let Some(value) = value(schema, name, position) else { continue };
        match direction {
            Direction::Leaving => show(value, property),
            Direction::Entering => accept(value, property),
        }
    }
}

/// The schema of the field, by its name or position.
fn value<'a>(schema: &'a mut Schema, name: &str, position: usize) -> Option<&'a mut Schema> {
    let named = schema.get("properties").is_some_and(|properties| properties.get(name).is_some());
    let value = match named {
        true => schema.get_mut("properties")?.get_mut(name)?,
        false => schema.get_mut("prefixItems")?.get_mut(position)?,
    };
    value.try_into().ok()
}

fn forget(schema: &mut Schema, group: &str, name: &str) {
    if let Some(Value::Object(members)) = schema.get_mut(group) {
        members.remove(name);
    }
}

fn demand_no_longer(schema: &mut Schema, name: &str) {
    let Some(Value::Array(required)) = schema.get_mut("required") else { return };
    required.retain(|member| member != name);
    if required.is_empty() {
        schema.remove("required");
    }
}

/// What a caller sees of it.
fn show(schema: &mut Schema, property: &Property) {
    match property.seen() {
        Seen::Whole | Seen::Never => {}
        Seen::By(demand) => {
            let (expression, sentence) = words(demand);
            describe(schema, &format!("To see it requires {sentence}."));
            schema.insert("x-palisade-visible".to_owned(), expression.into());
        }
        Seen::Masked(masking) => {
            mask(schema, masking, Unless::Never);
            describe(schema, &format!("{}.", masked(masking)));
        }
        Seen::MaskedUnless(masking, demand) => {
            let (expression, sentence) = words(demand);
            mask(schema, masking, Unless::Granted);
            describe(schema, &format!("{}. To see all of it requires {sentence}.", masked(masking)));
            schema.insert("x-palisade-visible".to_owned(), expression.into());
        }
    }
}

/// Who gives it.
fn accept(schema: &mut Schema, property: &Property) {
    if let Some(demand) = property.written() {
        let (expression, sentence) = words(demand);
        describe(schema, &format!("To give it requires {sentence}."));
        schema.insert("x-palisade-writable".to_owned(), expression.into());
    }
}

fn masked(masking: Masking) -> String {
    match masking.readable() {
        0 => "Masked".to_owned(),
        1 => "Masked but for the last character".to_owned(),
        count => format!("Masked but for the last {count} characters"),
    }
}

fn describe(schema: &mut Schema, line: &str) {
    let described = match schema.get("description").and_then(Value::as_str) {
        Some(before) if !before.is_empty() => format!("{before}\n\n{line}"),
        Some(_) | None => line.to_owned(),
    };
    schema.insert("description".to_owned(), described.into());
}

/// Whether some see the whole text.
enum Unless {
    Never,
    Granted,
}

/// What a text is like says nothing of a masked one, but for its length.
const OF_THE_TEXT: [&str; 7] = ["$ref", "pattern", "format", "enum", "const", "contentEncoding", "contentMediaType"];

fn mask(schema: &mut Schema, masking: Masking, unless: Unless) {
    let readable = masking.readable();
    let pattern = match readable {
        0 => r"^\**$".to_owned(),
        _ => format!(r"^(?:\*+[\s\S]{{{readable}}}|\*{{0,{readable}}})$"),
    };
    schema.insert("x-palisade-mask".to_owned(), json!({ "last": readable }));
    let target = match beside_null(schema) {
        Some(arm) => schema.pointer_mut(&arm).and_then(|arm| <&mut Schema>::try_from(arm).ok()),
        None => Some(schema),
    };
    let Some(target) = target else { return };
    let members = target.ensure_object();
    let whole: Map<String, Value> =
        OF_THE_TEXT.into_iter().filter_map(|keyword| members.remove_entry(keyword)).collect();
    match (unless, whole.is_empty()) {
        (Unless::Never, _) => {
            members.insert("pattern".to_owned(), pattern.into());
        }
        (Unless::Granted, false) => {
            members.insert("anyOf".to_owned(), json!([whole, { "pattern": pattern }]));
        }
        // Any text may be there.
        (Unless::Granted, true) => {}
    }
}

/// The demand as it is written, and in words.
#[cfg(feature = "gate")]
fn words(demand: &Demand) -> (String, String) {
    use crate::policy::{expression, sentence};

    (expression(&[demand]).unwrap_or_default(), sentence(&[demand]).unwrap_or_default())
}

#[cfg(not(feature = "gate"))]
fn words(demand: &Demand) -> (String, String) {
    match *demand {}
}
