//! `range(min = N, max = N)`: bounds on a number, both included. NaN is in no range.
//!
//! ```
//! use palisade::rules::{Apply, range::Range};
//!
//! const RULE: Range = Range::new().min(1).max(1_000).seal().into_rule();
//! assert!(RULE.check(&1_000_u32));
//! assert!(!RULE.check(&0_u32));
//! assert!(!RULE.check(&f64::NAN));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Order, View},
};

/// The rule `range`.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    min: Option<i128>,
    max: Option<i128>,
}

impl Range {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { min: None, max: None }
    }

    /// Not below `bound`.
    #[must_use]
    pub const fn min(self, bound: i128) -> Self {
        Self { min: Some(bound), ..self }
    }

    /// Not above `bound`.
    #[must_use]
    pub const fn max(self, bound: i128) -> Self {
        Self { max: Some(bound), ..self }
    }

    /// The rule, once its bounds make sense.
    ///
    /// # Panics
    /// In const evaluation, without a bound or with `min` above `max`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = match (self.min, self.max) {
            (None, None) => panic!("`range` needs `min`, `max` or both, like `range(min = 1, max = 1_000)`"),
            (Some(min), Some(max)) if max < min => panic!("`range`: `min` must not exceed `max`"),
            (Some(min), Some(max)) => Facets::NONE.with(Facet::Minimum(min)).with(Facet::Maximum(max)),
            (Some(min), None) => Facets::NONE.with(Facet::Minimum(min)),
            (None, Some(max)) => Facets::NONE.with(Facet::Maximum(max)),
        };
        Sealed::new(self, facets)
    }
}

impl Rule for Range {
    fn code(&self) -> &'static str {
        "range"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, "must be from {min} to {max}"),
            (Some(min), None) => write!(f, "must be at least {min}"),
            (None, Some(max)) => write!(f, "must be at most {max}"),
            (None, None) => Ok(()),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(min) = self.min {
            visit("min", Parameter::Integer(min));
        }
        if let Some(max) = self.max {
            visit("max", Parameter::Integer(max));
        }
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Order + ?Sized> Apply<T> for Range {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.within(self.min, self.max)
    }
}
