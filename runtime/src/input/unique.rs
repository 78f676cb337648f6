//! Whether the member names of every object are distinct. Decoding into a map would keep the last of two silently.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::tree::Key;

/// Decodes from a document whose objects have distinct member names, and from no other.
pub(crate) struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor)
    }
}

struct UniqueVisitor;

/// Up to this many names are compared one by one, which beats sorting.
const FEW: usize = 16;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_bool<E>(self, _value: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _value: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _value: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _value: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _value: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Unique, A::Error> {
        while let Some(Unique) = items.next_element()? {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Unique, A::Error> {
        let mut names: Vec<Cow<'de, str>> = Vec::with_capacity(FEW);
        while let Some(Key(name)) = members.next_key()? {
            if names.len() < FEW && names.contains(&name) {
                return Err(A::Error::custom("a member is there twice"));
            }
            names.push(name);
            members.next_value::<Unique>()?;
        }
        if FEW < names.len() {
            names.sort_unstable();
            if names.windows(2).any(|pair| pair.first() == pair.last()) {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_duplicate_at_any_depth_and_any_size() {
        let many: Vec<String> = (0..40).map(|at| format!("\"k{at}\":0")).collect();
        let rows = [
            (r#"{"a":1,"b":[{"c":null,"d":"x"}]}"#.to_owned(), true),
            (r#"{"a":1,"b":[{"c":1,"\u0063":2}]}"#.to_owned(), false),
            (format!("{{{}}}", many.join(",")), true),
            (format!("{{{},\"k3\":1}}", many.join(",")), false),
        ];
        for (document, expected) in rows {
            assert_eq!(serde_json::from_str::<Unique>(&document).is_ok(), expected, "{document}");
        }
    }
}
