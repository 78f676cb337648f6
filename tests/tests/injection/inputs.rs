//! The text inputs of an API, as its document lists them: parameters, and texts anywhere in a body.

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};

/// A place in a request where a client writes a text.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) operation: String,
    pub(crate) method: String,
    path: String,
    place: Place,
    /// The body's properties, by name, so that the rest of it can be good.
    body: Option<Vec<String>>,
}

#[derive(Debug, Clone)]
enum Place {
    Path(String),
    Query(String),
    Header(String),
    /// A pointer, and whether white space around the text is taken off.
    Body(String, bool),
}

/// A request with a text in it.
pub(crate) struct Asked {
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
    /// The body as it should be kept.
    pub(crate) kept: Option<Value>,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (source, name) = match &self.place {
            Place::Path(name) => ("path", name),
            Place::Query(name) => ("query", name),
            Place::Header(name) => ("header", name),
            Place::Body(pointer, _) => ("body", pointer),
        };
        write!(f, "{} {source} {name}", self.operation)
    }
}

/// Every text input of the operations that a token opens. On the wire, each parameter is one. What webhooks and certificates open
/// takes no text but the id of an order, which the path of an order takes as well.
pub(crate) fn inputs(document: &Value) -> Vec<Input> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let ways: Vec<&Value> = operation["security"].as_array().expect("alternatives").iter().collect();
            if ways.iter().all(|way| way.get("mtls").is_some() || way.get("payments").is_some()) {
                continue;
            }
            let schema = operation.pointer("/requestBody/content/application~1json/schema");
            let schema = schema.map(|schema| resolve(document, schema));
            let properties = schema.and_then(|schema| schema["properties"].as_object());
            let input = |place| Input {
                operation: operation["operationId"].as_str().expect("an id").to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                place,
                body: properties.map(|properties| properties.keys().cloned().collect()),
            };
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().expect("a name").to_owned();
                found.push(input(match parameter["in"].as_str() {
                    Some("path") => Place::Path(name),
                    Some("query") => Place::Query(name),
                    Some("header") => Place::Header(name),
                    other => panic!("`{name}` is in {other:?}: say here how it is sent"),
                }));
            }
            let mut texts = Vec::new();
            if let Some(schema) = schema {
                collect(document, schema, "", &mut texts);
            }
            found.extend(texts.into_iter().map(|(pointer, is_trimmed)| input(Place::Body(pointer, is_trimmed))));
        }
    }
    found
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).expect("it leads somewhere"),
        None => schema,
    }
}

/// The texts of a schema: where, and whether they are trimmed.
fn collect(document: &Value, schema: &Value, at: &str, texts: &mut Vec<(String, bool)>) {
    let schema = resolve(document, schema);
    let is_text = |ty: &Value| ty == "string" || ty.as_array().is_some_and(|types| types.contains(&json!("string")));
    if is_text(&schema["type"]) {
        let steps = schema["x-sanitize"].as_array().into_iter().flatten();
        texts.push((at.to_owned(), steps.clone().any(|step| step == "trim")));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        collect(document, property, &format!("{at}/{name}"), texts);
    }
    if schema["items"].is_object() {
        collect(document, &schema["items"], &format!("{at}/0"), texts);
    }
    for arm in ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|word| schema[word].as_array().into_iter().flatten()) {
        collect(document, arm, at, texts);
    }
}

impl Input {
    /// The request with `text` at its place. `samples` are good values by name, and `id` is that of an order.
    pub(crate) fn asked(&self, samples: &Value, id: &str, text: &str) -> Asked {
        let sample = |name: &String| {
            (name.clone(), samples.get(name).cloned().unwrap_or_else(|| panic!("a sample of `{name}`")))
        };
        let body = self.body.as_ref().map(|names| names.iter().map(sample).collect::<Value>());
        let mut asked = Asked { target: self.path.clone(), headers: BTreeMap::new(), kept: body.clone(), body };
        match &self.place {
            Place::Path(name) => asked.target = asked.target.replace(&format!("{{{name}}}"), &encode(text)),
            Place::Query(name) => asked.target.push_str(&format!("?{name}={}", encode(text))),
            Place::Header(name) => {
                // What no client can send in a header field is left out.
                let line: String = text.chars().filter(|c| !c.is_control()).collect();
                let line = line.replace('\\', "\\\\").replace('"', "\\\"");
                asked.headers.insert(name.to_lowercase(), format!("\"{line}\""));
            }
            Place::Body(pointer, is_trimmed) => {
                let kept = if *is_trimmed { text.trim() } else { text };
                for (body, text) in [(&mut asked.body, text), (&mut asked.kept, kept)] {
                    let place = body.as_mut().and_then(|body| body.pointer_mut(pointer));
                    *place.unwrap_or_else(|| panic!("a sample at `{pointer}`")) = text.into();
                }
            }
        }
        asked.target = asked.target.replace("{id}", id);
        asked
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
