//! `future`: a date or time that is after now.
//!
//! The time is that of the request, to the second, and comes from the clock of the gate. A date counts from its first moment in UTC,
//! so that the first of them is tomorrow.
//!
//! ```
//! use palisade::{rules::{Apply, future::Future}, value::{Moment, Surroundings}};
//!
//! const RULE: Future = Future::new().seal().into_rule();
//! let now = Surroundings::at(1_800_000_000);
//! assert!(RULE.check_in(&Moment::of_seconds(1_800_000_001), now));
//! assert!(!RULE.check_in(&Moment::of_seconds(1_800_000_000), now));
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Surroundings, Temporal, View},
};

/// The rule `future`.
#[derive(Debug, Clone, Copy)]
pub struct Future;

impl Future {
    /// The rule has no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("future")))
    }
}

impl Rule for Future {
    fn code(&self) -> &'static str {
        "future"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be in the future")
    }

    fn check_view_in(&self, view: &View<'_>, surroundings: Surroundings) -> bool {
        self.check_in(view, surroundings)
    }
}

impl<T: Temporal + ?Sized> Apply<T> for Future {
    fn check(&self, value: &T) -> bool {
        self.check_in(value, Surroundings::NONE)
    }

    #[inline]
    fn check_in(&self, value: &T, surroundings: Surroundings) -> bool {
        value.moment().is_none_or(|moment| surroundings.now() < moment)
    }
}
