//! The order type checked by careful hand-written code: the limit.

use std::{collections::HashMap, io::Write};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    customer_email: String,
    currency: String,
    items: Vec<LineItem>,
    note: Option<String>,
    shipping: Address,
    tags: Vec<String>,
    metadata: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    sku: String,
    quantity: u32,
    unit_price: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    name: String,
    street: String,
    city: String,
    postcode: String,
    country: String,
}

/// One violation: data only, rendered when somebody asks.
pub struct Violation {
    at: At,
    demand: Demand,
}

enum At {
    Field(&'static str),
    Inner(&'static str, &'static str),
    Item(&'static str, usize),
    ItemField(&'static str, usize, &'static str),
    Entry(&'static str, Box<str>),
}

enum Demand {
    Email,
    Pattern(&'static str),
    Length(Option<u64>, u64),
    Range(u64, u64),
}

const CURRENCY: &str = "[A-Z]{3}";
const SKU: &str = "[A-Z]{3}-[0-9]{4,8}";

impl Order {
    pub fn check(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        if !is_email(self.customer_email.as_bytes()) {
            refuse(&mut found, At::Field("customer_email"), Demand::Email);
        }
        if !is_currency(self.currency.as_bytes()) {
            refuse(&mut found, At::Field("currency"), Demand::Pattern(CURRENCY));
        }
        if self.items.is_empty() || 20 < self.items.len() {
            refuse(&mut found, At::Field("items"), Demand::Length(Some(1), 20));
        }
        for (index, item) in self.items.iter().enumerate() {
            if !is_sku(item.sku.as_bytes()) {
                refuse(&mut found, At::ItemField("items", index, "sku"), Demand::Pattern(SKU));
            }
            if !(1..=1_000).contains(&item.quantity) {
                refuse(&mut found, At::ItemField("items", index, "quantity"), Demand::Range(1, 1_000));
            }
            if !(1..=10_000_000).contains(&item.unit_price) {
                refuse(&mut found, At::ItemField("items", index, "unit_price"), Demand::Range(1, 10_000_000));
            }
        }
        if let Some(note) = &self.note
            && !has_length(note, 0, 500)
        {
            refuse(&mut found, At::Field("note"), Demand::Length(None, 500));
        }
        let address = &self.shipping;
        for (text, name, min, max) in [
            (&address.name, "name", 1, 100),
            (&address.street, "street", 1, 120),
            (&address.city, "city", 1, 60),
            (&address.postcode, "postcode", 3, 12),
            (&address.country, "country", 2, 2),
        ] {
            if !has_length(text, min, max) {
                refuse(&mut found, At::Inner("shipping", name), Demand::Length(Some(min as u64), max as u64));
            }
        }
        if 10 < self.tags.len() {
            refuse(&mut found, At::Field("tags"), Demand::Length(None, 10));
        }
        for (index, tag) in self.tags.iter().enumerate() {
            if !has_length(tag, 1, 24) {
                refuse(&mut found, At::Item("tags", index), Demand::Length(Some(1), 24));
            }
        }
        if 16 < self.metadata.len() {
            refuse(&mut found, At::Field("metadata"), Demand::Length(None, 16));
        }
        for (key, value) in &self.metadata {
            if !has_length(key, 1, 40) {
                refuse(&mut found, At::Entry("metadata", key.as_str().into()), Demand::Length(Some(1), 40));
            }
            if !has_length(value, 0, 200) {
                refuse(&mut found, At::Entry("metadata", key.as_str().into()), Demand::Length(None, 200));
            }
        }
        found
    }

    pub fn total(&self) -> u64 {
        self.items.iter().map(|item| u64::from(item.quantity) * item.unit_price).sum()
    }
}

#[cold]
fn refuse(found: &mut Vec<Violation>, at: At, demand: Demand) {
    if found.is_empty() {
        found.reserve(8);
    }
    found.push(Violation { at, demand });
}

/// A code point takes one to four bytes, so most texts need no counting.
#[inline]
fn has_length(text: &str, min: usize, max: usize) -> bool {
    let bytes = text.len();
    if bytes <= max && (min <= bytes.min(1) || min <= bytes.div_ceil(4)) {
        return true;
    }
    if bytes < min || max < bytes.div_ceil(4) {
        return false;
    }
    let count = text.chars().count();
    min <= count && count <= max
}

#[inline]
fn is_currency(text: &[u8]) -> bool {
    matches!(text, [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z'])
}

#[inline]
pub fn is_sku(text: &[u8]) -> bool {
    match text {
        [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z', b'-', digits @ ..] => {
            4 <= digits.len() && digits.len() <= 8 && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// The valid address of the HTML standard, as Palisade's rule has it.
pub fn is_email(text: &[u8]) -> bool {
    if 254 < text.len() {
        return false;
    }
    let Some(at) = text.iter().position(|byte| !is_local(*byte)) else { return false };
    if at == 0 || 64 < at || text[at] != b'@' {
        return false;
    }
    text[at + 1..].split(|byte| *byte == b'.').all(|label| match label {
        [first, .., last] => {
            label.len() <= 63
                && first.is_ascii_alphanumeric()
                && last.is_ascii_alphanumeric()
                && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        }
        [only] => only.is_ascii_alphanumeric(),
        [] => false,
    })
}

fn is_local(byte: u8) -> bool {
    LOCAL[byte as usize]
}

static LOCAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let others = b".!#$%&'*+/=?^_`{|}~-";
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
};

/// The violations in the very form that Palisade gives them, written without serde.
pub fn to_json(found: &[Violation]) -> Vec<u8> {
    let mut json = Vec::with_capacity(128 * found.len());
    json.push(b'[');
    for (index, violation) in found.iter().enumerate() {
        if 0 < index {
            json.push(b',');
        }
        // Writing into memory cannot fail.
        let _ = write_violation(&mut json, violation);
    }
    json.push(b']');
    json
}

fn write_violation(json: &mut Vec<u8>, violation: &Violation) -> std::io::Result<()> {
    json.extend_from_slice(br#"{"in":"body","pointer":"#);
    match &violation.at {
        At::Field(name) => write!(json, "\"/{name}\"")?,
        At::Inner(outer, name) => write!(json, "\"/{outer}/{name}\"")?,
        At::Item(name, index) => write!(json, "\"/{name}/{index}\"")?,
        At::ItemField(name, index, field) => write!(json, "\"/{name}/{index}/{field}\"")?,
        At::Entry(name, key) => {
            let pointer = format!("/{name}/{}", key.replace('~', "~0").replace('/', "~1"));
            serde_json::to_writer(&mut *json, &pointer)?;
        }
    }
    match violation.demand {
        Demand::Email => json.write_all(br#","code":"email","detail":"must be an e-mail address"}"#),
        Demand::Pattern(pattern) => {
            write!(json, r#","code":"pattern","params":{{"pattern":"{pattern}"}},"detail":"must match `{pattern}`"}}"#)
        }
        Demand::Length(Some(min), max) => write!(
            json,
            r#","code":"length","params":{{"min":{min},"max":{max}}},"detail":"must have a length from {min} to {max}"}}"#
        ),
        Demand::Length(None, max) => write!(
            json,
            r#","code":"length","params":{{"max":{max}}},"detail":"must have a length of at most {max}"}}"#
        ),
        Demand::Range(min, max) => write!(
            json,
            r#","code":"range","params":{{"min":{min},"max":{max}}},"detail":"must be from {min} to {max}"}}"#
        ),
    }
}
