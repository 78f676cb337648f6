//! `multiple_of(N)`: a whole multiple of a number, counted in decimals as JSON writes them.
//!
//! The factor is a whole number, or a literal with a fraction: `multiple_of(0.01)` takes whole cents. A float is taken as
//! it is written shortest, so that 0.3 is a multiple of 0.1, which no division of binary floats would find.
//!
//! ```
//! use palisade::rules::{Apply, multiple_of::MultipleOf};
//!
//! const DOZENS: MultipleOf = MultipleOf::new(12).seal().into_rule();
//! assert!(DOZENS.check(&144_u32));
//! assert!(!DOZENS.check(&100_u32));
//!
//! const CENTS: MultipleOf = MultipleOf::new_fraction(0.01).seal().into_rule();
//! assert!(CENTS.check(&19.99));
//! assert!(!CENTS.check(&19.995));
//! assert!(!CENTS.check(&f64::NAN));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Bound, Facet, Facets},
    value::{Order, View},
};

/// The rule `multiple_of`.
#[derive(Debug, Clone, Copy)]
pub struct MultipleOf {
    factor: Bound,
}

impl MultipleOf {
    /// A whole multiple of `factor`.
    #[must_use]
    pub const fn new(factor: i128) -> Self {
        Self { factor: Bound::Whole(factor) }
    }

    /// A whole multiple of `factor`. `multiple_of(0.5)` is written so.
    #[must_use]
    pub const fn new_fraction(factor: f64) -> Self {
        Self { factor: Bound::Fraction(factor) }
    }

    /// The rule, once its factor makes sense.
    ///
    /// # Panics
    /// In const evaluation, when the factor is not above zero, or not finite.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            self.factor.as_f64() > 0.0 && self.factor.as_f64().is_finite(),
            "`multiple_of`: the factor is a number above zero, like `multiple_of(5)` or `multiple_of(0.01)`"
        );
        Sealed::new(self, Facets::NONE.with(Facet::MultipleOf(self.factor)))
    }
}

impl Rule for MultipleOf {
    fn code(&self) -> &'static str {
        "multiple_of"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be a multiple of {}", self.factor)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("factor", self.factor.into());
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Order + ?Sized> Apply<T> for MultipleOf {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.is_multiple_of(self.factor)
    }
}
