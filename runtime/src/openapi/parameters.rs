//! The properties of a type as parameters of a path or query.

use schemars::{JsonSchema, Schema, json_schema};
use serde_json::Value as Json;

use super::{
    model::{Encoding, Location, Pairs, Parameter, Spelling},
    schemas::Schemas,
};
use crate::{
    idempotency::Key,
    policy::{Field, Idempotent, Style, age},
    value::{
        Value,
        decode::{fields::declared as object_fields, pairs::is_repeated},
    },
};

/// No address is longer (`http::Uri`), so no parameter is.
const LONGEST: u64 = 65_534;

/// A parameter for each property of `T`.
pub(super) fn parameters<T: Value + JsonSchema>(schemas: &mut Schemas, location: Location) -> Vec<Parameter> {
    let schema = schemas.input_in_place::<T>();
    let object = schemas.resolve_input(&schema);
    let required = object.get("required").and_then(Json::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|required| required == name));
    let properties = object.get("properties").and_then(Json::as_object).into_iter().flatten();
    let parameters = properties.map(|(name, property)| {
        let schema = Schema::try_from(property.clone()).unwrap_or_else(|_| true.into());
        let parameter = parameter(name, location, schema);
        let spelling = field_named(T::FIELDS, name).and_then(declared_spelling);
        Parameter {
            required: parameter.required || is_required(name),
            style: spelling.map(|spelling| spelling.style),
            explode: spelling.map(|spelling| spelling.explode),
            ..parameter
        }
    });
    parameters.collect()
}

/// How the properties of a form are spelled that are no single texts.
pub(super) fn encoding(fields: &'static [Field]) -> Pairs<Encoding> {
    let mut all = Pairs::new();
    for field in fields {
        if field.is_flattened() {
            all.0.extend(encoding(object_fields(field.shape())).0);
        } else if let Some(spelling) = declared_spelling(field).or_else(|| repeated(field)) {
            all.push(field.name(), Encoding::Spelled(spelling));
        }
    }
    all
}

/// How a field is spelled, where that is said.
fn declared_spelling(field: &Field) -> Option<Spelling> {
    field.declared_style().map(|style| match style {
        Style::CommaSeparated => Spelling { style: "form", explode: false },
        Style::DeepObject => Spelling { style: "deepObject", explode: true },
    })
}

fn repeated(field: &Field) -> Option<Spelling> {
    is_repeated(field).then_some(Spelling { style: "form", explode: true })
}

/// The field of this name, those that are flattened included.
fn field_named(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find_map(|field| {
        if field.is_flattened() {
            return field_named(object_fields(field.shape()), name);
        }
        (field.name() == name).then_some(field)
    })
}

/// One parameter. A path is not there without all of its own.
pub(super) fn parameter(name: &str, location: Location, mut schema: Schema) -> Parameter {
    present(&mut schema);
    bounded(&mut schema);
    let description = match schema.remove("description") {
        Some(Json::String(description)) => Some(description),
        Some(_) | None => None,
    };
    let required = location == Location::Path;
    Parameter {
        name: name.to_owned(),
        location,
        description,
        required,
        style: None,
        explode: None,
        open_reason: None,
        schema,
    }
}

/// The header field that an idempotent operation demands: a String of RFC 9651.
pub(super) fn idempotency_key(idempotent: Idempotent) -> Parameter {
    let (count, unit) = age(idempotent.seconds());
    let plural = if count == 1 { "" } else { "s" };
    let description = format!(
        "A text in quotes that the client makes up for each new request. The same request, sent again under it within {count} \
         {unit}{plural}, is not carried out again: its first answer comes back."
    );
    Parameter {
        name: "Idempotency-Key".to_owned(),
        location: Location::Header,
        description: Some(description),
        required: true,
        style: None,
        explode: None,
        open_reason: None,
        schema: json_schema!({
            "type": "string",
            "pattern": r#"^"(?:[ !#-\[\]-~]|\\["\\])+"$"#,
            "minLength": 3,
            "maxLength": Key::LONGEST + 2,
        }),
    }
}

/// A parameter that is there is no `null`.
fn present(schema: &mut Schema) {
    let is_null = |schema: &Json| schema.get("type").is_some_and(|ty| ty == "null");
    if let Some(arms) = schema.get_mut("anyOf").and_then(Json::as_array_mut) {
        arms.retain(|arm| !is_null(arm));
        if let [arm] = arms.as_mut_slice() {
            let arm = arm.take();
            schema.remove("anyOf");
            if let Json::Object(members) = arm {
                schema.ensure_object().extend(members);
            }
        }
    }
    if let Some(Json::Array(types)) = schema.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [ty] = types.as_mut_slice() {
            let ty = ty.take();
            schema.insert("type".to_owned(), ty);
        }
    }
    if let Some(values) = schema.get_mut("enum").and_then(Json::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
    if schema.get("default").is_some_and(Json::is_null) {
        schema.remove("default");
    }
}

fn bounded(schema: &mut Schema) {
    let unbounded = schema.get("type").is_some_and(|ty| ty == "string")
        && ["maxLength", "enum", "const"].iter().all(|keyword| schema.get(*keyword).is_none());
    if unbounded {
        schema.insert("maxLength".to_owned(), LONGEST.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{policy::minutes, rules::pattern::engine::Pattern};

    fn check(schema: Schema, expected: &Json) {
        assert_eq!(parameter("name", Location::Query, schema).schema, *expected);
    }

    #[test]
    fn an_optional_parameter_is_left_out_and_not_null() {
        check(
            json_schema!({ "type": ["string", "null"], "enum": ["a", null], "default": null }),
            &json!({ "type": "string", "enum": ["a"] }),
        );
        check(json_schema!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }] }), &json!({ "$ref": "#/a" }));
        check(json_schema!({ "type": ["integer", "null"], "maximum": 3 }), &json!({ "type": "integer", "maximum": 3 }));
    }

    #[test]
    fn a_text_is_no_longer_than_an_address_can_be() {
        check(json_schema!({ "type": "string" }), &json!({ "type": "string", "maxLength": 65_534 }));
        check(json_schema!({ "type": "string", "maxLength": 9 }), &json!({ "type": "string", "maxLength": 9 }));
    }

    #[test]
    fn a_key_is_documented_as_it_is_read() {
        let parameter = idempotency_key(Idempotent::within(minutes(90)));
        assert!(parameter.description.unwrap_or_default().contains(" within 90 minutes, "));
        let pattern = parameter.schema.get("pattern").and_then(Json::as_str).unwrap().to_owned();
        let pattern = Pattern::compile(pattern.leak());
        for content in ["a", r#"a b\"c\\"#, "", "a\"b", r"a\b", r"a\", "a\";b=\"", "é"] {
            for line in [format!("\"{content}\""), content.to_owned()] {
                let read = Key::parse(&http::HeaderValue::from_bytes(line.as_bytes()).unwrap());
                assert_eq!(pattern.matches(&line), read.is_ok(), "{line}");
            }
        }
    }

    #[test]
    fn a_description_is_the_parameter_s() {
        let schema = json_schema!({ "type": "boolean", "description": "Whether." });
        let parameter = parameter("name", Location::Path, schema);
        assert_eq!((parameter.description.as_deref(), parameter.required), (Some("Whether."), true));
        assert_eq!(parameter.schema, json!({ "type": "boolean" }));
    }
}
