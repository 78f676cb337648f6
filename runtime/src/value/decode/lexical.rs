//! Decodes texts, as queries, paths and command lines hold them, into the types they stand for, strictly.

use std::borrow::Cow;

use serde::de::{self, IntoDeserializer, Visitor, value::Error};

/// One decoded text, as the scalar its target type asks for.
#[derive(Debug, Clone)]
pub(crate) struct Lexical<'a>(pub(crate) Cow<'a, str>);

impl<'de> IntoDeserializer<'de, Error> for Lexical<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

pub(super) fn refused() -> Error {
    de::Error::custom("not of the expected type")
}

/// Whether a text is a number as JSON writes it: `+1`, `01`, `inf` and `NaN` are not.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let (first, second) = (digits.as_bytes().first(), digits.as_bytes().get(1));
    let leading_zero = first == Some(&b'0') && second.is_some_and(u8::is_ascii_digit);
    plain && first.is_some_and(u8::is_ascii_digit) && !leading_zero && text != "-0"
}

macro_rules! numbers {
    ($($method:ident => $visit:ident : $number:ty),+ $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = Some(&*self.0).filter(|text| is_number(text)).and_then(|text| text.parse::<$number>().ok());
            visitor.$visit(number.ok_or_else(refused)?)
        })+
    };
}

macro_rules! parsed {
    ($($method:ident => $visit:ident : $scalar:ty),+ $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.0.parse::<$scalar>().map_err(|_| refused())?)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Lexical<'de> {
    type Error = Error;

    numbers! {
        deserialize_i8 => visit_i8: i8,
        deserialize_i16 => visit_i16: i16,
        deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64,
        deserialize_i128 => visit_i128: i128,
        deserialize_u8 => visit_u8: u8,
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
        deserialize_u64 => visit_u64: u64,
        deserialize_u128 => visit_u128: u128,
        deserialize_f32 => visit_f32: f32,
        deserialize_f64 => visit_f64: f64,
    }

    parsed! {
        deserialize_bool => visit_bool: bool,
        deserialize_char => visit_char: char,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(refused())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        str string bytes byte_buf unit_struct seq tuple tuple_struct map struct identifier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        for text in ["0", "7", "-7", "120", "1.5", "0.5", "1e3"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "+1", "01", "-01", "-0", "inf", "NaN", " 1", "1 ", "0x1", "-", ".5", "١"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
