//! What the document says of each input, and that it says what the checks do.

use std::collections::BTreeMap;

use jsonschema::Validator;
use palisade::{prelude::*, value::from_texts};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{Inputs, Search};

fn document() -> Value {
    Inputs::openapi(&Deployment::at("https://inputs.example")).to_value()
}

/// A parameter without its words.
fn parameters(path: &str) -> Vec<Value> {
    let document = document();
    let parameters =
        document.pointer(&format!("/paths/{}/get/parameters", path.replace('/', "~1"))).expect("parameters");
    let mut parameters = parameters.as_array().expect("a list").clone();
    parameters.iter_mut().filter_map(Value::as_object_mut).for_each(|parameter| {
        parameter.remove("x-open-reason");
    });
    parameters
}

fn bare(parameter: &Value) -> Value {
    let mut bare = parameter.clone();
    if let Some(members) = bare.as_object_mut() {
        members.remove("schema");
    }
    bare
}

#[test]
fn parameters_say_where_they_stand_and_how_they_are_spelled() {
    let rows = [
        (
            "/query",
            json!([
                { "name": "exact", "in": "query", "required": false },
                { "name": "filter", "in": "query", "required": false, "style": "deepObject", "explode": true },
                { "name": "limit", "in": "query", "required": false },
                { "name": "orderIds", "in": "query", "required": false, "style": "form", "explode": false },
                { "name": "tag", "in": "query", "required": false },
                { "name": "title", "in": "query", "required": false },
            ]),
        ),
        (
            "/fields",
            json!([
                { "name": "X-Attempt", "in": "header", "required": true },
                { "name": "X-Feature", "in": "header", "required": false },
                { "name": "X-Note", "in": "header", "required": false },
            ]),
        ),
        (
            "/crumbs",
            json!([
                { "name": "theme", "in": "cookie", "required": true },
                { "name": "visits", "in": "cookie", "required": false },
            ]),
        ),
    ];
    for (path, expected) in rows {
        let found: Vec<_> = parameters(path).iter().map(bare).collect();
        assert_eq!(Value::Array(found), expected, "{path}");
    }
}

#[test]
fn bodies_say_what_they_are_declared_as() {
    let document = document();
    let content = |path: &str| document["paths"][path]["post"]["requestBody"]["content"].clone();
    assert_eq!(
        content("/text"),
        json!({ "text/plain": { "schema": { "type": "string", "maxLength": 8, "pattern": "^[\\s\\S]*$" } } })
    );
    assert_eq!(content("/octets"), json!({ "application/octet-stream": { "schema": { "maxLength": 8 } } }));
    assert_eq!(
        content("/form"),
        json!({ "application/x-www-form-urlencoded": {
            "schema": { "$ref": "#/components/schemas/Search" },
            "encoding": {
                "tag": { "style": "form", "explode": true },
                "orderIds": { "style": "form", "explode": false },
                "filter": { "style": "deepObject", "explode": true },
            },
        } })
    );
}

/// The schemas of the query, as the document has them.
struct Oracle {
    schemas: BTreeMap<String, (Value, Validator)>,
}

impl Oracle {
    fn new() -> Self {
        let components = document()["components"].clone();
        let schemas = parameters("/query").into_iter().map(|parameter| {
            let mut schema = parameter["schema"].clone();
            schema["components"] = components.clone();
            let validator = jsonschema::draft202012::new(&schema).expect("a schema");
            (parameter["name"].as_str().expect("a name").to_owned(), (schema, validator))
        });
        Self { schemas: schemas.collect() }
    }

    /// Whether what the pairs say is in the schemas, read by their types alone.
    fn accepts(&self, pairs: &[(String, String)]) -> bool {
        let mut values: BTreeMap<&str, Value> = BTreeMap::new();
        for (name, text) in pairs {
            let (outer, member) =
                name.split_once('[').map_or((name.as_str(), None), |(outer, rest)| (outer, Some(rest)));
            let Some((schema, _)) = self.schemas.get(outer) else { return false };
            let known = values.contains_key(outer);
            let value = values.entry(outer).or_insert(Value::Null);
            match (self.resolve(schema)["type"].as_str(), member.map(|member| member.strip_suffix(']'))) {
                (Some("object"), Some(Some(member))) => {
                    let of_member = &self.resolve(schema)["properties"][member];
                    if value.is_null() {
                        *value = json!({});
                    }
                    if !value.is_object() {
                        return false;
                    }
                    if value[member].is_array() {
                        let item = scalar(&of_member["items"], text);
                        value[member].as_array_mut().expect("a list").push(item);
                    } else if !value[member].is_null() {
                        return false;
                    } else if is_list(of_member) {
                        value[member] = json!([scalar(&of_member["items"], text)]);
                    } else {
                        value[member] = scalar(of_member, text);
                    }
                }
                (_, Some(_)) => return false,
                (Some("array"), None) if outer == "orderIds" => {
                    if known {
                        return false;
                    }
                    *value = text.split(',').map(|text| scalar(&schema["items"], text)).collect();
                }
                (Some("array"), None) => match value.as_array_mut() {
                    Some(items) => items.push(scalar(&schema["items"], text)),
                    None => *value = json!([scalar(&schema["items"], text)]),
                },
                (_, None) => {
                    if known {
                        return false;
                    }
                    *value = scalar(schema, text);
                }
            }
        }
        values.iter().all(|(name, value)| self.schemas[*name].1.is_valid(value))
    }

    fn resolve<'a>(&self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(place) => schema.pointer(place.trim_start_matches('#')).expect("a component"),
            None => schema,
        }
    }
}

fn is_list(schema: &Value) -> bool {
    schema["type"] == "array" || schema["type"].as_array().is_some_and(|types| types.contains(&json!("array")))
}

/// The value that a text stands for where a schema asks for its type; itself where it stands for none.
fn scalar(schema: &Value, text: &str) -> Value {
    let wanted = schema["type"].as_str().or(schema["type"][0].as_str()).unwrap_or("string");
    match (wanted, serde_json::from_str::<Value>(text)) {
        ("integer", Ok(number)) if number.is_i64() && text.trim() == text => number,
        ("boolean", Ok(truth)) if truth.is_boolean() && text.trim() == text => truth,
        _ => text.into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_on_a_query_is_that_of_the_schemas(
        pairs in proptest::collection::vec(
            (
                proptest::sample::select(vec![
                    "limit", "title", "exact", "tag", "tag", "orderIds", "filter", "filter[status]", "filter[owner]",
                    "filter[other]", "other",
                ]),
                proptest::sample::select(vec![
                    "", "1", "0", "100", "101", "-1", "+1", "01", "1.5", "true", "false", "a", "abcd", "abcde",
                    "abcdefghi", "1,2,3", "1,2,3,4", "1,", "open", "shipped", "\u{20ac}\u{20ac}\u{20ac}\u{20ac}",
                ]),
            ),
            0..6,
        )
    ) {
        let pairs: Vec<(String, String)> = pairs.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        thread_local!(static ORACLE: Oracle = Oracle::new());
        let expected = ORACLE.with(|oracle| oracle.accepts(&pairs));
        let found = from_texts::<Search>(pairs.clone());
        prop_assert_eq!(found.is_ok(), expected, "{:?}: {:?}", pairs, found.err());
    }
}
