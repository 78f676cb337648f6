//! A rule at its place in a list: a cleaning step in front of `reject_unclean` refuses what it would change.

use std::{fmt, mem::ManuallyDrop};

use super::{Apply, Parameter, Rule};
use crate::{
    policy::Facets,
    value::{Surroundings, View},
};

/// What becomes of a value that a cleaning step would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclean {
    /// It is changed.
    Changed,
    /// It is refused.
    Refused,
}

/// A sealed rule that knows what is demanded by those behind it. Generated code makes it, with `Sealed::before`.
///
/// ```
/// use palisade::{
///     rules::{Placed, Rule, Unclean, reject_unclean::RejectUnclean, trim::Trim},
///     value::Surroundings,
/// };
///
/// const REJECT: Placed<RejectUnclean> = RejectUnclean::new().seal().before(Unclean::Changed);
/// const TRIM: Placed<Trim> = Trim::new().seal().before(REJECT.demanded());
/// let mut name = String::from(" Ada");
/// TRIM.clean(&mut name);
/// assert_eq!(name, " Ada");
/// assert!(!TRIM.check_in(&name, Surroundings::NONE));
/// assert_eq!(TRIM.code(), "trim");
/// ```
#[derive(Debug, Clone)]
pub struct Placed<R> {
    // Moved in const evaluation, which could not run the destructor of a rule it does not know.
    rule: ManuallyDrop<R>,
    facets: Facets,
    unclean: Unclean,
    behind: Unclean,
}

impl<R> Placed<R> {
    /// The facets of a step that refuses are those of a constraint.
    pub(super) const fn new(rule: ManuallyDrop<R>, facets: Facets, unclean: Unclean, behind: Unclean) -> Self {
        Self { rule, facets, unclean, behind }
    }

    /// What is demanded of the rules in front.
    #[must_use]
    pub const fn demanded(&self) -> Unclean {
        if self.facets.reject_unclean() { Unclean::Refused } else { self.behind }
    }

    pub(super) fn rule(&self) -> &R {
        &self.rule
    }

    pub(super) const fn facets(&self) -> Facets {
        self.facets
    }

    /// Cleans the value, unless what is unclean is refused.
    #[inline]
    pub fn clean<T: ?Sized>(&self, value: &mut T)
    where
        R: Apply<T>,
    {
        match self.unclean {
            Unclean::Changed => self.rule.clean(value),
            Unclean::Refused => {}
        }
    }

    /// Whether the value satisfies the rule, and is clean where that is demanded.
    #[inline]
    pub fn check_in<T: ?Sized>(&self, value: &T, surroundings: Surroundings) -> bool
    where
        R: Apply<T>,
    {
        self.rule.check_in(value, surroundings)
            && match self.unclean {
                Unclean::Changed => true,
                Unclean::Refused => self.rule.is_clean(value),
            }
    }
}

impl<R: Rule> Rule for Placed<R> {
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
        match self.unclean {
            Unclean::Changed => self.rule.clean_view(view),
            Unclean::Refused => {}
        }
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check_view_in(view, Surroundings::NONE)
    }

    fn check_view_in(&self, view: &View<'_>, surroundings: Surroundings) -> bool {
        self.rule.check_view_in(view, surroundings)
            && match self.unclean {
                Unclean::Changed => true,
                Unclean::Refused => {
                    let mut clean = view.clone();
                    self.rule.clean_view(&mut clean);
                    clean == *view
                }
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Sealed, reject_unclean::RejectUnclean};

    /// A step of somebody who did not think of `reject_unclean`.
    struct Halve;

    impl Rule for Halve {
        fn code(&self) -> &'static str {
            "halve"
        }
    }

    impl Apply<u8> for Halve {
        fn clean(&self, value: &mut u8) {
            *value /= 2;
        }
    }

    const HALVE: Facets = Facets::NONE.with(crate::policy::Facet::Cleaned("halve", crate::policy::Leaves::Anything));

    #[test]
    fn a_step_that_cannot_tell_what_is_clean_refuses() {
        let rule = Sealed::new(Halve, HALVE).before(RejectUnclean::new().seal().before(Unclean::Changed).demanded());
        let mut value = 0;
        rule.clean(&mut value);
        assert!(!rule.check_in(&value, Surroundings::NONE));
    }

    #[test]
    fn a_step_behind_still_cleans() {
        let rule = Sealed::new(Halve, HALVE).before(Unclean::Changed);
        let mut value = 4;
        rule.clean(&mut value);
        assert_eq!(value, 2);
        assert!(rule.check_in(&value, Surroundings::NONE));
    }

    #[test]
    fn a_demand_reaches_over_rules_that_clean_nothing() {
        let reject = RejectUnclean::new().seal().before(Unclean::Changed);
        let between = crate::rules::length::Length::new().max(3).seal().before(reject.demanded());
        assert_eq!(between.demanded(), Unclean::Refused);
    }
}
