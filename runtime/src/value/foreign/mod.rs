//! `Value` for types that read themselves from a text, of the standard library and, each behind its feature, of others.
//!
//! The schema says the form that every reader of it knows. Most of these types read more spellings than that: a UUID
//! without hyphens, a date-time with a space for the `T` or more than nine digits of a second. What the schema accepts is
//! accepted, save for leap seconds and years that the type does not hold.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod net;
mod non_zero;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "uuid")]
mod uuid;

use serde::de::{
    DeserializeOwned,
    value::{Error, StrDeserializer},
};

/// Whether a type reads itself from a text, as it does in a request.
fn reads<T: DeserializeOwned>(text: &str) -> bool {
    T::deserialize(StrDeserializer::<Error>::new(text)).is_ok()
}

/// The row of a type: its `format`, what it is called, and the room for its texts.
macro_rules! formatted {
    ($($ty:ty => $name:literal, $expected:literal, $longest:literal);+ $(;)?) => {
        $(impl $crate::value::Value for $ty {
            const KIND: $crate::policy::Kind = {
                const FORM: $crate::policy::Form =
                    $crate::policy::Form::new($name, $expected, $longest, $crate::value::foreign::reads::<$ty>);
                $crate::policy::Kind::Formatted(&FORM)
            };
        })+
    };
}
use formatted;
