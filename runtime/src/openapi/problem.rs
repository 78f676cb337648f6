//! The schemas of error answers: exactly what `Problem` writes, closed and bounded.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{limit::Admission, problem::Problem, value::Report};

impl JsonSchema for Problem {
    fn schema_name() -> Cow<'static, str> {
        "Problem".into()
    }

    fn schema_id() -> Cow<'static, str> {
        "palisade::Problem".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "A problem (RFC 9457).",
            "properties": {
                "type": { "type": "string", "format": "uri-reference", "maxLength": 1024, "description": "Which kind of problem." },
                "title": { "type": "string", "maxLength": 1024, "description": "The kind of problem, in words." },
                "status": { "type": "integer", "format": "int32", "minimum": 100, "maximum": 599 },
                "detail": { "type": "string", "maxLength": 4096, "description": "This occurrence, in words." },
                "violated-policies": {
                    "type": "array",
                    "description": "The rate policies whose quota is used up.",
                    "items": { "type": "string", "maxLength": 256 },
                    "minItems": 1,
                    "maxItems": Admission::CAPACITY,
                },
            },
            "required": ["type", "title", "status"],
            "additionalProperties": false,
        })
    }
}

/// The problem of an input that breaks rules.
pub(super) struct Invalid;

impl JsonSchema for Invalid {
    fn schema_name() -> Cow<'static, str> {
        "InvalidProblem".into()
    }

    fn schema_id() -> Cow<'static, str> {
        "palisade::openapi::Invalid".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Problem::json_schema(generator);
        schema.insert(
            "description".to_owned(),
            "A problem (RFC 9457) with everything that is wrong with the request.".into(),
        );
        if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
            properties.remove("violated-policies");
            properties.insert("errors".to_owned(), errors().to_value());
            properties.insert(
                "truncated".to_owned(),
                json_schema!({ "const": true, "description": "There is more wrong than is listed." }).to_value(),
            );
        }
        schema
    }
}

fn errors() -> Schema {
    json_schema!({
        "type": "array",
        "maxItems": Report::CAPACITY,
        "items": {
            "type": "object",
            "properties": {
                "in": { "type": "string", "enum": ["body", "query", "path", "header", "cookie"] },
                "pointer": { "type": "string", "format": "json-pointer", "maxLength": 32_768, "description": "Where (RFC 6901); empty for the whole." },
                "code": { "type": "string", "maxLength": 256, "description": "The rule that is broken." },
                "params": {
                    "type": "object",
                    "description": "The arguments of the rule. There are none for a confidential value.",
                    "maxProperties": 16,
                    "additionalProperties": {
                        "anyOf": [
                            { "type": "number", "format": "double", "minimum": f64::MIN, "maximum": f64::MAX },
                            { "type": "string", "maxLength": 65_536 },
                            { "type": "array", "maxItems": 4_096, "items": { "type": "string", "maxLength": 4_096 } },
                            {
                                "type": "array",
                                "maxItems": 256,
                                "items": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 255 },
                            },
                        ],
                    },
                },
                "detail": { "type": "string", "maxLength": 65_536, "description": "What was expected. The value itself is never repeated." },
            },
            "required": ["in", "pointer", "code", "detail"],
            "additionalProperties": false,
        },
    })
}
