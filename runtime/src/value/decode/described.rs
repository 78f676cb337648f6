//! A document held against a JSON Schema, for types that nothing else describes: what they need, know, and hold.
//!
//! Only the structure is looked at, since the type's own check has the word about everything else.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    bounds::{DEPTH, ESCAPED, MOST, NUMBER, OPAQUE},
    explain::duplicates,
    tree::Tree,
};
use crate::{
    rules::standing::Standing,
    value::{Path, Report},
};

/// Reports what of `tree` the schema does not allow.
pub(super) fn explain(tree: &Tree<'_>, schema: &'static Value, path: &Path<'_>, report: &mut Report) {
    Schema::whole(schema).explain(tree, path, report);
}

/// The most bytes of a document that the schema accepts. Where the schema sets no bound, there is room for some.
pub(super) fn longest(schema: &'static Value) -> u64 {
    Schema::whole(schema).longest(0).min(MOST)
}

/// A part of a schema, and the whole that its references are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Schema {
    root: &'static Value,
    here: &'static Value,
}

impl Schema {
    pub(crate) fn whole(schema: &'static Value) -> Self {
        Self { root: schema, here: schema }.resolved()
    }

    /// This part of the same schema.
    pub(crate) fn at(self, here: &'static Value) -> Self {
        Self { here, ..self }.resolved()
    }

    /// What a reference stands for. A chain of references ends, or is given up.
    fn resolved(mut self) -> Self {
        for _ in 0..DEPTH {
            let target = self.here.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#'));
            match target.and_then(|pointer| self.root.pointer(pointer)) {
                Some(target) => self.here = target,
                None => break,
            }
        }
        self
    }

    fn number(self, keyword: &str) -> Option<u64> {
        self.here.get(keyword).and_then(Value::as_u64)
    }

    pub(crate) fn members(self, keyword: &str) -> Option<&'static Map<String, Value>> {
        self.here.get(keyword).and_then(Value::as_object)
    }

    /// What a keyword holds, as a schema of its own.
    #[cfg(any(feature = "garde", feature = "validator"))]
    pub(crate) fn part(self, keyword: &str) -> Option<Self> {
        self.here.get(keyword).filter(|part| part.is_object()).map(|part| self.at(part))
    }

    /// The names in `type`.
    fn types(self) -> impl Iterator<Item = &'static str> {
        let one = self.here.get("type").and_then(Value::as_str);
        let many = self.here.get("type").and_then(Value::as_array);
        one.into_iter().chain(many.into_iter().flatten().filter_map(Value::as_str))
    }

    /// The alternatives, one of which a value is.
    pub(crate) fn alternatives(self) -> impl Iterator<Item = Self> {
        let lists = ["anyOf", "oneOf"].into_iter().filter_map(move |keyword| self.here.get(keyword)?.as_array());
        lists.flatten().map(move |alternative| self.at(alternative))
    }

    /// The parts that a value is all of.
    pub(crate) fn parts(self) -> impl Iterator<Item = Self> {
        let parts = self.here.get("allOf").and_then(Value::as_array);
        parts.into_iter().flatten().map(move |part| self.at(part))
    }

    fn explain(self, tree: &Tree<'_>, path: &Path<'_>, report: &mut Report) {
        let this = self.resolved();
        if !this.is_of_type(tree) {
            report.refuse_value(path, this.expected(), false);
            return;
        }
        for part in this.parts() {
            part.explain(tree, path, report);
        }
        this.explain_alternatives(tree, path, report);
        match tree {
            Tree::Object(members) => this.explain_object(members, path, report),
            Tree::List(items) => {
                if let Some(of_items) = this.here.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        this.at(of_items).explain(item, &path.index(index), report);
                    }
                }
            }
            Tree::Null | Tree::Boolean(_) | Tree::Integer(_) | Tree::Number(_) | Tree::Text(_) | Tree::Lexical(_) => {}
            #[cfg(feature = "multipart")]
            Tree::File(_) | Tree::Explained => {}
        }
    }

    /// Where a value fits none of several alternatives, the one of its type is explained, if there is only one.
    fn explain_alternatives(self, tree: &Tree<'_>, path: &Path<'_>, report: &mut Report) {
        let mut fitting = self.alternatives().filter(|alternative| alternative.is_of_type(tree));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => only.explain(tree, path, report),
            (None, _) if self.alternatives().next().is_some() => {
                report.refuse_value(path, &Standing::Undecodable, false);
            }
            (None | Some(_), _) => {}
        }
    }

    fn explain_object(self, members: &[(Cow<'_, str>, Tree<'_>)], path: &Path<'_>, report: &mut Report) {
        let required = self.here.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !members.iter().any(|(found, _)| found == name) {
                report.refuse_value(&path.field(name), &Standing::Missing, false);
            }
        }
        let others = self.here.get("additionalProperties");
        for ((name, tree), twice) in members.iter().zip(duplicates(members)) {
            let place = path.key(name);
            if twice {
                report.refuse_value(&place, &Standing::Duplicate, false);
            }
            match (self.property(name), others) {
                (Some((own, schema)), _) => self.at(schema).explain(tree, &path.field(own), report),
                (None, Some(Value::Bool(false))) => {
                    report.refuse_value(&place, &Standing::Unknown, false);
                }
                (None, Some(schema)) => self.at(schema).explain(tree, &place, report),
                (None, None) => {}
            }
        }
    }

    fn property(self, name: &str) -> Option<(&'static str, &'static Value)> {
        self.members("properties")?.get_key_value(name).map(|(own, schema)| (own.as_str(), schema))
    }

    fn is_of_type(self, tree: &Tree<'_>) -> bool {
        let fits = |ty: &str| match ty {
            "null" => matches!(tree, Tree::Null),
            "boolean" => matches!(tree, Tree::Boolean(_)),
            "integer" => matches!(tree, Tree::Integer(_)),
            "number" => matches!(tree, Tree::Integer(_) | Tree::Number(_)),
            "string" => matches!(tree, Tree::Text(_)),
            "array" => matches!(tree, Tree::List(_)),
            "object" => matches!(tree, Tree::Object(_)),
            _ => true,
        };
        // What comes as a text may mean any scalar: the type of it decides.
        matches!(tree, Tree::Lexical(_)) || self.types().next().is_none() || self.types().any(fits)
    }

    fn expected(self) -> &'static Standing {
        match self.types().find(|ty| *ty != "null") {
            Some("boolean") => &Standing::Boolean,
            Some("integer") => &Standing::Integer,
            Some("number") => &Standing::Number,
            Some("string") => &Standing::Text,
            Some("array") => &Standing::List,
            Some("object") => &Standing::Object,
            Some(_) => &Standing::Undecodable,
            None => &Standing::Null,
        }
    }

    fn longest(self, depth: u32) -> u64 {
        if DEPTH < depth {
            return OPAQUE;
        }
        let this = self.resolved();
        let own = this.types().map(|ty| this.longest_of(ty, depth)).max();
        let choice = this.here.get("enum").or_else(|| this.here.get("const")).map(|values| values.to_string().len());
        if let Some(choice) = choice {
            return (choice as u64).saturating_mul(ESCAPED);
        }
        let below = this.alternatives().chain(this.parts()).map(|part| part.longest(depth + 1));
        let mut all = own.into_iter().chain(below).peekable();
        if all.peek().is_none() { OPAQUE } else { sum(0, all) }
    }

    fn longest_of(self, ty: &str, depth: u32) -> u64 {
        let part = |keyword: &str| self.here.get(keyword).map_or(OPAQUE, |part| self.at(part).longest(depth + 1));
        match ty {
            "string" => match (self.number("maxLength"), self.here.get("format")) {
                (Some(count), _) => count.saturating_mul(ESCAPED).saturating_add(2),
                (None, Some(_)) => 320 * ESCAPED,
                (None, None) => OPAQUE,
            },
            "array" => match self.number("maxItems") {
                Some(count) => part("items").saturating_add(1).saturating_mul(count).saturating_add(2),
                None => OPAQUE,
            },
            "object" => {
                let properties = self.members("properties").into_iter().flatten().map(|(name, schema)| {
                    let value = self.at(schema).longest(depth + 1);
                    value.saturating_add(name.len() as u64 * ESCAPED).saturating_add(4)
                });
                let properties = sum(2, properties);
                match (self.here.get("additionalProperties"), self.number("maxProperties")) {
                    (Some(Value::Bool(false)), _) => properties,
                    (Some(_), Some(count)) => part("additionalProperties")
                        .saturating_add(1024)
                        .saturating_mul(count)
                        .saturating_add(properties),
                    (Some(_) | None, _) => properties.saturating_add(OPAQUE),
                }
            }
            _ => NUMBER,
        }
    }
}

/// What is more than is ever read is not added up: a few recursive parts at each of many levels would take for ever.
fn sum(mut sum: u64, all: impl Iterator<Item = u64>) -> u64 {
    for one in all {
        sum = sum.saturating_add(one);
        if MOST <= sum {
            return MOST;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_that_holds_itself_often_is_measured() {
        let properties: Map<String, Value> = ('a'..='p')
            .map(|name| (name.to_string(), json!({ "anyOf": [{ "$ref": "#" }, { "type": "null" }] })))
            .collect();
        let schema: &'static Value = Box::leak(Box::new(json!({ "type": "object", "properties": properties })));
        assert_eq!(longest(schema), MOST);
    }
}
