//! Values that a schema describes, at its edges as often as inside them, and mutants that are a little off.

use proptest::{
    strategy::{Strategy, ValueTree},
    string::string_regex,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Map, Value, json};

/// Makes values for one schema from one seed.
pub(crate) struct Generator<'a> {
    root: &'a Value,
    state: u64,
}

const DEPTH: u32 = 4;

impl<'a> Generator<'a> {
    pub(crate) fn new(root: &'a Value, seed: u64) -> Self {
        Self { root, state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    /// A value that the schema mostly accepts.
    pub(crate) fn value(&mut self) -> Value {
        self.of(self.root, 0)
    }

    /// Such a value with one to three things wrong with it, or changed without harm.
    pub(crate) fn mutant(&mut self) -> Value {
        let mut value = self.value();
        for _ in 0..=self.below(2) {
            self.mutate(&mut value);
        }
        value
    }

    fn below(&mut self, bound: u64) -> u64 {
        // xorshift64*
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) % (bound + 1)
    }

    fn of(&mut self, schema: &'a Value, depth: u32) -> Value {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(reference.trim_start_matches('#')).expect("a reference resolves");
            return self.of(target, depth);
        }
        for word in ["anyOf", "oneOf"] {
            if let Some(choices) = schema.get(word).and_then(Value::as_array) {
                let chosen = self.below(choices.len() as u64 - 1) as usize;
                let mut value = self.of(&choices[chosen], depth);
                if let (Value::Object(object), Some(_)) = (&mut value, schema.get("properties"))
                    && let Value::Object(rest) = self.object(schema, depth)
                {
                    object.extend(rest);
                }
                return value;
            }
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
            return choices[self.below(choices.len() as u64 - 1) as usize].clone();
        }
        match self.type_of(schema) {
            "string" => Value::String(self.text(schema)),
            "integer" => self.integer(schema),
            "number" => match schema.get("multipleOf").and_then(Value::as_f64) {
                Some(factor) if self.below(9) != 0 => json!((self.below(12) as f64 * factor * 1e6).round() / 1e6),
                _ => json!(self.below(12) as f64 / 8.0 - 0.125),
            },
            "boolean" => Value::Bool(self.below(1) == 0),
            "array" => self.array(schema, depth),
            "object" => self.object(schema, depth),
            _ => Value::Null,
        }
    }

    fn type_of(&mut self, schema: &'a Value) -> &'a str {
        match schema.get("type") {
            Some(Value::String(name)) => name,
            Some(Value::Array(names)) => names[self.below(names.len() as u64 - 1) as usize].as_str().expect("a name"),
            _ => "object",
        }
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let mut seed = [0; 32];
            seed[..8].copy_from_slice(&self.below(u64::MAX - 1).to_le_bytes());
            let mut runner =
                TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
            let bare = pattern.strip_prefix('^').unwrap_or(pattern);
            let bare = bare.strip_suffix('$').filter(|bare| !bare.ends_with('\\')).unwrap_or(bare);
            let texts = string_regex(bare).expect("a portable pattern");
            // Most patterns know no length, so the first text of one that fits is taken.
            let fits = |text: &String| {
                let length = text.chars().count() as u64;
                let within = |word, or| schema.get(word).and_then(Value::as_u64).unwrap_or(or);
                within("minLength", 0) <= length && length <= within("maxLength", u64::MAX)
            };
            let mut text = || texts.new_tree(&mut runner).expect("a text").current();
            return (0..9).map(|_| text()).find(fits).unwrap_or_else(text);
        }
        if let Some(format) = schema.get("format").and_then(Value::as_str) {
            return self.formatted(format);
        }
        let length = self.count(schema, "minLength", "maxLength", 4);
        let letters = ['a', 'Z', '0', ' ', 'é', '日', '😀', '-'];
        (0..length).map(|_| letters[self.below(letters.len() as u64 - 1) as usize]).collect()
    }

    fn formatted(&mut self, format: &str) -> String {
        let mut of = |choices: &[&str]| choices[self.below(choices.len() as u64 - 1) as usize].to_owned();
        match format {
            "email" => "a@b.example".to_owned(),
            "date" => of(&["1970-01-01", "2000-01-01", "2024-02-29", "1999-12-31", "2099-12-31", "2024-13-01"]),
            // Without seconds, or with a space for the `T`, `jiff` reads more than the format says.
            "date-time" => {
                let day = of(&["1970-01-01", "2024-02-29", "2031-10-05"]);
                let time = of(&["00:00:00", "23:59:59", "12:30:15.5", "01:02:03.123456789", "24:00:00"]);
                let offset = of(&["Z", "+00:00", "-08:30", "+14:00", ""]);
                format!("{day}T{time}{offset}")
            }
            "uuid" => {
                format!("{:08x}-0000-4000-8000-00000000000{}", self.below(u32::MAX.into()), self.below(9))
            }
            "ipv4" => of(&["127.0.0.1", "255.255.255.255", "0.0.0.0", "10.0.0.1", "256.0.0.1"]),
            "ipv6" => of(&["::", "::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4", ":::", "1:2:3:4:5:6:7:8"]),
            "hostname" => of(&["example.org", "a", "xn--bcher-kva.example", "a-.example", "1.2.3.4"]),
            "uri" => of(&[
                "https://example.org/a?b#c",
                "https://9.9.9.9/",
                "http://example.org/",
                "https://localhost/",
                "a b",
            ]),
            other => panic!("no texts for `{other}`"),
        }
    }

    /// A length at an edge, inside, or just outside.
    fn count(&mut self, schema: &Value, min: &str, max: &str, otherwise: u64) -> u64 {
        let read = |word| schema.get(word).and_then(Value::as_u64);
        let (min, max) = (read(min).unwrap_or(0), read(max).unwrap_or(otherwise));
        match self.below(12) {
            0 => min,
            1 => max,
            2 => max + 1,
            3 => min.saturating_sub(1),
            _ => min + self.below(max.saturating_sub(min)),
        }
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let read = |word| schema.get(word).and_then(Value::as_i64);
        let (min, max) = (read("minimum").unwrap_or(-10), read("maximum").unwrap_or(1_000_000));
        if let Some(factor) = read("multipleOf")
            && self.below(9) != 0
        {
            return json!((min / factor + self.below(((max - min) / factor).unsigned_abs()) as i64) * factor);
        }
        match self.below(12) {
            0 => json!(min),
            1 => json!(max),
            2 => json!(i128::from(max) as i64 as f64 as i64)
                .as_i64()
                .map_or(Value::Null, |max| json!(max.saturating_add(1))),
            3 => json!(min.saturating_sub(1)),
            _ => json!(min.saturating_add(self.below((i128::from(max) - i128::from(min)).min(50) as u64) as i64)),
        }
    }

    fn array(&mut self, schema: &'a Value, depth: u32) -> Value {
        if let Some(positions) = schema.get("prefixItems").and_then(Value::as_array) {
            return Value::Array(positions.iter().map(|position| self.of(position, depth + 1)).collect());
        }
        let length = if depth < DEPTH { self.count(schema, "minItems", "maxItems", 3) } else { 0 };
        let null = &Value::Null;
        let items = schema.get("items").unwrap_or(null);
        Value::Array((0..length).map(|_| self.of(items, depth + 1)).collect())
    }

    fn object(&mut self, schema: &'a Value, depth: u32) -> Value {
        let mut object = Map::new();
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                if required.contains(&name.as_str()) || self.below(1) == 0 {
                    object.insert(name.clone(), self.of(property, depth + 1));
                }
            }
        } else if let Some(values @ Value::Object(_)) = schema.get("additionalProperties") {
            let names = schema.get("propertyNames");
            for _ in 0..self.count(schema, "minProperties", "maxProperties", 2) {
                let name = match names {
                    Some(names) if names.get("enum").is_some() => {
                        self.of(names, depth).as_str().unwrap_or_default().to_owned()
                    }
                    Some(names) => self.text(names),
                    None => self.text(&json!({ "maxLength": 3 })),
                };
                object.insert(name, self.of(values, depth + 1));
            }
        }
        Value::Object(object)
    }

    fn mutate(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) if !items.is_empty() && self.below(3) != 0 => {
                let at = self.below(items.len() as u64 - 1) as usize;
                if self.below(3) == 0 {
                    let copy = items[at].clone();
                    items.push(copy);
                } else {
                    self.mutate(&mut items[at]);
                }
            }
            Value::Object(object) if self.below(9) == 0 => *value = Value::Array(object.values().cloned().collect()),
            Value::Object(object) if !object.is_empty() && self.below(5) != 0 => {
                let at = self.below(object.len() as u64 - 1) as usize;
                let name = object.keys().nth(at).expect("within").clone();
                match self.below(5) {
                    0 => drop(object.remove(&name)),
                    1 => drop(object.insert("surplus".to_owned(), Value::Null)),
                    _ => self.mutate(&mut object[&name]),
                }
            }
            Value::Object(object) if !object.is_empty() && self.below(5) == 0 => {
                // A key is changed as a text is.
                let at = self.below(object.len() as u64 - 1) as usize;
                let name = object.keys().nth(at).expect("within").clone();
                let held = object.remove(&name).expect("within");
                let mut key = Value::String(name);
                self.mutate(&mut key);
                object.insert(key.as_str().unwrap_or("007").to_owned(), held);
            }
            Value::String(text) if self.below(2) != 0 => match self.below(4) {
                0 => text.push('!'),
                1 => drop(text.pop()),
                2 => *text = text.to_uppercase(),
                3 => text.push('\n'),
                _ => text.clear(),
            },
            Value::Number(number) if self.below(2) != 0 => {
                let shifted =
                    number.as_i64().map(|number| number.wrapping_mul(-1).saturating_add(self.below(2) as i64));
                *value = shifted.map_or(json!(1.5), |number| json!(number));
            }
            other => {
                let strange =
                    [json!(null), json!(true), json!(3), json!(1.5), json!("x"), json!([]), json!({}), json!(70_000)];
                *other = strange[self.below(strange.len() as u64 - 1) as usize].clone();
            }
        }
    }
}
