//! `rust_decimal::Decimal`: a number that `range` and `multiple_of` see exactly.
//!
//! It is read from a number or from a text, which no kind of ours says, so that one which did not decode is not explained.

use rust_decimal::Decimal;

use crate::{
    policy::{Bound, Kind, Shape},
    value::{Limit, Order, Value, multiple},
};

impl Value for Decimal {
    const KIND: Kind = Kind::Number;

    fn shape() -> Shape {
        Shape::Opaque
    }
}

/// The bound as a decimal; `None` when it is beyond all decimals, or finer.
fn decimal(bound: Bound) -> Option<Decimal> {
    match bound {
        Bound::Whole(number) => Decimal::try_from_i128_with_scale(number, 0).ok(),
        Bound::Fraction(number) => {
            let (digits, exponent) = multiple::Decimal::of_float(number)?.parts();
            let digits = i128::try_from(digits).ok()?;
            let digits = if number < 0.0 { -digits } else { digits };
            let scale = u32::try_from(exponent.checked_neg()?).ok()?;
            Decimal::try_from_i128_with_scale(digits, scale).ok()
        }
    }
}

/// The order of a decimal and a bound. What is no decimal is compared as a float.
fn compare(value: Decimal, bound: Bound) -> Option<std::cmp::Ordering> {
    match decimal(bound) {
        Some(bound) => Some(value.cmp(&bound)),
        None => f64::try_from(value).ok()?.partial_cmp(&bound.as_f64()),
    }
}

#[diagnostic::do_not_recommend]
impl Order for Decimal {
    fn within(&self, lowest: Limit, highest: Limit) -> bool {
        let above = match lowest {
            Limit::None => true,
            Limit::To(bound) => compare(*self, bound).is_some_and(std::cmp::Ordering::is_ge),
            Limit::Before(bound) => compare(*self, bound).is_some_and(std::cmp::Ordering::is_gt),
        };
        let below = match highest {
            Limit::None => true,
            Limit::To(bound) => compare(*self, bound).is_some_and(std::cmp::Ordering::is_le),
            Limit::Before(bound) => compare(*self, bound).is_some_and(std::cmp::Ordering::is_lt),
        };
        above && below
    }

    fn is_multiple_of(&self, factor: Bound) -> bool {
        let scale = i32::try_from(self.scale()).unwrap_or(i32::MAX);
        multiple::is_multiple(Some(multiple::Decimal::new(self.mantissa().unsigned_abs(), -scale)), factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_compared_exactly() {
        let cent: Decimal = "0.10".parse().unwrap();
        assert!(cent.within(Limit::To(Bound::Fraction(0.1)), Limit::To(Bound::Fraction(0.1))));
        assert!(!cent.within(Limit::Before(Bound::Fraction(0.1)), Limit::None));
        assert!(cent.within(Limit::To(Bound::Whole(i128::MIN)), Limit::Before(Bound::Fraction(1e300))));
        assert!(!cent.within(Limit::To(Bound::Fraction(-0.5)), Limit::Before(Bound::Whole(0))));
        assert!(cent.is_multiple_of(Bound::Fraction(0.01)));
        assert!(!"0.105".parse::<Decimal>().unwrap().is_multiple_of(Bound::Fraction(0.01)));
        assert!("-15".parse::<Decimal>().unwrap().is_multiple_of(Bound::Whole(5)));
    }
}
