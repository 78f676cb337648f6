//! Numbers as rules see them: between two limits, and multiples of another.

use super::multiple::{Decimal, is_multiple};
use crate::policy::Bound;

/// A value that is a number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "this rule is for numbers, and `{Self}` is none",
    note = "use `length` for texts, lists and maps"
)]
pub trait Order {
    /// Whether the number is between the two. An absent value is; NaN is not.
    fn within(&self, lowest: Limit, highest: Limit) -> bool;

    /// Whether the number is a whole multiple of `factor`, which is above zero. An absent value is; NaN is not.
    fn is_multiple_of(&self, factor: Bound) -> bool;
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// There is no bound.
    None,
    /// The bound is within the range.
    To(Bound),
    /// The bound is without the range.
    Before(Bound),
}

/// The numbers between which a whole number has to be, both included. A fraction lies between two whole numbers.
#[inline]
pub(super) fn whole_lowest(limit: Limit) -> Option<i128> {
    match limit {
        Limit::None => None,
        Limit::To(Bound::Whole(bound)) => Some(bound),
        Limit::Before(Bound::Whole(bound)) => Some(bound.saturating_add(1)),
        Limit::To(Bound::Fraction(bound)) => Some(bound.ceil() as i128),
        Limit::Before(Bound::Fraction(bound)) => Some((bound.floor() as i128).saturating_add(1)),
    }
}

#[inline]
pub(super) fn whole_highest(limit: Limit) -> Option<i128> {
    match limit {
        Limit::None => None,
        Limit::To(Bound::Whole(bound)) => Some(bound),
        Limit::Before(Bound::Whole(bound)) => Some(bound.saturating_sub(1)),
        Limit::To(Bound::Fraction(bound)) => Some(bound.floor() as i128),
        Limit::Before(Bound::Fraction(bound)) => Some((bound.ceil() as i128).saturating_sub(1)),
    }
}

macro_rules! ordered_integers {
    ($($integer:ty),+) => {
        $(impl Order for $integer {
            #[inline]
            fn within(&self, lowest: Limit, highest: Limit) -> bool {
                let (min, max) = (whole_lowest(lowest), whole_highest(highest));
                // `u128` beyond `i128::MAX` is above every bound that can be written.
                match i128::try_from(*self) {
                    Ok(value) => min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max),
                    Err(_) => max.is_none(),
                }
            }

            #[inline]
            fn is_multiple_of(&self, factor: Bound) -> bool {
                let magnitude = magnitude(i128::try_from(*self).ok(), u128::try_from(*self).ok());
                match factor {
                    Bound::Whole(factor) => magnitude.checked_rem(factor.unsigned_abs()) == Some(0),
                    Bound::Fraction(_) => is_multiple(Some(Decimal::of_whole(magnitude)), factor),
                }
            }
        })+
    };
}
ordered_integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

macro_rules! ordered_floats {
    ($($float:ty),+) => {
        $(impl Order for $float {
            #[inline]
            fn within(&self, lowest: Limit, highest: Limit) -> bool {
                let value = f64::from(*self);
                let above = match lowest {
                    Limit::None => true,
                    Limit::To(bound) => bound.as_f64() <= value,
                    Limit::Before(bound) => bound.as_f64() < value,
                };
                let below = match highest {
                    Limit::None => true,
                    Limit::To(bound) => value <= bound.as_f64(),
                    Limit::Before(bound) => value < bound.as_f64(),
                };
                value.is_finite() && above && below
            }

            #[inline]
            fn is_multiple_of(&self, factor: Bound) -> bool {
                is_multiple(Decimal::of_float(*self), factor)
            }
        })+
    };
}
ordered_floats!(f32, f64);

/// A whole number without its sign.
fn magnitude(signed: Option<i128>, unsigned: Option<u128>) -> u128 {
    signed.map(i128::unsigned_abs).or(unsigned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_float_that_is_not_finite_is_in_a_range() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!Order::within(&value, Limit::None, Limit::None));
        }
    }
}
