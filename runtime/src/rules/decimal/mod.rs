//! `decimal(digits = 12, scale = 2)`: a plain decimal number as a text, which fits SQL's `NUMERIC(12, 2)`.
//!
//! At most `scale` digits (0 unless said) stand behind the point, and at most `digits` less `scale` before it. No exponent, no
//! plus, no leading zeros (`0.5`, not `.5` or `00.5`), no point without a digit on both sides, no minus before zero; trailing
//! zeros are fine. `min`, `max`, `above` and `below` bound the number, exactly: a literal with a fraction is read as the decimal
//! number it is written as.
//!
//! It applies to `rust_decimal::Decimal` too (feature `rust_decimal`), by the number and scale that were decoded.
//!
//! ```
//! use palisade::rules::{Apply, decimal::Decimal};
//!
//! const RULE: Decimal = Decimal::new().digits(12).scale(2).above(0).seal().into_rule();
//! assert!(RULE.check("19.90") && RULE.check("1234567890.12"));
//! assert!(!RULE.check("19.901") && !RULE.check("12345678901") && !RULE.check("0.00") && !RULE.check("1e3"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::{
    policy::{Bound, Facet, Facets},
    value::Limit,
};

/// What 128 bits hold, whatever the digits.
const MOST_DIGITS: u8 = 38;

const WHOLE: &str = "0|[1-9][0-9]*";
const SIGNED_WHOLE: &str = "0|-?[1-9][0-9]*";
const FRACTION: &str = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?";
const SIGNED_FRACTION: &str = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?";

/// The rule `decimal`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: u8,
    scale: u8,
    lowest: Limit,
    highest: Limit,
    reach: Reach,
}

/// The numbers that pass, in units of the last digit behind the point. `seal` works them out.
#[derive(Debug, Clone, Copy)]
struct Reach {
    from: i128,
    to: i128,
}

impl Decimal {
    /// No digits yet.
    #[must_use]
    pub const fn new() -> Self {
        let reach = Reach { from: 0, to: -1 };
        Self { digits: 0, scale: 0, lowest: Limit::None, highest: Limit::None, reach }
    }

    /// At most so many significant digits in all.
    #[must_use]
    pub const fn digits(self, count: u8) -> Self {
        Self { digits: count, ..self }
    }

    /// At most so many digits behind the point.
    #[must_use]
    pub const fn scale(self, count: u8) -> Self {
        Self { scale: count, ..self }
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

    /// Not below `bound`. `min = 0.01` is written so.
    #[must_use]
    pub const fn min_fraction(self, bound: f64) -> Self {
        Self { lowest: Limit::To(Bound::Fraction(bound)), ..self }
    }

    /// Not above `bound`. `max = 99.99` is written so.
    #[must_use]
    pub const fn max_fraction(self, bound: f64) -> Self {
        Self { highest: Limit::To(Bound::Fraction(bound)), ..self }
    }

    /// Above `bound`. `above = 0.5` is written so.
    #[must_use]
    pub const fn above_fraction(self, bound: f64) -> Self {
        Self { lowest: Limit::Before(Bound::Fraction(bound)), ..self }
    }

    /// Below `bound`. `below = 99.5` is written so.
    #[must_use]
    pub const fn below_fraction(self, bound: f64) -> Self {
        Self { highest: Limit::Before(Bound::Fraction(bound)), ..self }
    }

    /// The rule, once its arguments make sense. Its texts are as long as the digits, a point and a minus.
    ///
    /// # Panics
    /// In const evaluation, without `digits`, with more than 38, with a larger `scale`, with a bound that has more digits behind
    /// the point, or when no number is left.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(self.digits > 0, "`decimal` needs `digits`, like `decimal(digits = 12, scale = 2)`");
        assert!(self.digits <= MOST_DIGITS, "`decimal`: `digits` is at most 38");
        assert!(self.scale <= self.digits, "`decimal`: `scale` must not exceed `digits`, which counts all of them");
        let largest = power(self.digits) - 1;
        let from = match self.lowest {
            Limit::None => -largest,
            Limit::To(bound) => units(bound, self.scale),
            Limit::Before(bound) => units(bound, self.scale).saturating_add(1),
        };
        let to = match self.highest {
            Limit::None => largest,
            Limit::To(bound) => units(bound, self.scale),
            Limit::Before(bound) => units(bound, self.scale).saturating_sub(1),
        };
        let reach = Reach {
            from: if from < -largest { -largest } else { from },
            to: if to > largest { largest } else { to },
        };
        assert!(reach.from <= reach.to, "`decimal`: no number of so many digits is within the bounds: widen one of them");
        let form = match (reach.from < 0, self.scale) {
            (false, 0) => WHOLE,
            (true, 0) => SIGNED_WHOLE,
            (false, _) => FRACTION,
            (true, _) => SIGNED_FRACTION,
        };
        let facets = Facets::NONE
            .with(Facet::Format("decimal"))
            .with(Facet::Pattern(Pattern::facts_of(form)))
            .with(Facet::MaxLength(self.longest(reach) as u64))
            .with(Facet::Custom("decimal"));
        Sealed::new(Self { reach, ..self }, facets)
    }

    /// The length of the longest text.
    const fn longest(self, reach: Reach) -> usize {
        let sign = if reach.from < 0 { 1 } else { 0 };
        let fraction = if self.scale > 0 { 1 + self.scale } else { 0 };
        let whole = if self.digits > self.scale { self.digits - self.scale } else { 1 };
        (sign + whole + fraction) as usize
    }

    /// The number in units of the last digit behind the point, if the text is one.
    fn read(self, text: &str) -> Option<i128> {
        let (magnitude, is_negative) = match text.strip_prefix('-') {
            Some(magnitude) => (magnitude, true),
            None => (text, false),
        };
        let (whole, fraction) = match magnitude.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (magnitude, None),
        };
        let is_plain = whole == "0" || !(whole.is_empty() || whole.starts_with('0'));
        let places = match fraction {
            Some("") => return None,
            Some(fraction) => u8::try_from(fraction.len()).ok().filter(|places| *places <= self.scale)?,
            None => 0,
        };
        if !is_plain {
            return None;
        }
        let mut units = 0_i128;
        for byte in whole.bytes().chain(fraction.unwrap_or_default().bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            units = units.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
        }
        self.place(units, places, is_negative)
    }

    /// A number with so many places behind the point, in units of the last one that the rule has. Zero has no sign.
    fn place(self, magnitude: i128, places: u8, is_negative: bool) -> Option<i128> {
        let units = magnitude.checked_mul(power(self.scale.checked_sub(places)?))?;
        match (is_negative, units) {
            (true, 0) => None,
            (true, units) => Some(-units),
            (false, units) => Some(units),
        }
    }

    fn reaches(self, units: i128) -> bool {
        self.reach.from <= units && units <= self.reach.to
    }
}

/// 10 to the power of at most 38.
const fn power(exponent: u8) -> i128 {
    10_i128.pow(exponent as u32)
}

/// The bound in units of the last digit behind the point.
#[track_caller]
const fn units(bound: Bound, scale: u8) -> i128 {
    match bound {
        Bound::Whole(number) => number.saturating_mul(power(scale)),
        Bound::Fraction(number) => {
            let exact = number * power(scale) as f64;
            let units = (if exact < 0.0 { exact - 0.5 } else { exact + 0.5 }) as i128;
            // A literal is off by less than this; beyond 2^48 units, that could hide a digit.
            let slack = exact.abs() / (1_u64 << 51) as f64;
            assert!(exact.abs() < (1_u64 << 48) as f64, "`decimal`: write a bound of this size as a whole number");
            assert!((exact - units as f64).abs() <= slack, "`decimal`: a bound has no more than `scale` digits behind the point");
            units
        }
    }
}

impl TextRule for Decimal {
    fn code(&self) -> &'static str {
        "decimal"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scale {
            0 => write!(f, "must be a whole number of at most {} digits", self.digits)?,
            scale => {
                let digits = self.digits;
                write!(f, "must be a decimal number of at most {digits} digits, at most {scale} of them behind the point")?;
            }
        }
        match self.lowest {
            Limit::None => {}
            Limit::To(bound) => write!(f, ", at least {bound}")?,
            Limit::Before(bound) => write!(f, ", above {bound}")?,
        }
        match self.highest {
            Limit::None => Ok(()),
            Limit::To(bound) => write!(f, ", at most {bound}"),
            Limit::Before(bound) => write!(f, ", below {bound}"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("digits", Parameter::Integer(self.digits.into()));
        visit("scale", Parameter::Integer(self.scale.into()));
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

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        self.read(text).is_some_and(|units| self.reaches(units))
    }
}

#[cfg(feature = "rust_decimal")]
mod decoded {
    use super::{super::Apply, Decimal};

    impl Apply<rust_decimal::Decimal> for Decimal {
        fn check(&self, value: &rust_decimal::Decimal) -> bool {
            let places = u8::try_from(value.scale()).ok();
            places
                .and_then(|places| self.place(value.mantissa().checked_abs()?, places, value.is_sign_negative()))
                .is_some_and(|units| self.reaches(units))
        }
    }

    impl Apply<Option<rust_decimal::Decimal>> for Decimal {
        fn check(&self, value: &Option<rust_decimal::Decimal>) -> bool {
            value.as_ref().is_none_or(|value| self.check(value))
        }
    }
}

#[cfg(test)]
mod tests;
