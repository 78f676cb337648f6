//! What of a value is hidden or masked: a tree of names and positions as serde writes them, holding what is marked only.

use std::{borrow::Cow, cell::Cell};

use super::Step;
use crate::policy::Masking;

/// What becomes of a marked value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is left out.
    Hidden,
    /// It is a text of which little stays readable.
    Masked(Masking),
}

/// The marks on a value and in it.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    mark: Option<Mark>,
    met: Cell<bool>,
    below: Vec<(Place, Marks)>,
}

/// One step down, as kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Name(Cow<'static, str>),
    Index(usize),
}

impl Marks {
    /// Nothing is marked.
    pub(crate) const fn none() -> Self {
        Self { mark: None, met: Cell::new(false), below: Vec::new() }
    }

    /// One mark.
    pub(crate) const fn of(mark: Mark) -> Self {
        Self { mark: Some(mark), met: Cell::new(false), below: Vec::new() }
    }

    /// Whether nothing is marked.
    pub(crate) const fn is_empty(&self) -> bool {
        self.mark.is_none() && self.below.is_empty()
    }

    /// Adds the marks of what is one step down.
    pub(crate) fn add(&mut self, step: Step<'_>, marks: Self) {
        if marks.is_empty() {
            return;
        }
        let place = match step {
            Step::Field(name) => Place::Name(Cow::Borrowed(name)),
            Step::Key(name) => Place::Name(Cow::Owned(name.to_owned())),
            Step::Index(index) => Place::Index(index),
        };
        self.below.push((place, marks));
    }

    /// Adds a mark that nobody meets.
    pub(crate) fn spoil(&mut self) {
        self.add(Step::Index(usize::MAX), Self::of(Mark::Hidden));
    }

    /// Marks the value itself.
    pub(crate) const fn set(&mut self, mark: Mark) {
        self.mark = Some(mark);
    }

    /// Puts the steps in order, so that each is found. Two of one name, as a flattened map can have, become one.
    pub(crate) fn settle(&mut self) {
        self.below.sort_by(|(left, _), (right, _)| left.cmp(right));
        self.below.dedup_by(|(place, marks), (before, kept)| {
            let same = place == before;
            if same {
                kept.join(std::mem::take(marks));
            }
            same
        });
    }

    fn join(&mut self, other: Self) {
        // What is hidden by one of them is hidden.
        self.mark = match (self.mark, other.mark) {
            (Some(Mark::Hidden), _) | (_, Some(Mark::Hidden)) => Some(Mark::Hidden),
            (mark @ Some(_), _) | (None, mark) => mark,
        };
        self.below.extend(other.below);
        self.settle();
    }

    /// Whether the value itself is to be left out.
    pub(crate) const fn is_hidden(&self) -> bool {
        matches!(self.mark, Some(Mark::Hidden))
    }

    /// The mark on the value itself, which is met by asking.
    pub(crate) fn meet(&self) -> Option<Mark> {
        self.met.set(true);
        self.mark
    }

    /// The marks one step down, under a name.
    pub(crate) fn named(&self, name: &str) -> Option<&Self> {
        self.find(|place| match place {
            Place::Name(found) => found.as_ref().cmp(name),
            Place::Index(_) => std::cmp::Ordering::Greater,
        })
    }

    /// The marks one step down, at a position.
    pub(crate) fn at(&self, position: usize) -> Option<&Self> {
        self.find(|place| match place {
            Place::Name(_) => std::cmp::Ordering::Less,
            Place::Index(found) => found.cmp(&position),
        })
    }

    fn find(&self, order: impl Fn(&Place) -> std::cmp::Ordering) -> Option<&Self> {
        let at = self.below.binary_search_by(|(place, _)| order(place)).ok()?;
        self.below.get(at).map(|(_, marks)| marks)
    }

    /// Whether what was marked is what was written: each mark was met, or stood in something hidden.
    pub(crate) fn all_met(&self) -> bool {
        match (self.mark, self.met.get()) {
            (Some(_), false) => false,
            (Some(Mark::Hidden), true) => true,
            (Some(Mark::Masked(_)) | None, _) => self.below.iter().all(|(_, marks)| marks.all_met()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_twice_under_one_name_is_hidden() {
        let masked = Mark::Masked(Masking::new());
        let mut marks = Marks::none();
        marks.add(Step::Field("b"), Marks::of(masked));
        marks.add(Step::Field("a"), Marks::of(masked));
        marks.add(Step::Key("b"), Marks::of(Mark::Hidden));
        marks.add(Step::Index(0), Marks::none());
        marks.settle();
        assert_eq!(marks.named("b").and_then(Marks::meet), Some(Mark::Hidden));
        assert!(!marks.all_met());
        assert_eq!(marks.named("a").and_then(Marks::meet), Some(masked));
        assert!(marks.all_met());
        assert!(marks.named("c").is_none() && marks.at(0).is_none());
    }
}
