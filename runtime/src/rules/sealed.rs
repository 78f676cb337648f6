//! A rule whose arguments were checked, and the erased reference to it that shapes carry.

use core::mem::ManuallyDrop;

use std::fmt;

use super::{
    Rule,
    placed::{Placed, Unclean},
};
use crate::policy::{Facets, Group};

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

    /// The rule at its place, where those behind it demand this of cleaning steps.
    pub const fn before(self, demanded: Unclean) -> Placed<R> {
        if matches!(demanded, Unclean::Refused) && self.facets.clean() {
            return Placed::new(self.rule, self.facets.demanded(), Unclean::Refused, demanded);
        }
        Placed::new(self.rule, self.facets, Unclean::Changed, demanded)
    }
}

/// A rule of any type with its facets, as the shape of a type lists it.
#[derive(Clone, Copy)]
pub struct RuleRef {
    rule: &'static dyn Rule,
    facets: Facets,
    group: Option<Group>,
}

impl RuleRef {
    /// A reference to `rule` with its facets.
    #[must_use]
    pub const fn new<R: Rule>(rule: &'static R, facets: Facets) -> Self {
        Self { rule, facets, group: None }
    }

    /// The rule holds in this group only.
    #[must_use]
    pub const fn on(self, group: Group) -> Self {
        Self { group: Some(group), ..self }
    }

    /// The group in which alone the rule holds, when there is one.
    #[must_use]
    pub const fn group(&self) -> Option<Group> {
        self.group
    }

    /// A reference to a rule at its place, with the facets that it has there.
    #[must_use]
    pub const fn of<R: Rule>(rule: &'static Placed<R>) -> Self {
        Self { rule, facets: rule.facets(), group: None }
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

    /// The same without a copy.
    pub(crate) const fn meaning(&self) -> &Facets {
        &self.facets
    }
}

impl fmt::Debug for RuleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleRef").field("code", &self.rule.code()).field("facets", &self.facets).finish()
    }
}
