//! The fields of a type from the parts of a multipart body: texts, files by their numbers, and lists of either.

use std::borrow::Cow;

use serde::{
    de::{
        DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    examined::{entered, explanation, undecodable},
    lexical::Lexical,
    tree::Tree,
};
use crate::{
    input::upload::FILE,
    value::{Report, Secure, Surroundings, entrance::Entrance},
};

/// What one part holds, or all parts of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    /// A file that was taken in, by its number.
    File(u64),
    /// A part whose fault is reported already, so that nothing of it is decoded.
    Explained,
    List(Vec<Part>),
}

impl Part {
    pub(crate) fn is_explained(&self) -> bool {
        match self {
            Self::Explained => true,
            Self::List(parts) => parts.iter().any(Self::is_explained),
            Self::Text(_) | Self::File(_) => false,
        }
    }

    fn tree(&self) -> Tree<'_> {
        match self {
            Self::Text(text) => Tree::Lexical(Cow::Borrowed(text)),
            Self::File(_) | Self::Explained => Tree::Explained,
            Self::List(parts) => Tree::List(parts.iter().map(Self::tree).collect()),
        }
    }
}

/// A part under the name that its sender gave it.
pub(crate) type Named = (String, Part);

/// The value that parts hold, clean and sound.
pub(crate) fn from_parts<T: Secure + DeserializeOwned>(parts: &[Named], entrance: Entrance<'_>) -> Result<T, Report> {
    match T::deserialize(MapDeserializer::new(parts.iter().map(|(name, part)| (name.as_str(), part)))) {
        Ok(value) => entered(value, entrance),
        Err(_) => Err(undecodable::<T>(&tree(parts), entrance.surroundings())),
    }
}

/// What is wrong with parts of which one is refused already, beside that one.
pub(crate) fn explain_parts<T: Secure>(parts: &[Named], surroundings: Surroundings) -> Report {
    explanation::<T>(&tree(parts), surroundings)
}

fn tree(parts: &[Named]) -> Tree<'_> {
    Tree::Object(parts.iter().map(|(name, part)| (Cow::Borrowed(name.as_str()), part.tree())).collect())
}

impl<'de> IntoDeserializer<'de, Error> for &'de Part {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! as_texts {
    ($($method:ident),+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.text()?.$method(visitor)
        })+
    };
}

impl<'de> Part {
    fn text(&'de self) -> Result<Lexical<'de>, Error> {
        match self {
            Self::Text(text) => Ok(Lexical(Cow::Borrowed(text))),
            Self::File(_) | Self::Explained | Self::List(_) => Err(Error::custom("no text")),
        }
    }
}

impl<'de> Deserializer<'de> for &'de Part {
    type Error = Error;

    as_texts! {
        deserialize_bool, deserialize_char, deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64,
        deserialize_i128, deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64, deserialize_unit
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Part::List(parts) => visitor.visit_seq(SeqDeserializer::new(parts.iter())),
            Part::Text(_) | Part::File(_) | Part::Explained => self.text()?.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self {
            Part::File(number) if name == FILE => visitor.visit_u64(*number),
            Part::Text(_) | Part::File(_) | Part::Explained | Part::List(_) => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.text()?.deserialize_enum(name, variants, visitor)
    }

    // A field that a type leaves out on purpose may hold anything.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit_struct seq tuple tuple_struct map struct identifier
    }
}
