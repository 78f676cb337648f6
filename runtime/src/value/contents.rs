//! What lists and maps hold, for `each(..)`, `keys(..)` and `values(..)`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::BuildHasher,
    rc::Rc,
    sync::Arc,
};

use super::{Key, Path, Report};

/// A list: something with items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no items",
    label = "`each(..)` is for lists",
    note = "on a map, write `keys(..)` and `values(..)`"
)]
pub trait Each {
    /// The type of an item.
    type Item;

    /// The items with their places.
    fn items<'a>(&'a self) -> impl Iterator<Item = &'a Self::Item>
    where
        Self::Item: 'a;

    /// Runs `edit` on every item that can be changed where it stands.
    fn edit_items(&mut self, edit: impl FnMut(&mut Self::Item));
}

/// A map: something with keys and values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no keys and values",
    label = "`keys(..)` and `values(..)` are for maps",
    note = "on a list, write `each(..)`"
)]
pub trait Entries {
    /// The type of a key.
    type Key: Key;
    /// The type of a value.
    type Value;

    /// The entries, in the order of the map.
    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a Self::Key, &'a Self::Value)>
    where
        Self::Key: 'a,
        Self::Value: 'a;

    /// Runs `edit` on every value.
    fn edit_values(&mut self, edit: impl FnMut(&mut Self::Value));
}

/// The type of a list's items.
pub type Item<T> = <T as Each>::Item;
/// The type of a map's keys.
pub type KeyOf<T> = <T as Entries>::Key;
/// The type of a map's values.
pub type ValueOf<T> = <T as Entries>::Value;

macro_rules! lists {
    ($($list:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($parameters)*> Each for $list {
            type Item = T;

            #[inline]
            fn items<'a>(&'a self) -> impl Iterator<Item = &'a T>
            where
                T: 'a,
            {
                self.iter()
            }

            #[inline]
            fn edit_items(&mut self, edit: impl FnMut(&mut T)) {
                self.iter_mut().for_each(edit);
            }
        })+
    };
}
lists!([T] [T], Vec<T> [T], VecDeque<T> [T], [T; N] [T, const N: usize]);

macro_rules! sets {
    ($($set:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($parameters)*> Each for $set {
            type Item = T;

            fn items<'a>(&'a self) -> impl Iterator<Item = &'a T>
            where
                T: 'a,
            {
                self.iter()
            }

            // Cleaning can make two members one, so the set is built anew.
            fn edit_items(&mut self, mut edit: impl FnMut(&mut T)) {
                let cleaned = std::mem::take(self).into_iter().map(|mut item| {
                    edit(&mut item);
                    item
                });
                *self = cleaned.collect();
            }
        })+
    };
}
sets!(BTreeSet<T> [T: Ord], HashSet<T, H> [T: Eq + std::hash::Hash, H: BuildHasher + Default]);

#[diagnostic::do_not_recommend]
impl<L: Each> Each for Option<L> {
    type Item = L::Item;

    #[inline]
    fn items<'a>(&'a self) -> impl Iterator<Item = &'a L::Item>
    where
        L::Item: 'a,
    {
        self.iter().flat_map(Each::items)
    }

    #[inline]
    fn edit_items(&mut self, edit: impl FnMut(&mut L::Item)) {
        if let Some(list) = self {
            list.edit_items(edit);
        }
    }
}

macro_rules! pointers_to_lists {
    ($($pointer:ty [$($parameters:tt)*] $list:ident => $edited:expr),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<L: Each + ?Sized $($parameters)*> Each for $pointer {
            type Item = L::Item;

            #[inline]
            fn items<'a>(&'a self) -> impl Iterator<Item = &'a L::Item>
            where
                L::Item: 'a,
            {
                (**self).items()
            }

            #[inline]
            fn edit_items(&mut self, edit: impl FnMut(&mut L::Item)) {
                let $list = self;
                if let Some(list) = $edited {
                    list.edit_items(edit);
                }
            }
        })+
    };
}
pointers_to_lists!(
    Box<L> [] list => Some(&mut **list),
    // Decoded a moment ago, so nobody else holds it.
    Rc<L> [] list => Rc::get_mut(list),
    Arc<L> [] list => Arc::get_mut(list),
    Cow<'_, L> [+ ToOwned<Owned: Each<Item = L::Item>>] list => Some(list.to_mut()),
);

/// Borrowed items belong to somebody else, and are left as they are.
#[diagnostic::do_not_recommend]
impl<L: Each + ?Sized> Each for &L {
    type Item = L::Item;

    fn items<'a>(&'a self) -> impl Iterator<Item = &'a L::Item>
    where
        L::Item: 'a,
    {
        (**self).items()
    }

    fn edit_items(&mut self, _edit: impl FnMut(&mut L::Item)) {}
}

macro_rules! maps {
    ($($map:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(impl<$($parameters)*> Entries for $map {
            type Key = K;
            type Value = V;

            #[inline]
            fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
            where
                K: 'a,
                V: 'a,
            {
                self.iter()
            }

            #[inline]
            fn edit_values(&mut self, edit: impl FnMut(&mut V)) {
                self.values_mut().for_each(edit);
            }
        })+
    };
}
maps!(BTreeMap<K, V> [K: Key, V], HashMap<K, V, H> [K: Key, V, H: BuildHasher]);

#[diagnostic::do_not_recommend]
impl<M: Entries> Entries for Option<M> {
    type Key = M::Key;
    type Value = M::Value;

    #[inline]
    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a M::Key, &'a M::Value)>
    where
        M::Key: 'a,
        M::Value: 'a,
    {
        self.iter().flat_map(Entries::entries)
    }

    #[inline]
    fn edit_values(&mut self, edit: impl FnMut(&mut M::Value)) {
        if let Some(map) = self {
            map.edit_values(edit);
        }
    }
}

macro_rules! pointers_to_maps {
    ($($pointer:ty [$($parameters:tt)*] $map:ident => $edited:expr),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<M: Entries $($parameters)*> Entries for $pointer {
            type Key = M::Key;
            type Value = M::Value;

            fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a M::Key, &'a M::Value)>
            where
                M::Key: 'a,
                M::Value: 'a,
            {
                (**self).entries()
            }

            fn edit_values(&mut self, edit: impl FnMut(&mut M::Value)) {
                let $map = self;
                if let Some(map) = $edited {
                    map.edit_values(edit);
                }
            }
        })+
    };
}
pointers_to_maps!(
    Box<M> [] map => Some(&mut **map),
    // Decoded a moment ago, so nobody else holds it.
    Rc<M> [] map => Rc::get_mut(map),
    Arc<M> [] map => Arc::get_mut(map),
    Cow<'_, M> [+ Clone] map => Some(map.to_mut()),
);

/// Checks each item of a list.
#[inline]
pub fn check_each<L: Each + ?Sized>(
    list: &L,
    path: &Path<'_>,
    report: &mut Report,
    check: impl Fn(&L::Item, &Path<'_>, &mut Report),
) {
    for (index, item) in list.items().enumerate() {
        check(item, &path.index(index), report);
    }
}

/// Checks each key of a map.
#[inline]
pub fn check_keys<M: Entries>(
    map: &M,
    path: &Path<'_>,
    report: &mut Report,
    check: impl Fn(&M::Key, &Path<'_>, &mut Report),
) {
    for (key, _) in map.entries() {
        key.spell(|spelled| check(key, &path.key(spelled), report));
    }
}

/// Checks each value of a map.
#[inline]
pub fn check_values<M: Entries>(
    map: &M,
    path: &Path<'_>,
    report: &mut Report,
    check: impl Fn(&M::Value, &Path<'_>, &mut Report),
) {
    for (key, value) in map.entries() {
        key.spell(|spelled| check(value, &path.key(spelled), report));
    }
}

/// Cleans each item of a list.
#[inline]
pub fn clean_each<L: Each + ?Sized>(list: &mut L, clean: impl FnMut(&mut L::Item)) {
    list.edit_items(clean);
}

/// Cleans each value of a map.
#[inline]
pub fn clean_values<M: Entries>(map: &mut M, clean: impl FnMut(&mut M::Value)) {
    map.edit_values(clean);
}
