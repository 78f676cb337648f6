//! Decodes a tree whose leaves are texts into the type that it stands for.

use std::borrow::Cow;

use serde::de::{
    self, Deserializer as _, IntoDeserializer, Visitor,
    value::{Error, MapDeserializer, SeqDeserializer},
};

use super::{
    explain::has_duplicates,
    lexical::{Lexical, refused},
    tree::Tree,
};

/// The name by which a file asks for itself: no other decoder answers to it.
#[cfg(feature = "multipart")]
pub(crate) const FILE: &str = "$palisade::File";

/// A tree of texts, lists and objects, as the type behind it asks for it.
#[derive(Clone, Copy)]
pub(super) struct Spelled<'de>(pub(super) &'de Tree<'de>);

impl<'de> Spelled<'de> {
    /// The one text that it is.
    fn text(self) -> Result<Lexical<'de>, Error> {
        match self.0 {
            Tree::Lexical(text) => Ok(Lexical((&**text).into())),
            _ => Err(refused()),
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Spelled<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! texts {
    ($($method:ident),+ $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.text()?.$method(visitor)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Spelled<'de> {
    type Error = Error;

    texts! {
        deserialize_bool, deserialize_char, deserialize_str, deserialize_string, deserialize_bytes, deserialize_byte_buf,
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64, deserialize_unit, deserialize_identifier,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Lexical(text) => visitor.visit_borrowed_str(text),
            Tree::List(items) => SeqDeserializer::new(items.iter().map(Spelled)).deserialize_any(visitor),
            // Of names in a map, the last would win, and what is kept for a variant may become one.
            Tree::Object(members) if has_duplicates(members) => Err(refused()),
            Tree::Object(members) => object(members, visitor),
            #[cfg(feature = "multipart")]
            Tree::File(_) | Tree::Explained => Err(refused()),
            Tree::Null | Tree::Boolean(_) | Tree::Integer(_) | Tree::Number(_) | Tree::Text(_) => Err(refused()),
        }
    }

    // Fields of a struct are told apart by serde.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Tree::Object(members) => object(members, visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            #[cfg(feature = "multipart")]
            Tree::File(number) if name == FILE => visitor.visit_u64(*number),
            _ => {
                let _ = name;
                visitor.visit_newtype_struct(self)
            }
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.text()?.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        unit_struct seq map tuple tuple_struct
    }
}

fn object<'de, V: Visitor<'de>>(members: &'de [(Cow<'de, str>, Tree<'de>)], visitor: V) -> Result<V::Value, Error> {
    let members = members.iter().map(|(name, tree)| (&**name, Spelled(tree)));
    MapDeserializer::new(members).deserialize_any(visitor)
}
