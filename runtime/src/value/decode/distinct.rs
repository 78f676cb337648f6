//! Decodes as serde does, except that no map has the same key twice, where a map type would keep the last of two silently,
//! and that no list stands in for a struct.
//!
//! A struct refuses a repeated field itself, so only the keys of maps are kept while they are read, and without
//! allocating as long as they are few. The document is read once.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{lexical::Lexical, tree::Key};

/// Decodes a value whose maps have distinct keys.
pub(super) fn decode<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(Distinct(deserializer))
}

/// A deserializer, access or seed, through which everything inside it is decoded with distinct keys.
struct Distinct<I>(I);

/// A visitor that is about to see something that may hold maps.
struct Seeing<V> {
    visitor: V,
    members: Members,
}

/// What the members of an object are, if one comes.
#[derive(Clone, Copy)]
enum Members {
    /// Fields of a struct, which refuses repeated ones itself.
    Fields,
    /// Keys of a map.
    Keys,
}

impl<V> Seeing<V> {
    fn keys(visitor: V) -> Self {
        Self { visitor, members: Members::Keys }
    }
}

/// Scalars hold no maps, so their visitors are left alone.
macro_rules! scalars {
    ($($method:ident),+ $(,)?) => {
        $(#[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            self.0.$method(visitor)
        })+
    };
}

macro_rules! compounds {
    ($($method:ident($($argument:ident: $ty:ty),*)),+ $(,)?) => {
        $(#[inline]
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Self::Error> {
            self.0.$method($($argument,)* Seeing::keys(visitor))
        })+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Distinct<D> {
    type Error = D::Error;

    scalars! {
        deserialize_bool, deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128, deserialize_f32,
        deserialize_f64, deserialize_char, deserialize_str, deserialize_string, deserialize_bytes,
        deserialize_byte_buf, deserialize_unit, deserialize_identifier, deserialize_ignored_any,
    }

    compounds! {
        deserialize_any(),
        deserialize_option(),
        deserialize_seq(),
        deserialize_map(),
        deserialize_unit_struct(name: &'static str),
        deserialize_newtype_struct(name: &'static str),
        deserialize_tuple(length: usize),
        deserialize_tuple_struct(name: &'static str, length: usize),
        deserialize_enum(name: &'static str, variants: &'static [&'static str]),
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_struct(name, fields, Seeing { visitor, members: Members::Fields })
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! seen {
    ($($method:ident: $ty:ty),+ $(,)?) => {
        $(#[inline]
        fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.visitor.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Seeing<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    seen! {
        visit_bool: bool, visit_i8: i8, visit_i16: i16, visit_i32: i32, visit_i64: i64, visit_i128: i128,
        visit_u8: u8, visit_u16: u16, visit_u32: u32, visit_u64: u64, visit_u128: u128, visit_f32: f32, visit_f64: f64,
        visit_char: char, visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
        visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Distinct(deserializer))
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Distinct(deserializer))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        match self.members {
            // Serde would take the items as the fields in their order, which no schema says.
            Members::Fields => Err(A::Error::custom("a list is no object")),
            Members::Keys => self.visitor.visit_seq(Distinct(items)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        match self.members {
            Members::Fields => self.visitor.visit_map(Distinct(members)),
            Members::Keys => self.visitor.visit_map(Entries { members, names: Names::new() }),
        }
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Distinct(variant))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Distinct<S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Distinct(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Distinct<A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Distinct(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Distinct<A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Distinct(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Distinct<A> {
    type Error = A::Error;
    type Variant = Distinct<A::Variant>;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        self.0.variant_seed(seed).map(|(name, content)| (name, Distinct(content)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Distinct<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Distinct(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(length, Seeing::keys(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Seeing { visitor, members: Members::Fields })
    }
}

/// The entries of a map while they are read.
struct Entries<'de, A> {
    members: A,
    names: Names<'de>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'de, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let Some(Key(name)) = self.members.next_key()? else { return Ok(None) };
        if !self.names.insert(name.clone()) {
            return Err(A::Error::custom("a key is there twice"));
        }
        // A key is a text on the wire, whatever it is decoded into.
        seed.deserialize(Lexical(name)).map(Some).map_err(A::Error::custom)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(Distinct(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.members.size_hint()
    }
}

/// Up to this many names are compared one by one, which beats hashing.
const FEW: usize = 16;

/// The names of one map so far.
struct Names<'de> {
    few: [&'de str; FEW],
    count: usize,
    /// Those beyond the few, and those with escapes.
    others: HashSet<Cow<'de, str>>,
}

impl<'de> Names<'de> {
    fn new() -> Self {
        Self { few: [""; FEW], count: 0, others: HashSet::new() }
    }

    /// Takes a name, unless it is there already.
    fn insert(&mut self, name: Cow<'de, str>) -> bool {
        let known = self.few.iter().take(self.count).any(|known| *known == &*name);
        if known || (!self.others.is_empty() && self.others.contains(&name)) {
            return false;
        }
        match (name, self.few.get_mut(self.count)) {
            (Cow::Borrowed(name), Some(place)) => {
                *place = name;
                self.count += 1;
                true
            }
            (name, _) => self.others.insert(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::Deserialize;

    use super::*;

    fn accepts<T: for<'de> Deserialize<'de>>(document: &str) -> bool {
        decode::<T, _>(&mut serde_json::Deserializer::from_str(document)).is_ok()
    }

    #[test]
    fn a_key_is_there_once_at_any_depth_and_in_any_number() {
        let many: Vec<String> = (0..40).map(|at| format!("\"k{at}\":0")).collect();
        let rows = [
            (r#"{"a":1,"b":[{"c":null,"d":"x"}]}"#.to_owned(), true),
            (r#"{"a":1,"a":1}"#.to_owned(), false),
            (r#"{"a":1,"b":[{"c":1,"\u0063":2}]}"#.to_owned(), false),
            (r#"{"a":1,"b":[{"\u0063":1,"c":2}]}"#.to_owned(), false),
            (r#"{"a":{"x":1},"b":{"x":2}}"#.to_owned(), true),
            (format!("{{{}}}", many.join(",")), true),
            (format!("{{{},\"k3\":1}}", many.join(",")), false),
            (format!("{{{},\"k39\":1}}", many.join(",")), false),
        ];
        for (document, expected) in rows {
            assert_eq!(accepts::<serde_json::Value>(&document), expected, "{document}");
        }
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        #[serde(rename = "map")]
        _map: Option<HashMap<String, Vec<u8>>>,
    }

    #[derive(Deserialize)]
    struct Flat {
        #[serde(flatten)]
        _rest: BTreeMap<String, u8>,
    }

    #[derive(Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Maps { _map: BTreeMap<String, u8> },
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "decoding is what is tested")]
    enum External {
        New(BTreeMap<String, u8>),
        Maps { _map: BTreeMap<String, u8> },
    }

    #[test]
    fn a_map_is_found_wherever_serde_puts_it() {
        assert!(accepts::<Fields>(r#"{"map":{"a":[1],"b":[]}}"#));
        assert!(accepts::<Fields>(r#"{"map":null}"#));
        assert!(!accepts::<Fields>(r#"{"map":{"a":[],"a":[]}}"#));
        assert!(!accepts::<Fields>(r#"{"map":null,"map":null}"#));
        assert!(accepts::<Flat>(r#"{"a":1,"b":2}"#));
        assert!(!accepts::<Flat>(r#"{"a":1,"a":2}"#));
        assert!(accepts::<Tagged>(r#"{"kind":"Maps","_map":{"a":1}}"#));
        assert!(!accepts::<Tagged>(r#"{"kind":"Maps","_map":{"a":1,"a":2}}"#));
        assert!(accepts::<External>(r#"{"Maps":{"_map":{"a":1}}}"#));
        assert!(!accepts::<External>(r#"{"Maps":{"_map":{"a":1,"a":2}}}"#));
        assert!(accepts::<External>(r#"{"New":{"a":1}}"#));
        assert!(!accepts::<External>(r#"{"New":{"a":1,"a":2}}"#));
    }

    #[test]
    fn a_list_is_no_struct() {
        assert!(accepts::<Fields>("{}"));
        assert!(!accepts::<Fields>("[null]"));
        assert!(!accepts::<Vec<Fields>>("[[null]]"));
        assert!(accepts::<External>(r#"{"Maps":{"_map":{}}}"#));
        assert!(!accepts::<External>(r#"{"Maps":[{}]}"#));
    }

    #[test]
    fn keys_that_are_no_texts_are_decoded_as_ever() {
        assert!(accepts::<BTreeMap<u32, bool>>(r#"{"1":true,"20":false}"#));
        assert!(!accepts::<BTreeMap<u32, bool>>(r#"{"1":true,"x":false}"#));
        assert!(!accepts::<BTreeMap<u32, bool>>(r#"{"1":true,"1":false}"#));
        assert!(accepts::<HashMap<char, u8>>(r#"{"a":1}"#));
    }
}
