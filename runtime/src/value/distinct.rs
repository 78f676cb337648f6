//! Whether the items of a list are distinct, in time linear in their number.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, VecDeque},
    hash::Hash,
    rc::Rc,
    sync::Arc,
};

/// A list whose items can be told apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list whose items can be compared",
    label = "`unique` is for lists of items that derive `PartialEq`, `Eq` and `Hash`",
    note = "floating-point numbers have no such equality; to put `unique` on a list within a list, write `each(unique)`"
)]
pub trait Distinct {
    /// Whether no two items are equal. Those of an absent list are.
    fn is_distinct(&self) -> bool;
}

/// Up to this many items are compared one by one, which beats hashing and allocates nothing.
const FEW: usize = 16;

fn are_distinct<'a, T: Eq + Hash + 'a>(items: impl ExactSizeIterator<Item = &'a T> + Clone) -> bool {
    if items.len() <= FEW {
        let mut rest = items;
        while let Some(item) = rest.next() {
            if rest.clone().any(|other| other == item) {
                return false;
            }
        }
        return true;
    }
    // The hasher is keyed at random: the items come from the client, who could choose them to collide.
    let mut seen = HashSet::with_capacity(items.len());
    items.into_iter().all(|item| seen.insert(item))
}

macro_rules! lists {
    ($($list:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($parameters)*> Distinct for $list {
            fn is_distinct(&self) -> bool {
                are_distinct(self.iter())
            }
        })+
    };
}
lists!(
    [T] [T: Eq + Hash],
    Vec<T> [T: Eq + Hash],
    VecDeque<T> [T: Eq + Hash],
    [T; N] [T: Eq + Hash, const N: usize],
);

macro_rules! sets {
    ($($set:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($parameters)*> Distinct for $set {
            #[inline]
            fn is_distinct(&self) -> bool {
                true
            }
        })+
    };
}
sets!(BTreeSet<T> [T], HashSet<T, H> [T, H]);

macro_rules! seen_through {
    ($($wrapper:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl<T: Distinct + ?Sized> Distinct for $wrapper {
            #[inline]
            fn is_distinct(&self) -> bool {
                (**self).is_distinct()
            }
        })+
    };
}
seen_through!(&T, Box<T>, Rc<T>, Arc<T>);

#[diagnostic::do_not_recommend]
impl<T: Distinct + ToOwned + ?Sized> Distinct for Cow<'_, T> {
    #[inline]
    fn is_distinct(&self) -> bool {
        (**self).is_distinct()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Distinct> Distinct for Option<T> {
    #[inline]
    fn is_distinct(&self) -> bool {
        self.as_ref().is_none_or(Distinct::is_distinct)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_comparing_all_pairs(items in proptest::collection::vec(0_u8..60, 0..40)) {
            let pairs = items.iter().enumerate().all(|(at, item)| !items.iter().skip(at + 1).any(|other| other == item));
            prop_assert_eq!(items.is_distinct(), pairs);
            prop_assert_eq!(items.iter().copied().collect::<VecDeque<_>>().is_distinct(), pairs);
            prop_assert_eq!(Some(Cow::Borrowed(&*items)).is_distinct(), pairs);
        }
    }

    #[test]
    fn a_hundred_thousand_items_are_told_apart_at_once() {
        let mut items: Vec<String> = (0..100_000).map(|number| number.to_string()).collect();
        let start = std::time::Instant::now();
        assert!(items.is_distinct());
        items.push("77".to_owned());
        assert!(!items.is_distinct());
        // All pairs would take minutes.
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
    }
}
