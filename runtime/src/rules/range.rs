//! `range(min = N, max = N)`: bounds on a number. `above = N` and `below = N` exclude the bound. NaN is in no range.
//!
//! A bound is a whole number, or a literal with a fraction: `range(above = 0.0, max = 99.5)`.
//!
//! ```
//! use palisade::rules::{Apply, range::Range};
//!
//! const RULE: Range = Range::new().min(1).max(1_000).seal().into_rule();
//! assert!(RULE.check(&1_000_u32));
//! assert!(!RULE.check(&0_u32));
//! assert!(!RULE.check(&f64::NAN));
//!
//! const SHARE: Range = Range::new().above(0).max_fraction(0.5).seal().into_rule();
//! assert!(SHARE.check(&0.25));
//! assert!(!SHARE.check(&0.0));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Bound, Facet, Facets},
    value::{Limit, Order, View},
};

/// The rule `range`.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    lowest: Limit,
    highest: Limit,
}

impl Range {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { lowest: Limit::None, highest: Limit::None }
    }

    /// Not below `bound`.
    #[must_use]
    pub const fn min(self, bound: i128) -> Self {
        Self { lowest: Limit::To(Bound::Whole(bound)), ..self }
    }

    /// Not above `bound`.
    #[must_use]
    pub const fn max(self, bound: i128) -> Self {
        Self { highest: Limit::To(Bound::Whole(bound)), ..self }
    }

    /// Above `bound`.
    #[must_use]
    pub const fn above(self, bound: i128) -> Self {
        Self { lowest: Limit::Before(Bound::Whole(bound)), ..self }
    }

    /// Below `bound`.
    #[must_use]
    pub const fn below(self, bound: i128) -> Self {
        Self { highest: Limit::Before(Bound::Whole(bound)), ..self }
    }

    /// Not below `bound`. `min = 0.5` is written so.
    #[must_use]
    pub const fn min_fraction(self, bound: f64) -> Self {
        Self { lowest: Limit::To(Bound::Fraction(bound)), ..self }
    }

    /// Not above `bound`. `max = 0.5` is written so.
    #[must_use]
    pub const fn max_fraction(self, bound: f64) -> Self {
        Self { highest: Limit::To(Bound::Fraction(bound)), ..self }
    }

    /// Above `bound`. `above = 0.5` is written so.
    #[must_use]
    pub const fn above_fraction(self, bound: f64) -> Self {
        Self { lowest: Limit::Before(Bound::Fraction(bound)), ..self }
    }

    /// Below `bound`. `below = 0.5` is written so.
    #[must_use]
    pub const fn below_fraction(self, bound: f64) -> Self {
        Self { highest: Limit::Before(Bound::Fraction(bound)), ..self }
    }

    /// The rule, once its bounds make sense.
    ///
    /// # Panics
    /// In const evaluation, without a bound, with one that is not finite, or with a range that holds no number.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let mut facets = Facets::NONE;
        match self.lowest {
            Limit::None => {}
            Limit::To(bound) => facets = facets.with(Facet::Minimum(finite(bound))),
            Limit::Before(bound) => facets = facets.with(Facet::ExclusiveMinimum(finite(bound))),
        }
        match self.highest {
            Limit::None => {}
            Limit::To(bound) => facets = facets.with(Facet::Maximum(finite(bound))),
            Limit::Before(bound) => facets = facets.with(Facet::ExclusiveMaximum(finite(bound))),
        }
        match (self.lowest, self.highest) {
            (Limit::None, Limit::None) => {
                panic!("`range` needs `min`, `max` or both, like `range(min = 1, max = 1_000)`")
            }
            (Limit::To(lowest), Limit::To(highest)) if lowest.is_above(highest) => {
                panic!("`range`: `min` must not exceed `max`")
            }
            (Limit::Before(lowest), Limit::To(highest)) if !highest.is_above(lowest) => {
                panic!("`range`: nothing is above `above` and up to `max`: widen one of them")
            }
            (Limit::To(lowest) | Limit::Before(lowest), Limit::Before(highest)) if !highest.is_above(lowest) => {
                panic!("`range`: nothing is below `below` and down to the other bound: widen one of them")
            }
            _ => Sealed::new(self, facets),
        }
    }
}

#[track_caller]
const fn finite(bound: Bound) -> Bound {
    assert!(bound.as_f64().is_finite(), "`range`: a bound is a finite number");
    bound
}

impl Rule for Range {
    fn code(&self) -> &'static str {
        "range"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be ")?;
        match (self.lowest, self.highest) {
            (Limit::To(min), Limit::To(max)) => {
                f.write_str("from ")?;
                fmt::Display::fmt(&min, f)?;
                f.write_str(" to ")?;
                return fmt::Display::fmt(&max, f);
            }
            (Limit::To(min), _) => write!(f, "at least {min}")?,
            (Limit::Before(above), _) => write!(f, "above {above}")?,
            (Limit::None, _) => {}
        }
        if !matches!(self.lowest, Limit::None) && !matches!(self.highest, Limit::None) {
            f.write_str(" and ")?;
        }
        match self.highest {
            Limit::To(max) => write!(f, "at most {max}"),
            Limit::Before(below) => write!(f, "below {below}"),
            Limit::None => Ok(()),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.lowest {
            Limit::None => {}
            Limit::To(bound) => visit("min", bound.into()),
            Limit::Before(bound) => visit("above", bound.into()),
        }
        match self.highest {
            Limit::None => {}
            Limit::To(bound) => visit("max", bound.into()),
            Limit::Before(bound) => visit("below", bound.into()),
        }
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Order + ?Sized> Apply<T> for Range {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.within(self.lowest, self.highest)
    }
}
