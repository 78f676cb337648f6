//! `Value` for the types of the standard library.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::{BuildHasher, Hash},
    rc::Rc,
    sync::Arc,
};

use super::{
    Audience, Each, Entries, Key, Path, Report, Step, Value, check_each, check_keys, check_values, refuse_here,
};
use crate::{
    policy::{Field, Kind, Shape},
    rules::standing::Standing,
};

macro_rules! scalars {
    ($($scalar:ty => $kind:expr),+ $(,)?) => {
        $(impl Value for $scalar {
            const KIND: Kind = $kind;
            const IS_PLAIN: bool = true;
        })+
    };
}

macro_rules! integers {
    ($($integer:ident),+) => {
        scalars!($($integer => Kind::Integer($integer::MIN as i128, $integer::MAX as i128)),+);
    };
}

integers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, i128, isize);

scalars! {
    // What lies beyond cannot be written as a bound.
    u128 => Kind::Integer(0, i128::MAX),
    bool => Kind::Boolean,
    String => Kind::Text,
    str => Kind::Text,
    Cow<'_, str> => Kind::Text,
    char => Kind::Choice,
    () => Kind::Choice,
}

macro_rules! floats {
    ($($float:ty),+) => {
        $(impl Value for $float {
            const KIND: Kind = Kind::Number;

            // JSON has no such number, but a query can say `NaN`, and a large one is infinite as an `f32`.
            #[inline]
            fn check(&self, path: &Path<'_>, report: &mut Report) {
                if !self.is_finite() {
                    refuse_here(report, path, &Standing::Magnitude);
                }
            }
        })+
    };
}
floats!(f32, f64);

impl Value for serde_json::Value {
    const KIND: Kind = Kind::Opaque;
    const IS_PLAIN: bool = true;

    fn shape() -> Shape {
        Shape::Opaque
    }
}

impl<T: Value + ?Sized> Value for &T {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const IS_PLAIN: bool = T::IS_PLAIN;
    const REGARDS_CALLERS: bool = may_regard(&T::KIND);

    fn shape() -> Shape {
        T::shape()
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        (**self).regard_in_place(path, audience);
    }

    fn check(&self, path: &Path<'_>, report: &mut Report) {
        (**self).check(path, report);
    }
}

impl<T: Value> Value for Option<T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const IS_PLAIN: bool = T::IS_PLAIN;
    const REGARDS_CALLERS: bool = T::REGARDS_CALLERS;

    fn shape() -> Shape {
        Shape::Nullable(T::shape)
    }

    #[inline]
    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        if let Some(value) = self {
            value.regard_in_place(path, audience);
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(Value::is_absent)
    }

    #[inline]
    fn clean(&mut self) {
        if let Some(value) = self {
            value.clean();
        }
    }

    #[inline]
    fn check(&self, path: &Path<'_>, report: &mut Report) {
        if let Some(value) = self {
            value.check(path, report);
        }
    }
}

impl<T: Value + ?Sized> Value for Box<T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const IS_PLAIN: bool = T::IS_PLAIN;
    const REGARDS_CALLERS: bool = may_regard(&T::KIND);

    fn shape() -> Shape {
        T::shape()
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        (**self).regard_in_place(path, audience);
    }

    fn clean(&mut self) {
        (**self).clean();
    }

    fn check(&self, path: &Path<'_>, report: &mut Report) {
        (**self).check(path, report);
    }
}

macro_rules! shared {
    ($($pointer:ident),+) => {
        $(impl<T: Value + ?Sized> Value for $pointer<T> {
            const KIND: Kind = T::KIND;
            const FIELDS: &'static [Field] = T::FIELDS;
            const IS_PLAIN: bool = T::IS_PLAIN;
            const REGARDS_CALLERS: bool = may_regard(&T::KIND);

            fn shape() -> Shape {
                T::shape()
            }

            fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
                (**self).regard_in_place(path, audience);
            }

            #[inline]
            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }

            fn clean(&mut self) {
                // Decoded a moment ago, so nobody else holds it.
                if let Some(value) = $pointer::get_mut(self) {
                    value.clean();
                }
            }

            fn check(&self, path: &Path<'_>, report: &mut Report) {
                (**self).check(path, report);
            }
        })+
    };
}
shared!(Rc, Arc);

impl<T: Value + Clone> Value for Cow<'_, T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const REGARDS_CALLERS: bool = may_regard(&T::KIND);

    fn shape() -> Shape {
        T::shape()
    }

    fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
        (**self).regard_in_place(path, audience);
    }

    fn clean(&mut self) {
        self.to_mut().clean();
    }

    fn check(&self, path: &Path<'_>, report: &mut Report) {
        (**self).check(path, report);
    }
}

macro_rules! lists {
    ($($list:ty [$($parameters:tt)*] $kind:expr => $shape:expr),+ $(,)?) => {
        $(impl<$($parameters)*> Value for $list {
            const KIND: Kind = $kind;
            const IS_PLAIN: bool = T::IS_PLAIN;
            const REGARDS_CALLERS: bool = may_regard(&T::KIND);

            fn shape() -> Shape {
                $shape
            }

            fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
                if T::REGARDS_CALLERS {
                    for (index, item) in self.items().enumerate() {
                        audience.below(path, Step::Index(index), |path, audience| item.regard(path, audience));
                    }
                }
            }

            #[inline]
            fn clean(&mut self) {
                if !T::IS_PLAIN {
                    self.edit_items(Value::clean);
                }
            }

            #[inline]
            fn check(&self, path: &Path<'_>, report: &mut Report) {
                if !T::IS_PLAIN {
                    check_each(self, path, report, Value::check);
                }
            }
        })+
    };
}
lists!(
    Vec<T> [T: Value] Kind::List(&T::KIND) => Shape::List(T::shape),
    [T] [T: Value] Kind::List(&T::KIND) => Shape::List(T::shape),
    VecDeque<T> [T: Value] Kind::List(&T::KIND) => Shape::List(T::shape),
    Cow<'_, [T]> [T: Value + Clone] Kind::List(&T::KIND) => Shape::List(T::shape),
    [T; N] [T: Value, const N: usize] Kind::Array(&T::KIND, N as u64) => Shape::Array(T::shape, N as u64),
    BTreeSet<T> [T: Value + Ord] Kind::List(&T::KIND) => Shape::List(T::shape),
    HashSet<T, H> [T: Value + Eq + Hash, H: BuildHasher + Default] Kind::List(&T::KIND) => Shape::List(T::shape),
);

macro_rules! maps {
    ($($map:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(impl<$($parameters)*> Value for $map {
            const KIND: Kind = Kind::Map(&K::KIND, &V::KIND);
            const IS_PLAIN: bool = K::IS_PLAIN && V::IS_PLAIN;
            const REGARDS_CALLERS: bool = K::REGARDS_CALLERS || may_regard(&V::KIND);

            fn shape() -> Shape {
                Shape::Map(K::shape, V::shape)
            }

            fn regard(&self, path: &Path<'_>, audience: &mut Audience<'_>) {
                if K::REGARDS_CALLERS {
                    // A key is not written as a value is: one that is masked does not leave.
                    self.entries().for_each(|(key, _)| audience.rewritten(|audience| key.regard(path, audience)));
                }
                if V::REGARDS_CALLERS {
                    for (key, value) in self.entries() {
                        key.spell(|key| {
                            audience.below(path, Step::Key(key), |path, audience| value.regard(path, audience));
                        });
                    }
                }
            }

            #[inline]
            fn clean(&mut self) {
                if !V::IS_PLAIN {
                    self.edit_values(Value::clean);
                }
            }

            #[inline]
            fn check(&self, path: &Path<'_>, report: &mut Report) {
                match K::KIND {
                    // They have nothing of their own to check.
                    Kind::Integer(..) | Kind::Boolean => {}
                    _ if K::IS_PLAIN => {}
                    _ => check_keys(self, path, report, Value::check),
                }
                if !V::IS_PLAIN {
                    check_values(self, path, report, Value::check);
                }
            }
        })+
    };
}
maps!(
    BTreeMap<K, V> [K: Value + Key, V: Value],
    HashMap<K, V, H> [K: Value + Key, V: Value, H: BuildHasher],
);

/// Whether a type of this kind may regard callers. Where a type can hold itself, its own constant would be a circle.
const fn may_regard(kind: &Kind) -> bool {
    match kind {
        Kind::Object => true,
        Kind::List(item) | Kind::Array(item, _) => may_regard(item),
        Kind::Map(_, value) => may_regard(value),
        Kind::Text
        | Kind::Integer(..)
        | Kind::Number
        | Kind::Boolean
        | Kind::Choice
        | Kind::Formatted(_)
        | Kind::Opaque => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_finite_without_a_rule() {
        let count = |value: &dyn Fn(&Path<'_>, &mut Report)| {
            let mut report = Report::new();
            value(&Path::root(), &mut report);
            report.len()
        };
        for (value, expected) in [(0.5, 0), (f64::MAX, 0), (f64::NAN, 1), (f64::INFINITY, 1), (f64::NEG_INFINITY, 1)] {
            assert_eq!(count(&|path, report| Value::check(&value, path, report)), expected, "{value}");
        }
        assert_eq!(count(&|path, report| Value::check(&Some(vec![f32::INFINITY]), path, report)), 1);
    }
}
