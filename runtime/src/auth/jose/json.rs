//! Reads a JSON object strictly: UTF-8, no duplicate member names, bounded depth, nothing after it.

use std::{fmt, sync::LazyLock};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep objects and arrays may nest, the outermost included.
const DEPTH: u8 = 16;

/// The bytes are not a JSON object as strict as wanted here.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::auth) struct NotAnObject;

/// Parses `bytes` as one object.
pub(in crate::auth) fn object(bytes: &[u8]) -> Result<Map<String, Value>, NotAnObject> {
    let text = str::from_utf8(bytes).map_err(|_| NotAnObject)?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Strict { depth: DEPTH }.deserialize(&mut json).map_err(|_| NotAnObject)?;
    json.end().map_err(|_| NotAnObject)?;
    match value {
        Value::Object(map) => Ok(map),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Err(NotAnObject),
    }
}

/// Builds a value and refuses what `serde_json` alone lets pass.
struct Strict {
    /// How many more levels may open.
    depth: u8,
}

impl Strict {
    fn inner<E: de::Error>(&self) -> Result<Self, E> {
        self.depth.checked_sub(1).map(|depth| Self { depth }).ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not finite"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner()?)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER && *NUMBERS_COME_AS_MAPS {
                return number(&members.next_value::<String>()?);
            }
            let value = members.next_value_seed(self.inner()?)?;
            if map.insert(name, value).is_some() {
                return Err(de::Error::custom("a member name is there twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

/// The member name under which `serde_json` hands out numbers when its feature `arbitrary_precision` is on.
const NUMBER: &str = "$serde_json::private::Number";

/// Any crate of a build can switch that feature on for all of them, and every token would then be refused.
static NUMBERS_COME_AS_MAPS: LazyLock<bool> =
    LazyLock::new(|| serde_json::from_str::<Value>("1.00").is_ok_and(|number| number.to_string().len() == 4));

fn number<E: de::Error>(text: &str) -> Result<Value, E> {
    // As without the feature: what no float can hold is refused.
    let number = text.parse::<Number>().map_err(E::custom)?;
    if number.as_f64().is_some_and(f64::is_finite) { Ok(Value::Number(number)) } else { Err(E::custom("not finite")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_30_a_member_name_said_twice_is_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#, r#"{"a":{"b":1,"b":2}}"#, r#"{"a":[{"b":1,"b":2}]}"#]
        {
            assert_eq!(object(text.as_bytes()), Err(NotAnObject), "{text}");
        }
        assert!(object(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
    }

    #[test]
    fn rule_31_only_one_utf_8_object_is_accepted() {
        let refused: [&[u8]; 15] = [
            b"",
            b"null",
            b"[]",
            b"\"text\"",
            b"1",
            b"{} {}",
            b"{}x",
            b"{\"a\":1,}",
            b"{'a':1}",
            b"\xEF\xBB\xBF{}",
            b"{\"a\":\"\xFF\"}",
            b"{\"a\":\"\\ud800\"}",
            b"{\"a\":1e999}",
            b"{\"a\":NaN}",
            b"{\"a\":01}",
        ];
        for text in refused {
            assert_eq!(object(text), Err(NotAnObject), "{}", String::from_utf8_lossy(text));
        }
        assert!(object(b" { } ").is_ok_and(|map| map.is_empty()));
    }

    #[test]
    fn rule_31_depth_is_capped() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(object(nested(15).as_bytes()).is_ok());
        assert_eq!(object(nested(16).as_bytes()), Err(NotAnObject));
        assert_eq!(object(nested(4_000).as_bytes()), Err(NotAnObject));
    }

    #[test]
    fn values_arrive_as_serde_json_would_read_them() {
        let text = r#"{"n":null,"t":true,"i":-3,"u":18446744073709551615,"f":1.5,"s":"a\nb","l":[1,{"x":[]}]}"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(object(text.as_bytes()).map(Value::Object), Ok(expected));
    }

    #[test]
    fn an_object_cannot_pose_as_a_number() {
        let map = object(br#"{"exp":{"$serde_json::private::Number":"9"}}"#).unwrap();
        assert_eq!(map.get("exp").is_some_and(Value::is_number), *NUMBERS_COME_AS_MAPS);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = object(&bytes);
        }
    }
}
