//! Every whole number in a schema gets the format and the bounds of its Rust type, where no rule says less.

use schemars::{
    Schema,
    transform::{RecursiveTransform, Transform},
};
use serde_json::{Number, Value};

/// Completes every whole number in `schema`, at any depth. Completing twice changes nothing.
pub(crate) fn bound(schema: &mut Schema) {
    RecursiveTransform(bound_one).transform(schema);
}

fn bound_one(schema: &mut Schema) {
    if !is_integer(schema) {
        return;
    }
    let Some((lowest, highest)) = schema.get("format").and_then(Value::as_str).and_then(range) else { return };
    let Some(members) = schema.as_object_mut() else { return };
    for (key, other, bound) in [("minimum", "exclusiveMinimum", lowest), ("maximum", "exclusiveMaximum", highest)] {
        if !members.contains_key(key) && !members.contains_key(other) {
            members.insert(key.to_owned(), Value::Number(number(bound)));
        }
    }
    let minimum = members.get("minimum").and_then(Value::as_i64);
    let maximum = members.get("maximum").and_then(Value::as_i64);
    members.insert("format".to_owned(), format(lowest, highest, minimum.is_some() && maximum.is_some()).into());
}

fn is_integer(schema: &Schema) -> bool {
    match schema.get("type") {
        Some(Value::String(ty)) => ty == "integer",
        Some(Value::Array(types)) => types.iter().any(|ty| ty == "integer"),
        Some(_) | None => false,
    }
}

/// What a type holds, by the format that schemars gives it.
fn range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "int128" => (i128::MIN, i128::MAX),
        "int" => (isize::MIN as i128, isize::MAX as i128),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        "uint128" => (0, i128::MAX),
        "uint" => (0, usize::MAX as i128),
        _ => return None,
    })
}

/// The formats that every reader knows are two; beyond them, the format registry of `OpenAPI` has `uint64`.
fn format(lowest: i128, highest: i128, fits_int64: bool) -> &'static str {
    if i128::from(i32::MIN) <= lowest && highest <= i128::from(i32::MAX) {
        "int32"
    } else if fits_int64 {
        "int64"
    } else if lowest == 0 && highest <= i128::from(u64::MAX) {
        "uint64"
    } else if lowest == 0 {
        "uint128"
    } else {
        "int128"
    }
}

/// The number; beyond 64 bits, the nearest that JSON readers hold.
pub(super) fn number(value: i128) -> Number {
    Number::from_i128(value).or_else(|| Number::from_f64(value as f64)).unwrap_or_else(|| Number::from(0))
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;
    use serde_json::json;

    use super::*;

    fn check<T: schemars::JsonSchema>(expected: &Value) {
        let mut schema = schema_for!(T);
        bound(&mut schema);
        bound(&mut schema);
        for key in ["type", "format", "minimum", "maximum"] {
            assert_eq!(schema.get(key), expected.get(key), "{key} of {}", T::schema_name());
        }
    }

    #[test]
    fn every_integer_has_the_format_and_bounds_of_its_type() {
        check::<i8>(&json!({ "type": "integer", "format": "int32", "minimum": -128, "maximum": 127 }));
        check::<u16>(&json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 65_535 }));
        check::<i32>(&json!({ "type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX }));
        check::<u32>(&json!({ "type": "integer", "format": "int64", "minimum": 0, "maximum": u32::MAX }));
        check::<i64>(&json!({ "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": i64::MAX }));
        check::<u64>(&json!({ "type": "integer", "format": "uint64", "minimum": 0, "maximum": u64::MAX }));
        check::<i128>(
            &json!({ "type": "integer", "format": "int128", "minimum": i128::MIN as f64, "maximum": i128::MAX as f64 }),
        );
        check::<std::num::NonZeroU8>(&json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 255 }));
        check::<Option<u32>>(
            &json!({ "type": ["integer", "null"], "format": "int64", "minimum": 0, "maximum": u32::MAX }),
        );
        check::<f64>(&json!({ "type": "number", "format": "double" }));
        check::<String>(&json!({ "type": "string" }));
    }

    #[test]
    fn a_bound_that_is_there_stays() {
        let mut schema = schemars::json_schema!({ "type": "integer", "format": "uint64", "minimum": 3, "maximum": 9 });
        bound(&mut schema);
        assert_eq!(schema, json!({ "type": "integer", "format": "int64", "minimum": 3, "maximum": 9 }));
    }

    #[test]
    fn numbers_are_found_at_any_depth() {
        let mut schema = schema_for!(Vec<(u8, std::collections::BTreeMap<String, i16>)>);
        bound(&mut schema);
        let tuple = schema.pointer("/items/prefixItems").unwrap();
        assert_eq!(tuple[0]["maximum"], 255);
        assert_eq!(tuple[1]["additionalProperties"]["format"], "int32");
    }
}
