//! `length(min = N, max = N)`: bounds on the code points of a text, the items of a list or the entries of a map.
//!
//! ```
//! use palisade::rules::{Apply, length::Length};
//!
//! const RULE: Length = Length::new().min(1).max(4).seal().into_rule();
//! assert!(RULE.check("日本語!"));
//! assert!(!RULE.check("abcde"));
//! assert!(!RULE.check(&Vec::<u8>::new()));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Measure, View},
};

/// The rule `length`. A text is measured in Unicode code points, as JSON Schema does.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    min: Option<u64>,
    max: Option<u64>,
}

impl Length {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { min: None, max: None }
    }

    /// At least `count`.
    #[must_use]
    pub const fn min(self, count: u64) -> Self {
        Self { min: Some(count), ..self }
    }

    /// At most `count`.
    #[must_use]
    pub const fn max(self, count: u64) -> Self {
        Self { max: Some(count), ..self }
    }

    /// The upper bound, when there is one.
    #[must_use]
    pub const fn longest(&self) -> Option<u64> {
        self.max
    }

    /// The rule, once its bounds make sense.
    ///
    /// # Panics
    /// In const evaluation, without a bound or with `min` above `max`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = match (self.min, self.max) {
            (None, None) => panic!("`length` needs `min`, `max` or both, like `length(min = 1, max = 64)`"),
            (Some(min), Some(max)) if max < min => panic!("`length`: `min` must not exceed `max`"),
            (Some(min), Some(max)) => Facets::NONE.with(Facet::MinLength(min)).with(Facet::MaxLength(max)),
            (Some(min), None) => Facets::NONE.with(Facet::MinLength(min)),
            (None, Some(max)) => Facets::NONE.with(Facet::MaxLength(max)),
        };
        Sealed::new(self, facets)
    }
}

impl Rule for Length {
    fn code(&self) -> &'static str {
        "length"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) => {
                f.write_str("must have a length from ")?;
                fmt::Display::fmt(&min, f)?;
                f.write_str(" to ")?;
                fmt::Display::fmt(&max, f)
            }
            (Some(min), None) => write!(f, "must have a length of at least {min}"),
            (None, Some(max)) => write!(f, "must have a length of at most {max}"),
            (None, None) => Ok(()),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(min) = self.min {
            visit("min", Parameter::Integer(min.into()));
        }
        if let Some(max) = self.max {
            visit("max", Parameter::Integer(max.into()));
        }
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Measure + ?Sized> Apply<T> for Length {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.within(self.min.unwrap_or(0), self.max.unwrap_or(u64::MAX))
    }
}
