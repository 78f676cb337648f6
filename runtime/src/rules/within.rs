//! `within(days = 30)`: a date or time no further from now than this, before or after.
//!
//! The distance is a sum: `within(hours = 1, minutes = 30)`. Beside `past` or `future`, it bounds one side. The time is
//! that of the request, to the second, and comes from the clock of the gate. A date counts from its first moment in UTC.
//!
//! ```
//! use palisade::{rules::{Apply, within::Within}, value::{Moment, Surroundings}};
//!
//! const RULE: Within = Within::new().minutes(1).seconds(30).seal().into_rule();
//! let now = Surroundings::at(1_800_000_000);
//! assert!(RULE.check_in(&Moment::of_seconds(1_800_000_090), now));
//! assert!(RULE.check_in(&Moment::of_seconds(1_799_999_910), now));
//! assert!(!RULE.check_in(&Moment::of_seconds(1_799_999_909), now));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Surroundings, Temporal, View},
};

/// The rule `within`.
#[derive(Debug, Clone, Copy)]
pub struct Within {
    seconds: u64,
}

impl Within {
    /// No distance yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { seconds: 0 }
    }

    /// So many seconds more.
    #[must_use]
    pub const fn seconds(self, count: u64) -> Self {
        Self { seconds: self.seconds.saturating_add(count) }
    }

    /// So many minutes more.
    #[must_use]
    pub const fn minutes(self, count: u64) -> Self {
        self.seconds(count.saturating_mul(60))
    }

    /// So many hours more.
    #[must_use]
    pub const fn hours(self, count: u64) -> Self {
        self.seconds(count.saturating_mul(3_600))
    }

    /// So many days of 24 hours more.
    #[must_use]
    pub const fn days(self, count: u64) -> Self {
        self.seconds(count.saturating_mul(86_400))
    }

    /// The rule, once it has a distance.
    ///
    /// # Panics
    /// In const evaluation, without a distance.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(self.seconds > 0, "`within` needs a distance: `seconds`, `minutes`, `hours` or `days`, like `within(days = 30)`");
        Sealed::new(self, Facets::NONE.with(Facet::Custom("within")))
    }
}

impl Rule for Within {
    fn code(&self) -> &'static str {
        "within"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be within ")?;
        let units = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)];
        let mut rest = self.seconds;
        let mut between = "";
        for (name, unit) in units {
            let (count, plural) = (rest / unit, if rest / unit == 1 { "" } else { "s" });
            rest %= unit;
            if count > 0 {
                write!(f, "{between}{count} {name}{plural}")?;
                between = " ";
            }
        }
        f.write_str(" of now")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("seconds", Parameter::Integer(self.seconds.into()));
    }

    fn check_view_in(&self, view: &View<'_>, surroundings: Surroundings) -> bool {
        self.check_in(view, surroundings)
    }
}

impl<T: Temporal + ?Sized> Apply<T> for Within {
    fn check(&self, value: &T) -> bool {
        self.check_in(value, Surroundings::NONE)
    }

    #[inline]
    fn check_in(&self, value: &T, surroundings: Surroundings) -> bool {
        value.moment().is_none_or(|moment| moment.is_within(self.seconds, surroundings.now()))
    }
}
