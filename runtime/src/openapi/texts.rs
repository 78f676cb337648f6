//! Every text in a document says which texts it admits. Where no rule says so, that is any.

use schemars::{
    Schema,
    transform::{RecursiveTransform, Transform},
};
use serde_json::Value;

/// Matches every text, line ends included.
const ANY: &str = r"^[\s\S]*$";

/// Completes every text in `schema`, at any depth.
pub(super) fn restrict(schema: &mut Schema) {
    RecursiveTransform(|schema: &mut Schema| {
        let says = ["pattern", "format", "enum", "const"].iter().any(|keyword| schema.get(*keyword).is_some());
        if is_text(schema) && !says {
            schema.insert("pattern".to_owned(), ANY.into());
        }
    })
    .transform(schema);
}

fn is_text(schema: &Schema) -> bool {
    match schema.get("type") {
        Some(Value::String(ty)) => ty == "string",
        Some(Value::Array(types)) => types.iter().any(|ty| ty == "string"),
        Some(_) | None => false,
    }
}
