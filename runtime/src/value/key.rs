//! The keys of maps: values that JSON spells as a text.

use std::{
    borrow::Cow,
    fmt::{self, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
    rc::Rc,
    sync::Arc,
};

/// A value that can be the key of a map. `#[derive(Secure)]` implements it for enums without fields, and for newtypes
/// around a key.
///
/// ```
/// use palisade::{prelude::*, value::Key};
///
/// #[derive(serde::Deserialize, Secure, PartialEq, Eq, Hash)]
/// #[serde(rename_all = "lowercase")]
/// enum Size { Small, Large }
///
/// assert!(Size::Small.spell(|text| text == "small"));
/// assert_eq!(7_u32.spell(str::len), 1);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map",
    label = "JSON has no text for it",
    note = "keys are texts, whole numbers, `bool`, `char`, enums without fields and newtypes around one of these, which derive `Secure`"
)]
pub trait Key {
    /// Hands over the key as it is spelled on the wire, made without allocating.
    fn spell<R>(&self, read: impl FnOnce(&str) -> R) -> R;
}

macro_rules! texts {
    ($($text:ty),+ $(,)?) => {
        $(impl Key for $text {
            #[inline]
            fn spell<R>(&self, read: impl FnOnce(&str) -> R) -> R {
                read(self)
            }
        })+
    };
}
texts!(str, String);

macro_rules! seen_through {
    ($($wrapper:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(impl<K: Key + ?Sized $($parameters)*> Key for $wrapper {
            #[inline]
            fn spell<R>(&self, read: impl FnOnce(&str) -> R) -> R {
                (**self).spell(read)
            }
        })+
    };
}
seen_through!(&K [], Box<K> [], Rc<K> [], Arc<K> [], Cow<'_, K> [+ ToOwned]);

// Those not zero with a sign are no keys: their numerals are no range that a schema could say in one pattern.
macro_rules! displayed {
    ($($ty:ty),+ $(,)?) => {
        $(impl Key for $ty {
            fn spell<R>(&self, read: impl FnOnce(&str) -> R) -> R {
                spell_displayed(self, read)
            }
        })+
    };
}
displayed!(
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    bool,
    char,
    NonZero<u8>,
    NonZero<u16>,
    NonZero<u32>,
    NonZero<u64>,
    NonZero<u128>,
    NonZero<usize>,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
);
#[cfg(feature = "uuid")]
displayed!(uuid::Uuid);

/// For types that display as they are spelled. One longer than 64 bytes is cut, which the built-in ones are not.
fn spell_displayed<R>(key: &impl fmt::Display, read: impl FnOnce(&str) -> R) -> R {
    let mut spelled = Spelled { bytes: [0; 64], length: 0 };
    // It fails when there is no room left, and what is there is whole code points.
    let _ = write!(spelled, "{key}");
    let written = spelled.bytes.get(..spelled.length).unwrap_or_default();
    read(std::str::from_utf8(written).unwrap_or_default())
}

/// A key as spelled, on the stack.
struct Spelled {
    bytes: [u8; 64],
    length: usize,
}

impl Write for Spelled {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check<K: Key + serde::Serialize + std::hash::Hash + Eq>(key: K) {
        let spelled = key.spell(str::to_owned);
        let map = serde_json::to_value(std::collections::HashMap::from([(key, 0)])).unwrap();
        assert_eq!(map.as_object().unwrap().keys().next().unwrap(), &spelled);
    }

    proptest! {
        #[test]
        fn is_spelled_as_serde_spells_it(text: String, unsigned: u64, signed: i128, character: char, flag: bool, octets: [u8; 16]) {
            check(Cow::Borrowed(text.as_str()));
            check(Box::new(text));
            check(unsigned);
            check(signed);
            check(u128::MAX);
            check(character);
            check(flag);
            check(Ipv6Addr::from(octets));
            #[cfg(feature = "uuid")]
            check(uuid::Uuid::from_bytes(octets));
        }
    }
}
