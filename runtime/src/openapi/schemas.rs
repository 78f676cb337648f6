//! The schemas of a whole document: what enters and what leaves, each generated once and named once.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{RecursiveTransform, Transform},
};
use serde_json::{Map, Value};

/// Where definitions stand in a document.
const PLACE: &str = "#/components/schemas/";

/// Two generators, since serde may decode a type from something else than it encodes it to.
#[derive(Debug)]
pub(super) struct Schemas {
    inputs: SchemaGenerator,
    outputs: SchemaGenerator,
}

/// The definitions of a document, and the inputs that had to give up their names.
pub(super) struct Definitions {
    pub(super) schemas: Map<String, Value>,
    renamed: BTreeMap<String, String>,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self {
            inputs: settings.clone().for_deserialize().into_generator(),
            outputs: settings.for_serialize().into_generator(),
        }
    }

    /// The schema of a type that enters; a reference, unless it is small.
    pub(super) fn input<T: JsonSchema>(&mut self) -> Schema {
        self.inputs.subschema_for::<T>()
    }

    /// The schema of a type that enters, in place.
    pub(super) fn input_in_place<T: JsonSchema>(&mut self) -> Schema {
        T::json_schema(&mut self.inputs)
    }

    /// The schema of a type that leaves.
    pub(super) fn output<T: JsonSchema>(&mut self) -> Schema {
        self.outputs.subschema_for::<T>()
    }

    /// What a reference to a type that enters stands for.
    pub(super) fn resolve_input<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix(PLACE));
        let found = name.and_then(|name| self.inputs.definitions().get(name));
        found.and_then(|found| found.try_into().ok()).unwrap_or(schema)
    }

    /// Every definition under one name. A type that is not the same both ways is `NameInput` where it enters.
    pub(super) fn merge(mut self) -> Definitions {
        let inputs = self.inputs.take_definitions(true);
        let mut schemas = self.outputs.take_definitions(true);
        let split = split(&inputs, &schemas);
        let mut taken: BTreeSet<String> = inputs.keys().chain(schemas.keys()).cloned().collect();
        let mut renamed = BTreeMap::new();
        for name in split {
            let mut free = format!("{name}Input");
            while !taken.insert(free.clone()) {
                free.push('_');
            }
            renamed.insert(name, free);
        }
        let mut definitions = Definitions { schemas: Map::new(), renamed };
        for (name, schema) in inputs {
            let name = definitions.renamed.get(&name).cloned().unwrap_or(name);
            let mut schema = Schema::try_from(schema).unwrap_or_else(|_| true.into());
            definitions.rename(&mut schema);
            schemas.insert(name, schema.to_value());
        }
        definitions.schemas = schemas;
        definitions
    }
}

impl Definitions {
    /// Gives the references in the schema of an input their final names.
    pub(super) fn rename(&self, schema: &mut Schema) {
        if self.renamed.is_empty() {
            return;
        }
        RecursiveTransform(|schema: &mut Schema| {
            let Some(Value::String(place)) = schema.get_mut("$ref") else { return };
            if let Some(name) = place.strip_prefix(PLACE).and_then(|name| self.renamed.get(name)) {
                *place = format!("{PLACE}{name}");
            }
        })
        .transform(schema);
    }
}

/// The names that mean one thing where they enter and another where they leave, directly or through what they hold.
fn split(inputs: &Map<String, Value>, outputs: &Map<String, Value>) -> BTreeSet<String> {
    let shared: Vec<(&String, &Value)> = inputs.iter().filter(|(name, _)| outputs.contains_key(*name)).collect();
    let differs = |(name, schema): &&(&String, &Value)| outputs.get(*name) != Some(schema);
    let mut split: BTreeSet<String> = shared.iter().filter(differs).map(|(name, _)| (*name).clone()).collect();
    loop {
        let holders = shared.iter().filter(|(name, schema)| !split.contains(*name) && mentions(schema, &split));
        let holders: Vec<String> = holders.map(|(name, _)| (*name).clone()).collect();
        if holders.is_empty() {
            return split;
        }
        split.extend(holders);
    }
}

fn mentions(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(key, value)| match value {
            Value::String(place) if key == "$ref" => place.strip_prefix(PLACE).is_some_and(|name| names.contains(name)),
            value => mentions(value, names),
        }),
        Value::Array(values) => values.iter().any(|value| mentions(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;

    /// Encoded, `count` is always there.
    #[derive(JsonSchema, Serialize, Deserialize)]
    struct Both {
        #[serde(default)]
        count: u8,
    }

    #[derive(JsonSchema, Serialize, Deserialize)]
    struct Holder {
        both: Both,
    }

    #[derive(JsonSchema, Serialize, Deserialize)]
    struct Same {
        flag: bool,
    }

    fn reference(schema: &Schema) -> &str {
        schema.get("$ref").and_then(Value::as_str).unwrap_or_default()
    }

    #[test]
    fn a_type_that_is_the_same_both_ways_is_named_once() {
        let mut schemas = Schemas::new();
        let (mut input, output) = (schemas.input::<Same>(), schemas.output::<Same>());
        let definitions = schemas.merge();
        definitions.rename(&mut input);
        assert_eq!((reference(&input), reference(&output)), ("#/components/schemas/Same", "#/components/schemas/Same"));
        assert_eq!(definitions.schemas.keys().collect::<Vec<_>>(), ["Same"]);
    }

    #[test]
    fn a_type_that_differs_and_what_holds_it_have_another_name_where_they_enter() {
        let mut schemas = Schemas::new();
        let (mut input, output) = (schemas.input::<Holder>(), schemas.output::<Holder>());
        let definitions = schemas.merge();
        definitions.rename(&mut input);
        assert_eq!(reference(&input), "#/components/schemas/HolderInput");
        assert_eq!(reference(&output), "#/components/schemas/Holder");
        let names: Vec<_> = definitions.schemas.keys().map(String::as_str).collect();
        assert_eq!(names, ["Both", "BothInput", "Holder", "HolderInput"]);
        let held = &definitions.schemas["HolderInput"]["properties"]["both"];
        assert_eq!(*held, json!({ "$ref": "#/components/schemas/BothInput" }));
        assert_eq!(definitions.schemas["BothInput"]["required"], Value::Null);
        assert_eq!(definitions.schemas["Both"]["required"], json!(["count"]));
    }

    #[test]
    fn a_name_that_is_taken_is_not_given_away() {
        #[derive(JsonSchema, Serialize)]
        struct HolderInput;

        let mut schemas = Schemas::new();
        let (mut input, _) = (schemas.input::<Holder>(), schemas.output::<Holder>());
        let other = schemas.output::<HolderInput>();
        let definitions = schemas.merge();
        definitions.rename(&mut input);
        assert_eq!(reference(&other), "#/components/schemas/HolderInput");
        assert_eq!(reference(&input), "#/components/schemas/HolderInput_");
    }
}
