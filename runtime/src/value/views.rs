//! The three ways a rule looks at a value: as a text, by its length, by its order. Wrappers are handled here, once.
//!
//! An absent value (`None`) passes every view: that a value is there is the business of its type.
//!
//! Where a rule is put on the wrong type, `do_not_recommend` makes rustc speak of the whole type, and not of what a wrapper
//! holds, and keeps wrappers out of the list of types that would do.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::BuildHasher,
    ops::Range,
    rc::Rc,
    sync::Arc,
};

use super::{Limit, Order};
use crate::policy::Bound;

/// A value that is a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text",
    label = "this rule is for texts, and `{Self}` is none",
    note = "to put a rule on what a list holds, write `each(..)`; on a map, `keys(..)` and `values(..)`"
)]
pub trait Text {
    /// The text, unless it is absent.
    fn text(&self) -> Option<&str>;
}

/// What a cleaning step found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleaned {
    /// The text is clean already.
    Same,
    /// This part of it, in bytes, is the clean text.
    Part(Range<usize>),
    /// A new text takes its place.
    New(String),
}

/// A text that a cleaning step may change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text that can be cleaned",
    label = "this rule changes texts, and `{Self}` is none that it could change",
    note = "use `String` or `Cow<str>`; to clean what a list holds, write `each(..)`"
)]
pub trait EditText: Text {
    /// Applies what `clean` finds, unless the text is absent.
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned);

    /// Whether `clean` would leave the text as it is. An absent text is clean.
    #[inline]
    fn is_clean(&self, clean: impl Fn(&str) -> Cleaned) -> bool {
        self.text().is_none_or(|text| clean(text) == Cleaned::Same)
    }
}

/// A value with a length: code points of a text, items of a list, entries of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    label = "`length` is for texts, lists and maps",
    note = "use `range` for numbers"
)]
pub trait Measure {
    /// Whether the length is from `min` to `max`. An absent value is.
    fn within(&self, min: u64, max: u64) -> bool;

    /// The text that is measured, if it is one: texts have a length in other units as well.
    fn measured_text(&self) -> Option<&str> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl Text for str {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl EditText for String {
    #[inline]
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
        match clean(self) {
            Cleaned::Same => {}
            cleaned @ (Cleaned::Part(_) | Cleaned::New(_)) => replace(self, cleaned),
        }
    }
}

/// Apart, so that looking at a text is not burdened with what few texts need.
#[cold]
fn replace(text: &mut String, cleaned: Cleaned) {
    match cleaned {
        Cleaned::Same => {}
        Cleaned::Part(part) => {
            // Shortened in place: the buffer stays.
            text.truncate(part.end);
            text.drain(..part.start.min(text.len()));
        }
        Cleaned::New(new) => *text = new,
    }
}

#[diagnostic::do_not_recommend]
impl EditText for Cow<'_, str> {
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
        match (clean(self), &mut *self) {
            (Cleaned::Same, _) => {}
            (Cleaned::Part(part), Cow::Borrowed(text)) => *text = text.get(part).unwrap_or_default(),
            (Cleaned::Part(part), Cow::Owned(text)) => text.edit(|_| Cleaned::Part(part.clone())),
            (Cleaned::New(text), _) => *self = Cow::Owned(text),
        }
    }
}

macro_rules! edited_anew {
    ($($text:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl EditText for $text {
            fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
                match clean(self) {
                    Cleaned::Same => {}
                    Cleaned::Part(part) => *self = self.get(part).unwrap_or_default().into(),
                    Cleaned::New(text) => *self = text.into(),
                }
            }
        })+
    };
}
edited_anew!(Box<str>, Rc<str>, Arc<str>);

#[diagnostic::do_not_recommend]
impl<T: EditText> EditText for Option<T> {
    #[inline]
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
        if let Some(value) = self {
            value.edit(clean);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: EditText> EditText for Box<T> {
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
        (**self).edit(clean);
    }
}

#[diagnostic::do_not_recommend]
impl Measure for str {
    #[inline]
    fn within(&self, min: u64, max: u64) -> bool {
        // A code point takes one to four bytes, so most texts need no counting.
        let bytes = self.len() as u64;
        if bytes <= max && (min <= bytes.min(1) || min <= bytes.div_ceil(4)) {
            return true;
        }
        if bytes < min || max < bytes.div_ceil(4) {
            return false;
        }
        let count = self.chars().count() as u64;
        min <= count && count <= max
    }

    #[inline]
    fn measured_text(&self) -> Option<&str> {
        Some(self)
    }
}

macro_rules! measured_as_text {
    ($($text:ty),+) => {
        $(impl Measure for $text {
            #[inline]
            fn within(&self, min: u64, max: u64) -> bool {
                Measure::within(&**self, min, max)
            }

            #[inline]
            fn measured_text(&self) -> Option<&str> {
                Some(self)
            }
        })+
    };
}
measured_as_text!(String);

macro_rules! measured_by_count {
    ($($collection:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(impl<$($parameters)*> Measure for $collection {
            #[inline]
            fn within(&self, min: u64, max: u64) -> bool {
                let count = self.len() as u64;
                min <= count && count <= max
            }
        })+
    };
}
measured_by_count!(
    [T] [T],
    Vec<T> [T],
    VecDeque<T> [T],
    [T; N] [T, const N: usize],
    BTreeSet<T> [T],
    HashSet<T, H> [T, H: BuildHasher],
    BTreeMap<K, V> [K, V],
    HashMap<K, V, H> [K, V, H: BuildHasher],
);

macro_rules! seen_through {
    ($($wrapper:ty [$($parameters:tt)*]),+ $(,)?) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<T: Text + ?Sized $($parameters)*> Text for $wrapper {
                #[inline]
                fn text(&self) -> Option<&str> {
                    (**self).text()
                }
            }
            #[diagnostic::do_not_recommend]
            impl<T: Measure + ?Sized $($parameters)*> Measure for $wrapper {
                #[inline]
                fn within(&self, min: u64, max: u64) -> bool {
                    (**self).within(min, max)
                }

                #[inline]
                fn measured_text(&self) -> Option<&str> {
                    (**self).measured_text()
                }
            }
            #[diagnostic::do_not_recommend]
            impl<T: Order + ?Sized $($parameters)*> Order for $wrapper {
                #[inline]
                fn within(&self, lowest: Limit, highest: Limit) -> bool {
                    (**self).within(lowest, highest)
                }

                #[inline]
                fn is_multiple_of(&self, factor: Bound) -> bool {
                    (**self).is_multiple_of(factor)
                }
            }
        )+
    };
}
seen_through!(&T [], Box<T> [], Rc<T> [], Arc<T> [], Cow<'_, T> [+ ToOwned]);

#[diagnostic::do_not_recommend]
impl<T: Text> Text for Option<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(Text::text)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Measure> Measure for Option<T> {
    #[inline]
    fn within(&self, min: u64, max: u64) -> bool {
        self.as_ref().is_none_or(|value| value.within(min, max))
    }

    #[inline]
    fn measured_text(&self) -> Option<&str> {
        self.as_ref().and_then(Measure::measured_text)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Order> Order for Option<T> {
    #[inline]
    fn within(&self, lowest: Limit, highest: Limit) -> bool {
        self.as_ref().is_none_or(|value| value.within(lowest, highest))
    }

    #[inline]
    fn is_multiple_of(&self, factor: Bound) -> bool {
        self.as_ref().is_none_or(|value| value.is_multiple_of(factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_texts_in_code_points() {
        let rows = [("", 0), ("a", 1), ("é", 1), ("日本", 2), ("👨‍👩‍👧", 5), ("aé日👨", 4)];
        for (text, count) in rows {
            for min in 0..7 {
                for max in min..7 {
                    assert_eq!(Measure::within(text, min, max), min <= count && count <= max, "{text} {min} {max}");
                }
            }
        }
    }

    #[test]
    fn an_absent_value_passes_every_view() {
        assert_eq!(None::<String>.text(), None);
        assert!(Measure::within(&None::<String>, 1, 2));
        assert!(Order::within(&None::<u8>, Limit::To(Bound::Whole(1)), Limit::None));
    }

    #[test]
    fn a_rule_sees_through_every_wrapper() {
        fn measured(value: &(impl Measure + ?Sized)) -> bool {
            value.within(2, 2) && !value.within(3, 9)
        }
        assert!(measured(&Rc::<str>::from("日本")) && measured(&Arc::<str>::from("日本")));
        assert!(measured(&Rc::<[u8]>::from([1, 2])) && measured(&Cow::Borrowed(&[1, 2][..])));
        assert!(measured(&VecDeque::from([1, 2])) && measured(&Some(Box::new(&[1, 2]))));
        assert!(Cow::Borrowed(&7_u8).is_multiple_of(Bound::Whole(7)));
    }

    #[test]
    fn a_shared_text_is_cleaned_alone() {
        let mut text = Arc::<str>::from(" a ");
        let other = text.clone();
        text.edit(|text| if text == " a " { Cleaned::Part(1..2) } else { Cleaned::Same });
        assert_eq!((&*text, &*other), ("a", " a "));
    }
}
