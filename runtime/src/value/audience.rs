//! Who sees or writes a value: asked of each property that not every caller may see or write.

use super::{Path, Report, Step, Text, Value, marks::Mark, marks::Marks, owner::Owner};
use crate::{
    policy::{Demand, Property, Seen},
    rules::standing::Standing,
};

/// What demands on the caller are held against.
pub(crate) trait Party {
    /// Issuer and subject, when somebody is known.
    fn principal(&self) -> Option<(&str, &str)>;

    /// Whether they satisfy the demand on a property of a value, which they own or do not.
    fn satisfies(&self, demand: &'static Demand, owns: bool) -> Verdict;
}

/// What is said of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Yes,
    No,
    /// It cannot be said now.
    Unknown,
}

/// The one who sees or writes a value, on the way through it.
pub struct Audience<'a> {
    party: &'a dyn Party,
    way: Way<'a>,
    undecided: bool,
}

/// Which way the value goes, and what is found.
enum Way<'a> {
    Leaving(Marks),
    Entering(&'a mut Report),
}

/// What of `value` the party does not see; `None` when that cannot be said now.
#[cfg(feature = "gate")]
pub(crate) fn concealed<T: Value + ?Sized>(value: &T, party: &dyn Party) -> Option<Marks> {
    let mut audience = Audience { party, way: Way::Leaving(Marks::none()), undecided: false };
    value.regard(&Path::root(), &mut audience);
    match audience.way {
        Way::Leaving(mut marks) if !audience.undecided => {
            marks.settle();
            Some(marks)
        }
        Way::Leaving(_) | Way::Entering(_) => None,
    }
}

/// Reports what the party gave and may not write.
pub(super) fn refuse_unwritable<T: Value + ?Sized>(value: &T, party: &dyn Party, report: &mut Report) {
    let mut audience = Audience { party, way: Way::Entering(report), undecided: false };
    value.regard(&Path::root(), &mut audience);
    if audience.undecided
        && let Way::Entering(report) = audience.way
    {
        report.leave_undecided();
    }
}

impl Audience<'_> {
    /// Whether the value leaves; else it enters.
    #[must_use]
    pub const fn is_leaving(&self) -> bool {
        matches!(self.way, Way::Leaving(_))
    }

    /// The step to a place that has one name where it enters and another where it leaves.
    #[must_use]
    pub const fn either<'s>(&self, entering: Step<'s>, leaving: Step<'s>) -> Step<'s> {
        if self.is_leaving() { leaving } else { entering }
    }

    /// Goes on with what is one step down.
    pub fn below(&mut self, path: &Path<'_>, step: Step<'_>, regard: impl FnOnce(&Path<'_>, &mut Self)) {
        let path = &path.step(step);
        let outer = match &mut self.way {
            Way::Leaving(marks) => std::mem::take(marks),
            Way::Entering(_) => return regard(path, self),
        };
        regard(path, self);
        if let Way::Leaving(marks) = &mut self.way {
            let mut inner = std::mem::replace(marks, outer);
            inner.settle();
            marks.add(step, inner);
        }
    }

    /// Goes on with what the user's own code writes. It may stand anywhere then, so where something of it is marked nothing leaves.
    pub fn rewritten(&mut self, regard: impl FnOnce(&mut Self)) {
        let outer = match &mut self.way {
            Way::Leaving(marks) => std::mem::take(marks),
            Way::Entering(_) => return regard(self),
        };
        regard(self);
        if let Way::Leaving(marks) = &mut self.way
            && !std::mem::replace(marks, outer).is_empty()
        {
            marks.spoil();
        }
    }

    /// Whether the party owns what `owner` owns.
    pub fn owns<O: Owner + ?Sized>(&self, owner: &O) -> bool {
        self.party.principal().is_some_and(|(issuer, subject)| owner.is(issuer, subject))
    }

    fn grants(&mut self, demand: &'static Demand, owns: bool) -> bool {
        match self.party.satisfies(demand, owns) {
            Verdict::Yes => true,
            Verdict::No => false,
            Verdict::Unknown => {
                self.undecided = true;
                false
            }
        }
    }
}

/// What generated code knows of a property of the value at hand.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint {
    owns: bool,
    is_given: bool,
}

impl Standpoint {
    /// Whether the party owns the value, and whether the property is given.
    #[must_use]
    pub const fn new(owns: bool, is_given: bool) -> Self {
        Self { owns, is_given }
    }
}

/// Asks who sees or writes a field, and goes on with it where it is there.
pub fn regard_property<T: Value + ?Sized>(
    value: &T,
    path: &Path<'_>,
    step: Step<'_>,
    property: &'static Property,
    standpoint: Standpoint,
    audience: &mut Audience<'_>,
) {
    if !audience.is_leaving() {
        if standpoint.is_given
            && let Some(demand) = property.written()
            && !audience.grants(demand, standpoint.owns)
            && let Way::Entering(report) = &mut audience.way
        {
            // What may not be written is not looked into.
            return report.refuse_value(&path.step(step), &Standing::NotWritable, false);
        }
        return value.regard_below(path, step, audience);
    }
    let mark = match property.seen() {
        Seen::Whole => None,
        Seen::Never => Some(Mark::Hidden),
        Seen::By(demand) => (!audience.grants(demand, standpoint.owns)).then_some(Mark::Hidden),
        Seen::Masked(masking) => Some(Mark::Masked(masking)),
        Seen::MaskedUnless(masking, demand) => {
            (!audience.grants(demand, standpoint.owns)).then_some(Mark::Masked(masking))
        }
    };
    match (mark, &mut audience.way) {
        (Some(mark), Way::Leaving(marks)) => marks.add(step, Marks::of(mark)),
        (Some(_) | None, _) => value.regard_below(path, step, audience),
    }
}

/// Masks what a newtype is around. It has no name, so nothing else can be said of it.
pub fn regard_newtype(property: &'static Property, audience: &mut Audience<'_>) {
    if let (Seen::Masked(masking), Way::Leaving(marks)) = (property.seen(), &mut audience.way) {
        marks.set(Mark::Masked(masking));
    }
}

/// A value that can be masked.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be masked",
    label = "`mask` is for texts, and `{Self}` is none",
    note = "hide it with `visible(..)` or `never`; to mask what a newtype holds, write `mask` within the newtype"
)]
pub trait Maskable {}

#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> Maskable for T {}

/// Holds at compile time that a value can be masked.
pub const fn assert_maskable<T: Maskable + ?Sized>() {}
