//! Whether one number is a whole multiple of another, in decimals: 0.3 is three times 0.1, though no two floats say so.
//!
//! A number is taken as it is written shortest, which is how it stands in the request and in the schema.

use std::fmt::{self, Write};

use crate::policy::Bound;

/// A number without its sign: `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    #[cfg(feature = "rust_decimal")]
    pub(super) const fn new(digits: u128, exponent: i32) -> Self {
        Self { digits, exponent }
    }

    #[cfg(feature = "rust_decimal")]
    pub(super) const fn parts(self) -> (u128, i32) {
        (self.digits, self.exponent)
    }

    pub(super) const fn of_whole(number: u128) -> Self {
        Self { digits: number, exponent: 0 }
    }

    /// The shortest decimal that reads as this float, `f32` or `f64`. `None` when it is not finite.
    pub(super) fn of_float(number: impl fmt::LowerExp) -> Option<Self> {
        let mut written = Written { bytes: [0; Written::LONGEST], length: 0 };
        write!(written, "{number:e}").ok()?;
        let text = std::str::from_utf8(written.bytes.get(..written.length)?).ok()?;
        let (number, exponent) = text.trim_start_matches('-').split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let mut digits = 0_u128;
        for digit in whole.bytes().chain(fraction.bytes()) {
            digits = digits * 10 + u128::from(digit.wrapping_sub(b'0'));
        }
        Some(Self { digits, exponent: exponent - i32::try_from(fraction.len()).ok()? })
    }

    /// Whether this is a whole multiple of `factor`, exactly. Nothing but zero is one of zero.
    pub(super) fn is_multiple_of(self, factor: Self) -> bool {
        if self.digits == 0 {
            return true;
        }
        let shift = self.exponent - factor.exponent;
        if shift < 0 {
            // The factor has trailing zeros that this number's digits must have too.
            let divisor = 10_u128.checked_pow(shift.unsigned_abs()).and_then(|ten| ten.checked_mul(factor.digits));
            return divisor.is_some_and(|divisor| self.digits.checked_rem(divisor) == Some(0));
        }
        // Each power of ten can only bring the twos and fives that the factor still lacks, one at a time.
        let mut lacking = factor.digits / common(self.digits, factor.digits).max(1);
        for _ in 0..shift {
            if lacking == 1 {
                break;
            }
            let shared = common(lacking, 10);
            if shared == 1 {
                return false;
            }
            lacking /= shared;
        }
        lacking == 1
    }
}

/// Whether a number is a whole multiple of a factor, as validators of JSON Schema have it.
pub(super) fn is_multiple(value: Option<Decimal>, factor: Bound) -> bool {
    let factor = match factor {
        Bound::Whole(factor) => Some(Decimal::of_whole(factor.unsigned_abs())),
        Bound::Fraction(factor) => Decimal::of_float(factor),
    };
    value.zip(factor).is_some_and(|(value, factor)| value.is_multiple_of(factor))
}

/// The greatest common divisor.
const fn common(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// A float as written, on the stack.
struct Written {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Written {
    /// 17 digits, sign, point and exponent.
    const LONGEST: usize = 32;
}

impl Write for Written {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_multiple(value: f64, factor: f64) -> bool {
        super::is_multiple(Decimal::of_float(value), Bound::Fraction(factor))
    }

    #[test]
    fn counts_in_decimals() {
        let rows = [
            (0.3, 0.1, true),
            (1.1, 0.1, true),
            (19.99, 0.01, true),
            (4.35, 0.01, true),
            (0.075, 0.01, false),
            (-0.5, 0.25, true),
            (0.0, 0.1, true),
            (0.05, 0.1, false),
            (1e300, 3.0, false),
            (3e300, 3.0, true),
            (1e308, 1e-300, true),
            (5e-324, 0.5, false),
            (1.5, 15.0, false),
            (150.0, 15.0, true),
            (1e20, 1.6e21, false),
            (3.2e21, 1.6e21, true),
            (f64::NAN, 1.0, false),
            (f64::INFINITY, 1.0, false),
        ];
        for (value, factor, expected) in rows {
            assert_eq!(is_multiple(value, factor), expected, "{value} {factor}");
        }
    }

    proptest! {
        #[test]
        fn what_was_multiplied_is_a_multiple(count in 0_u32..1_000_000, cents in 1_u32..100_000) {
            // Read from a decimal text, as a request's numbers are.
            let read = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100).parse::<f64>().unwrap();
            let (count, factor) = (u64::from(count), u64::from(cents));
            prop_assert!(is_multiple(read(count * factor), read(factor)));
            prop_assert_eq!(is_multiple(read(count), read(factor)), count % factor == 0);
        }

        #[test]
        fn whole_numbers_agree_with_the_remainder(value: u64, factor in 1_u64..) {
            let whole = |number: u64| Decimal::of_whole(number.into());
            prop_assert_eq!(whole(value).is_multiple_of(whole(factor)), value % factor == 0);
        }

        #[test]
        fn no_float_is_too_long(value: f64, factor: f64) {
            prop_assert_eq!(Decimal::of_float(value).is_some(), value.is_finite());
            let _ = is_multiple(value, factor);
        }
    }
}
