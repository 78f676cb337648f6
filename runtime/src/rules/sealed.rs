//! A rule whose arguments were checked, and the erased reference to it that shapes carry.

use core::mem::ManuallyDrop;

use std::fmt;

use super::{Parameter, Rule};
use crate::{policy::Facets, value::View};

/// A rule after `seal()`: its arguments make sense, and its facets are known.
///
/// ```
/// use palisade::rules::length::Length;
///
/// const SEALED: palisade::rules::Sealed<Length> = Length::new().min(1).max(64).seal();
/// static RULE: Length = SEALED.into_rule();
/// assert_eq!(RULE.longest(), Some(64));
/// ```
#[derive(Debug)]
pub struct Sealed<R> {
    // Taken apart in const evaluation, which could not run the destructor of a rule it does not know.
    rule: ManuallyDrop<R>,
    facets: Facets,
}

impl<R> Sealed<R> {
    /// A sound rule and what it means to documents.
    pub const fn new(rule: R, facets: Facets) -> Self {
        Self { rule: ManuallyDrop::new(rule), facets }
    }

    /// The rule itself.
    pub const fn into_rule(self) -> R {
        ManuallyDrop::into_inner(self.rule)
    }

    /// What it means to documents.
    pub const fn facets(&self) -> Facets {
        self.facets
    }

    /// The rule where it is.
    #[inline]
    pub fn rule(&self) -> &R {
        &self.rule
    }
}

/// So that a static holds a rule once, with its facets, and everything else refers to it.
impl<R: Rule> Rule for Sealed<R> {
    fn code(&self) -> &'static str {
        self.rule.code()
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.explain(f)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        self.rule.parameters(visit);
    }

    fn is_sensitive(&self) -> bool {
        self.rule.is_sensitive()
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.rule.clean_view(view);
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.rule.check_view(view)
    }
}

/// A rule of any type with its facets, as the shape of a type lists it.
#[derive(Clone, Copy)]
pub struct RuleRef {
    rule: &'static dyn Rule,
    facets: Facets,
}

impl RuleRef {
    /// A reference to `rule` with its facets.
    #[must_use]
    pub const fn new<R: Rule>(rule: &'static R, facets: Facets) -> Self {
        Self { rule, facets }
    }

    /// A reference to a rule with the facets it was sealed with.
    #[must_use]
    pub const fn of<R: Rule>(sealed: &'static Sealed<R>) -> Self {
        Self { rule: sealed, facets: sealed.facets }
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> &'static dyn Rule {
        self.rule
    }

    /// What it means to documents.
    #[must_use]
    pub const fn facets(&self) -> Facets {
        self.facets
    }
}

impl fmt::Debug for RuleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleRef").field("code", &self.rule.code()).field("facets", &self.facets).finish()
    }
}
