//! What a function of the user's own finds wrong with a value: typed violations, each at its place.

use std::{any::TypeId, fmt};

use super::{Path, Report, Source, refuse, refuse_here};
use crate::{rules::Rule, value::Step};

/// A demand that a function of the user's own checks: its stable code, and what was expected in words.
///
/// ```
/// use palisade::{rules::Rule, value::Invariant};
///
/// static TOTAL: Invariant = Invariant::new("total", "must be the sum of the lines");
/// assert_eq!(TOTAL.code(), "total");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invariant {
    code: &'static str,
    detail: &'static str,
}

impl Invariant {
    /// A demand with its code, and words that complete "the value ..".
    ///
    /// # Panics
    /// In const evaluation, when one of the two is empty.
    #[must_use]
    #[track_caller]
    pub const fn new(code: &'static str, detail: &'static str) -> Self {
        assert!(!code.is_empty(), "an invariant needs a code, which machines read");
        assert!(!detail.is_empty(), "an invariant says what was expected, like \"must be the sum of the lines\"");
        Self { code, detail }
    }
}

impl Rule for Invariant {
    fn code(&self) -> &'static str {
        self.code
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail)
    }
}

/// Where a function that checks a whole value puts what it finds.
///
/// ```
/// use palisade::{prelude::*, value::{Findings, Invariant}};
///
/// static ROOM: Invariant = Invariant::new("room", "must leave room for the guests");
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// #[secure(check = Booking::fits)]
/// struct Booking {
///     #[secure(range(min = 1, max = 20))]
///     guests: u8,
///     #[secure(range(min = 1, max = 10))]
///     rooms: u8,
/// }
///
/// impl Booking {
///     fn fits(&self, findings: &mut Findings<'_>) {
///         if self.guests > 4 * self.rooms {
///             findings.refuse("rooms", &ROOM);
///         }
///     }
/// }
///
/// let report = palisade::value::examine(&mut Booking { guests: 9, rooms: 2 });
/// let violation = report.violations().next().unwrap();
/// assert_eq!((violation.pointer(), violation.code()), ("/rooms".into(), "room"));
/// ```
pub struct Findings<'a> {
    path: &'a Path<'a>,
    report: &'a mut Report,
    source: Source,
}

impl<'a> Findings<'a> {
    /// What is found about the value at `path`.
    pub(crate) const fn new(path: &'a Path<'a>, report: &'a mut Report) -> Self {
        Self { path, report, source: Source::Body }
    }

    /// The same for a value elsewhere in the request: a function that checks a handler struct says where it looks.
    ///
    /// Without it, what is found is said of the body.
    ///
    /// ```
    /// use palisade::{prelude::*, value::{Findings, Invariant, Source}};
    ///
    /// static KEY: Invariant = Invariant::new("key", "must be there for the first page");
    ///
    /// /// Lists notes.
    /// #[secure(get = "/notes", auth = "oauth2", rate = "60/min per caller", check = ListNotes::starts)]
    /// struct ListNotes {
    ///     #[secure(query, range(max = 10_000))]
    ///     page: Option<u32>,
    ///     #[secure(query, length(max = 64))]
    ///     key: Option<String>,
    /// }
    ///
    /// impl ListNotes {
    ///     fn starts(&self, findings: &mut Findings<'_>) {
    ///         if self.page.is_none() && self.key.is_none() {
    ///             findings.within(Source::Query).refuse("key", &KEY);
    ///         }
    ///     }
    /// }
    ///
    /// impl Handle for ListNotes {
    ///     type Answer = NoContent;
    ///
    ///     async fn handle(self) -> NoContent { NoContent }
    /// }
    /// ```
    #[cfg(feature = "gate")]
    pub const fn within(&mut self, source: Source) -> Findings<'_> {
        Findings { path: self.path, report: self.report, source }
    }

    /// The value itself breaks `rule`.
    pub fn refuse_whole(&mut self, rule: &'static dyn Rule) {
        self.note(|path, report| refuse_here(report, path, rule));
    }

    /// The field of this name on the wire breaks `rule`.
    pub fn refuse(&mut self, field: &'static str, rule: &'static dyn Rule) {
        self.note(|path, report| refuse(report, path, Step::Field(field), rule));
    }

    /// The item at `index` of the list in the field of this name breaks `rule`.
    pub fn refuse_item(&mut self, field: &'static str, index: usize, rule: &'static dyn Rule) {
        self.note(|path, report| refuse(report, &path.field(field), Step::Index(index), rule));
    }

    fn note(&mut self, refuse: impl FnOnce(&Path<'_>, &mut Report)) {
        let before = self.report.len();
        refuse(self.path, self.report);
        self.report.place_from(before, self.source);
    }
}

/// Asks the function of a whole value, once nothing else is wrong with it.
pub fn check_whole<T>(
    value: &T,
    path: &Path<'_>,
    report: &mut Report,
    found_before: usize,
    check: impl FnOnce(&T, &mut Findings<'_>),
) {
    if report.len() == found_before {
        check(value, &mut Findings::new(path, report));
    }
}

/// Whether the value is used in the group `G`.
#[inline]
pub fn in_group<G: 'static>(group: Option<TypeId>) -> bool {
    group == Some(TypeId::of::<G>())
}

/// Asks the function of a field.
pub fn check_value<T>(
    value: &T,
    path: &Path<'_>,
    report: &mut Report,
    check: impl FnOnce(&T) -> Result<(), &'static Invariant>,
) {
    if let Err(rule) = check(value) {
        refuse_here(report, path, rule);
    }
}
