//! What is wrong with a request: every violation with its place and code, never the value.

use std::{any::TypeId, fmt};

use super::{
    Path, Step, Surroundings,
    hiding::hide,
    json::Json,
    path::write_step,
    telling::{Refused, Telling},
};
use crate::{
    policy::{Rules, Shape},
    rules::{Parameter, Rule, RuleRef},
};

#[cfg(feature = "gate")]
mod arrange;

/// Where in a request a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the body.
    Body,
    /// In the query.
    Query,
    /// In the path.
    Path,
    /// In a header field.
    Header,
    /// In a cookie.
    Cookie,
}

impl Source {
    /// Its name in a problem: `body`, `query`, `path`, `header` or `cookie`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Query => "query",
            Self::Path => "path",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The violations of one request, in the order they were found, at most [`Report::CAPACITY`].
///
/// ```
/// use palisade::{rules::standing::Standing, value::{Path, Report, refuse_here}};
///
/// let mut report = Report::new();
/// refuse_here(&mut report, &Path::root().field("sku"), &Standing::Missing);
/// let violation = report.violations().next().unwrap();
/// assert_eq!((violation.pointer(), violation.code()), ("/sku".into(), "missing"));
/// ```
#[derive(Default)]
pub struct Report {
    found: Vec<Found>,
    // The steps of all places, innermost first, in one list: two allocations however many violations.
    steps: Vec<Stored>,
    truncated: bool,
    surroundings: Surroundings,
    /// The purpose of the value whose place has so many steps.
    group: Option<(TypeId, usize)>,
    telling: Telling,
    undecided: bool,
}

/// One violation as kept: its rule, and the end of its steps. They begin where those of the one before it end.
struct Found {
    rule: Broken,
    sensitive: bool,
    source: Source,
    steps_end: u32,
}

/// The rule that is broken: one of a declaration's, or one that another crate told of.
enum Broken {
    Declared(&'static dyn Rule),
    #[cfg(any(feature = "garde", feature = "validator"))]
    Told(Box<dyn Rule + Send>),
}

impl Broken {
    fn rule(&self) -> &dyn Rule {
        match self {
            Self::Declared(rule) => *rule,
            #[cfg(any(feature = "garde", feature = "validator"))]
            Self::Told(told) => &**told,
        }
    }
}

/// One step of a place, as kept.
pub(super) enum Stored {
    Field(&'static str),
    Index(usize),
    Key(Box<str>),
}

impl Stored {
    fn new(step: Step<'_>) -> Self {
        match step {
            Step::Field(name) => Self::Field(name),
            Step::Index(index) => Self::Index(index),
            Step::Key(key) => Self::Key(shorten(key).into()),
        }
    }

    fn step(&self) -> Step<'_> {
        match self {
            Self::Field(name) => Step::Field(name),
            Self::Index(index) => Step::Index(*index),
            Self::Key(key) => Step::Key(key),
        }
    }
}

/// A key is the client's own text: what is longer than 64 bytes is cut.
fn shorten(key: &str) -> &str {
    let mut end = key.len().min(64);
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    key.get(..end).unwrap_or_default()
}

impl Report {
    /// How many violations are kept. What comes after them is counted as `truncated`.
    pub const CAPACITY: usize = 32;

    /// A report of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self::in_surroundings(Surroundings::NONE)
    }

    /// A report of nothing, for checks in these surroundings.
    #[must_use]
    pub const fn in_surroundings(surroundings: Surroundings) -> Self {
        Self {
            found: Vec::new(),
            steps: Vec::new(),
            truncated: false,
            surroundings,
            group: None,
            telling: Telling::PLAIN,
            undecided: false,
        }
    }

    /// What the checks may know.
    #[must_use]
    #[inline]
    pub const fn surroundings(&self) -> Surroundings {
        self.surroundings
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many violations are kept.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there were more than are kept.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The violations in the order they were found.
    pub fn violations(&self) -> impl Iterator<Item = Violation<'_>> {
        self.told(&self.telling)
    }

    /// The same, told in these words.
    pub(crate) fn told<'a>(&'a self, telling: &'a Telling) -> impl Iterator<Item = Violation<'a>> {
        let mut start = 0;
        self.found.iter().map(move |found| {
            let end = found.steps_end as usize;
            let steps = self.steps.get(start..end).unwrap_or_default();
            start = end;
            Violation { found, steps, telling }
        })
    }

    /// The group that the value at `path` is used in, when there is one.
    #[must_use]
    pub fn group(&self, path: &Path<'_>) -> Option<TypeId> {
        let (group, depth) = self.group?;
        (path.depth() == depth).then_some(group)
    }

    /// Runs `check` on the value at `path`, which is used in `group`.
    pub(crate) fn within(&mut self, group: TypeId, path: &Path<'_>, check: impl FnOnce(&mut Self)) {
        let before = self.group.replace((group, path.depth()));
        check(self);
        self.group = before;
    }

    /// Whether a rule on what stands at `path`, or one step below a value that does, holds there.
    pub(crate) fn holds(&self, rule: &RuleRef, path: &Path<'_>) -> bool {
        let Some(group) = rule.group() else { return true };
        self.group.is_some_and(|(active, depth)| active == group.id() && path.depth() <= depth + 1)
    }

    /// Says in which part of the request all violations but the first ones stand.
    pub(crate) fn place_from(&mut self, first: usize, source: Source) {
        for found in self.found.iter_mut().skip(first) {
            found.source = source;
        }
    }

    /// Tells its violations in these words from now on.
    #[cfg(all(feature = "gate", feature = "fluent"))]
    pub(crate) fn tell(&mut self, telling: Telling) {
        self.telling = telling;
    }

    /// Notes that some of it could not be decided: the request is neither right nor wrong.
    pub(crate) const fn leave_undecided(&mut self) {
        self.undecided = true;
    }

    /// Whether some of it could not be decided.
    #[cfg(feature = "gate")]
    pub(crate) const fn is_undecided(&self) -> bool {
        self.undecided
    }

    /// Marks the violations of values that their declaration calls sensitive.
    pub(crate) fn hide_sensitive(&mut self, shape: Shape) {
        let mut start = 0;
        for found in &mut self.found {
            let end = found.steps_end as usize;
            let steps = self.steps.get_mut(start..end).unwrap_or_default();
            found.sensitive |= hide(shape, &Rules::NONE, steps);
            start = end;
        }
    }

    #[cold]
    #[inline(never)]
    fn push(&mut self, path: &Path<'_>, last: Option<Step<'_>>, rule: Broken, sensitive: bool) {
        if self.found.len() == Self::CAPACITY {
            self.truncated = true;
            return;
        }
        if self.found.is_empty() {
            self.found.reserve(8);
            self.steps.reserve(24);
        }
        if let Some(step) = last {
            self.steps.push(Stored::new(step));
        }
        let mut place = path.above();
        while let Some((above, step)) = place {
            self.steps.push(Stored::new(step));
            place = above.above();
        }
        let steps_end = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.found.push(Found { rule, sensitive, source: Source::Body, steps_end });
    }

    pub(crate) fn refuse_value(&mut self, path: &Path<'_>, rule: &'static dyn Rule, sensitive: bool) {
        self.push(path, None, Broken::Declared(rule), sensitive);
    }

    /// Notes what another crate found wrong with the value at `path`.
    #[cfg(any(feature = "garde", feature = "validator"))]
    pub(crate) fn note(&mut self, path: &Path<'_>, told: Box<dyn Rule + Send>) {
        self.push(path, None, Broken::Told(told), false);
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.violations()).finish()
    }
}

/// Reports that the value one step below `path` breaks `rule`.
#[cold]
pub fn refuse(report: &mut Report, path: &Path<'_>, step: Step<'_>, rule: &'static dyn Rule) {
    report.push(path, Some(step), Broken::Declared(rule), rule.is_sensitive());
}

/// Reports that the value at `path` breaks `rule`.
#[cold]
pub fn refuse_here(report: &mut Report, path: &Path<'_>, rule: &'static dyn Rule) {
    report.push(path, None, Broken::Declared(rule), rule.is_sensitive());
}

/// One violation.
pub struct Violation<'a> {
    found: &'a Found,
    steps: &'a [Stored],
    telling: &'a Telling,
}

impl Violation<'_> {
    /// Where, as an RFC 6901 JSON pointer in the names of the wire.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.place().to_string()
    }

    /// In which part of the request.
    #[must_use]
    pub fn source(&self) -> Source {
        self.found.source
    }

    /// The stable code of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.found.rule.rule().code()
    }

    /// What was expected, in words. Nothing but the code for a sensitive value.
    #[must_use]
    pub fn detail(&self) -> String {
        self.expectation().to_string()
    }

    pub(super) fn place(&self) -> Place<'_> {
        Place(self.steps)
    }

    pub(super) fn expectation(&self) -> Expectation<'_> {
        Expectation {
            rule: if self.found.sensitive { &Refused } else { self.found.rule.rule() },
            telling: self.telling,
        }
    }

    /// Visits the rule's arguments by name. There are none for a sensitive value.
    pub fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if !self.found.sensitive {
            self.found.rule.rule().parameters(visit);
        }
    }
}

/// The place of a violation, written as a JSON pointer.
pub(super) struct Place<'a>(&'a [Stored]);

impl Place<'_> {
    /// The same pointer, as a part of a JSON string.
    pub(super) fn write_json(&self, json: &mut Json) {
        for step in self.0.iter().rev() {
            match step.step() {
                Step::Field(name) | Step::Key(name) => json.reference_token(name),
                Step::Index(index) => {
                    json.verbatim("/");
                    json.natural(index as u64);
                }
            }
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|step| write_step(f, step.step()))
    }
}

/// What a rule expected, in words; of a sensitive value, nothing.
pub(super) struct Expectation<'a> {
    rule: &'a dyn Rule,
    telling: &'a Telling,
}

impl fmt::Display for Expectation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.telling.explain(f, self.rule)
    }
}

impl fmt::Debug for Violation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.source().name(), self.pointer(), self.code())
    }
}

#[cfg(test)]
mod tests;
