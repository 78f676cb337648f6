//! `clamp(min = N, max = N)`: a number outside these bounds becomes the nearer one.
//!
//! A bound is a whole number, or a literal with a fraction. For a whole number as value, a bound with a fraction means the
//! next whole number within. NaN is in no range and is refused, and so is what the field's own type cannot hold.
//!
//! ```
//! use palisade::rules::{Apply, clamp::Clamp};
//!
//! const RULE: Clamp = Clamp::new().min(1).max(100).seal().into_rule();
//! let mut page_size = 5_000_u32;
//! RULE.clean(&mut page_size);
//! assert_eq!(page_size, 100);
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Bound, Facet, Facets, Leaves},
    value::{EditNumber, Limit, View},
};

/// The cleaning step `clamp`.
#[derive(Debug, Clone, Copy)]
pub struct Clamp {
    min: Option<Bound>,
    max: Option<Bound>,
}

impl Clamp {
    /// No bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { min: None, max: None }
    }

    /// What is below becomes `bound`.
    #[must_use]
    pub const fn min(self, bound: i128) -> Self {
        Self { min: Some(Bound::Whole(bound)), ..self }
    }

    /// What is above becomes `bound`.
    #[must_use]
    pub const fn max(self, bound: i128) -> Self {
        Self { max: Some(Bound::Whole(bound)), ..self }
    }

    /// What is below becomes `bound`. `min = 0.5` is written so.
    #[must_use]
    pub const fn min_fraction(self, bound: f64) -> Self {
        Self { min: Some(Bound::Fraction(bound)), ..self }
    }

    /// What is above becomes `bound`. `max = 0.5` is written so.
    #[must_use]
    pub const fn max_fraction(self, bound: f64) -> Self {
        Self { max: Some(Bound::Fraction(bound)), ..self }
    }

    /// The rule, once its bounds make sense.
    ///
    /// # Panics
    /// In const evaluation, without a bound, with one that is not finite, or with `min` above `max`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let mut facets = Facets::NONE.with(Facet::Cleaned("clamp", Leaves::Anything));
        if let Some(min) = self.min {
            facets = facets.with(Facet::Raised(finite(min)));
        }
        if let Some(max) = self.max {
            facets = facets.with(Facet::Lowered(finite(max)));
        }
        match (self.min, self.max) {
            (None, None) => panic!("`clamp` needs `min`, `max` or both, like `clamp(min = 1, max = 100)`"),
            (Some(min), Some(max)) if min.is_above(max) => panic!("`clamp`: `min` must not exceed `max`"),
            (_, _) => Sealed::new(self, facets),
        }
    }

    const fn limits(self) -> (Limit, Limit) {
        let lowest = match self.min {
            Some(min) => Limit::To(min),
            None => Limit::None,
        };
        let highest = match self.max {
            Some(max) => Limit::To(max),
            None => Limit::None,
        };
        (lowest, highest)
    }
}

#[track_caller]
const fn finite(bound: Bound) -> Bound {
    assert!(bound.as_f64().is_finite(), "`clamp`: a bound is a finite number");
    bound
}

impl Rule for Clamp {
    fn code(&self) -> &'static str {
        "clamp"
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
            visit("min", min.into());
        }
        if let Some(max) = self.max {
            visit("max", max.into());
        }
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: EditNumber + ?Sized> Apply<T> for Clamp {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.clamp_to(self.min, self.max);
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        self.check(value)
    }

    #[inline]
    fn check(&self, value: &T) -> bool {
        let (lowest, highest) = self.limits();
        value.within(lowest, highest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: Clamp = Clamp::new().min(1).max(100).seal().into_rule();
    const SHARE: Clamp = Clamp::new().min_fraction(-0.1).max_fraction(0.7).seal().into_rule();
    const HALVES: Clamp = Clamp::new().min_fraction(1.5).max_fraction(9.5).seal().into_rule();

    #[track_caller]
    fn clamped<T: EditNumber + Copy>(rule: Clamp, mut value: T) -> T {
        rule.clean(&mut value);
        assert!(rule.check(&value));
        value
    }

    #[test]
    fn brings_into_the_range() {
        for (given, expected) in [(0, 1), (1, 1), (50, 50), (100, 100), (101, 100), (255, 100)] {
            assert_eq!(clamped(PAGE, given as u8), expected as u8);
            assert_eq!(clamped(PAGE, given as u128), expected as u128);
            assert_eq!(clamped(PAGE, given as f64), expected as f64);
        }
        assert_eq!(clamped(PAGE, u128::MAX), 100);
        assert_eq!(clamped(PAGE, i128::MIN), 1);
        assert_eq!(clamped(PAGE, f64::INFINITY), 100.0);
        assert_eq!(clamped(PAGE, Some(0_u8)), Some(1));
        assert_eq!(clamped(PAGE, None::<u8>), None);
        assert_eq!((clamped(HALVES, 0_i8), clamped(HALVES, 77_i8)), (2, 9));
    }

    #[test]
    fn a_bound_between_two_floats_is_met_from_within() {
        // The nearest `f32` to 0.7 is below it, to -0.1 below it as well: that one is outside.
        assert!(f64::from(clamped(SHARE, 1.0_f32)) <= 0.7);
        assert!(-0.1 <= f64::from(clamped(SHARE, -1.0_f32)));
        assert_eq!(clamped(SHARE, 1.0), 0.7);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let mut value = f64::NAN;
        PAGE.clean(&mut value);
        assert!(value.is_nan());
        assert!(!PAGE.check(&value));
    }

    #[test]
    fn looks_at_views_as_at_values() {
        for (given, expected) in [
            (View::Integer(0), View::Integer(1)),
            (View::Number(1e9), View::Number(100.0)),
            (View::Text("0".into()), View::Text("0".into())),
            (View::Count(0), View::Count(0)),
        ] {
            let mut view = given.clone();
            PAGE.clean_view(&mut view);
            assert_eq!(view, expected);
            assert!(PAGE.check_view(&view));
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(value: i64, other: i64, another: i64, fraction: f32) {
            let (min, max) = (other.min(another), other.max(another));
            let rule = Clamp::new().min(min.into()).max(max.into()).seal().into_rule();
            prop_assert_eq!(clamped(rule, value), value.clamp(min, max));
            if !fraction.is_nan() {
                let once = clamped(rule, fraction);
                prop_assert_eq!(clamped(rule, once), once);
            }
        }
    }
}
