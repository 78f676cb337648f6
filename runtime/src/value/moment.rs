//! A point on the line of time, and the texts of RFC 3339 that name one, read in const evaluation.

use std::{rc::Rc, sync::Arc};

use super::View;

/// Nanoseconds since 1970-01-01T00:00:00Z. A date without a time stands for its first moment in UTC.
///
/// ```
/// use palisade::value::Moment;
///
/// const NOON: Option<Moment> = Moment::parse("2030-01-01T12:00:00+01:00");
/// assert_eq!(NOON, Some(Moment::of_seconds(1_893_495_600)));
/// assert!(Moment::parse("2030-02-30").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i128);

const SECOND: i128 = 1_000_000_000;
const DAY: i64 = 86_400;

impl Moment {
    /// This many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn of_seconds(seconds: i64) -> Self {
        Self(seconds as i128 * SECOND)
    }

    /// This many nanoseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn of_nanos(nanos: i128) -> Self {
        Self(nanos)
    }

    /// The first moment of a date in UTC, in the proleptic Gregorian calendar.
    #[must_use]
    pub const fn of_date(year: i32, month: u8, day: u8) -> Self {
        Self::of_seconds(days(year as i64, month as i64, day as i64) * DAY)
    }

    /// Whether the two are no more than this many seconds apart.
    #[must_use]
    pub const fn is_within(self, seconds: u64, other: Self) -> bool {
        self.0.abs_diff(other.0) <= seconds as u128 * SECOND as u128
    }

    /// Whether this moment is before `other`, in const evaluation.
    #[must_use]
    pub const fn is_before(self, other: Self) -> bool {
        self.0 < other.0
    }

    /// Reads a `date-time` or a `full-date` of RFC 3339, section 5.6. A leap second is none of ours.
    #[must_use]
    pub const fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let (Some(year), Some(month), Some(day)) = (number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)) else {
            return None;
        };
        let is_date = at(text, 4) == b'-' && at(text, 7) == b'-' && 1 <= month && month <= 12;
        if !is_date || day < 1 || days_of(year, month) < day {
            return None;
        }
        let date = days(year, month, day) * DAY;
        if text.len() == 10 {
            return Some(Self::of_seconds(date));
        }
        let (Some(hour), Some(minute), Some(second)) = (number(text, 11, 2), number(text, 14, 2), number(text, 17, 2))
        else {
            return None;
        };
        let is_time = matches!(at(text, 10), b'T' | b't') && at(text, 13) == b':' && at(text, 16) == b':';
        if !is_time || 23 < hour || 59 < minute || 59 < second {
            return None;
        }
        let Some((nanos, end)) = fraction(text, 19) else { return None };
        let Some(offset) = offset(text, end) else { return None };
        let seconds = date + hour * 3_600 + minute * 60 + second - offset;
        Some(Self(seconds as i128 * SECOND + nanos as i128))
    }
}

/// The byte at an index; beyond the end, one that no text of this grammar holds.
const fn at(text: &[u8], index: usize) -> u8 {
    if index < text.len() { text[index] } else { 0 }
}

/// A number of exactly so many digits.
const fn number(text: &[u8], start: usize, count: usize) -> Option<i64> {
    let mut number = 0;
    let mut index = start;
    while index < start + count {
        let digit = at(text, index);
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (digit - b'0') as i64;
        index += 1;
    }
    Some(number)
}

/// The nanoseconds of a fraction, and where it ends. Digits beyond the ninth are dropped.
const fn fraction(text: &[u8], start: usize) -> Option<(i64, usize)> {
    if at(text, start) != b'.' {
        return Some((0, start));
    }
    let mut nanos = 0;
    let mut unit = 100_000_000;
    let mut index = start + 1;
    while at(text, index).is_ascii_digit() {
        nanos += (at(text, index) - b'0') as i64 * unit;
        unit /= 10;
        index += 1;
    }
    if index == start + 1 { None } else { Some((nanos, index)) }
}

/// The seconds of an offset that ends the text.
const fn offset(text: &[u8], start: usize) -> Option<i64> {
    let sign = match at(text, start) {
        b'Z' | b'z' if text.len() == start + 1 => return Some(0),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    match (number(text, start + 1, 2), at(text, start + 3), number(text, start + 4, 2)) {
        (Some(hours), b':', Some(minutes)) if hours < 24 && minutes < 60 && text.len() == start + 6 => {
            Some(sign * (hours * 3_600 + minutes * 60))
        }
        _ => None,
    }
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days from 1970-01-01 to a date, counted in years that begin in March, so that a leap day is the last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + day_of_year - 719_468
}

/// A value that names a moment.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no moment",
    label = "this rule is for dates and times",
    note = "use a date or time of `jiff`, `chrono` or `time`, each behind the feature of its name"
)]
pub trait Temporal {
    /// The moment, unless it is absent.
    fn moment(&self) -> Option<Moment>;
}

#[diagnostic::do_not_recommend]
impl Temporal for Moment {
    fn moment(&self) -> Option<Moment> {
        Some(*self)
    }
}

/// A text that did not decode with its document. What is no text of RFC 3339 is looked at once it decodes.
#[diagnostic::do_not_recommend]
impl Temporal for View<'_> {
    fn moment(&self) -> Option<Moment> {
        match self {
            Self::Text(text) => Moment::parse(text),
            Self::Integer(_) | Self::Number(_) | Self::Count(_) | Self::Other => None,
        }
    }
}

macro_rules! seen_through {
    ($($wrapper:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl<T: Temporal + ?Sized> Temporal for $wrapper {
            #[inline]
            fn moment(&self) -> Option<Moment> {
                (**self).moment()
            }
        })+
    };
}
seen_through!(&T, Box<T>, Rc<T>, Arc<T>);

#[diagnostic::do_not_recommend]
impl<T: Temporal> Temporal for Option<T> {
    #[inline]
    fn moment(&self) -> Option<Moment> {
        self.as_ref().and_then(Temporal::moment)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_rfc_3339_writes() {
        let rows = [
            ("1970-01-01", Some(0)),
            ("1969-12-31T23:59:59Z", Some(-SECOND)),
            ("2000-02-29", Some(951_782_400 * SECOND)),
            ("1985-04-12T23:20:50.52Z", Some(482_196_050_520_000_000)),
            ("1996-12-19T16:39:57-08:00", Some(851_042_397 * SECOND)),
            ("1937-01-01t12:00:27.87+00:20", Some(-1_041_337_172_130_000_000)),
            ("1990-12-31T23:59:60Z", None),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("2023-13-01", None),
            ("2023-00-01", None),
            ("2023-01-00", None),
            ("2023-1-01", None),
            ("2023-01-01T00:00:00", None),
            ("2023-01-01T00:00Z", None),
            ("2023-01-01 00:00:00Z", None),
            ("2023-01-01T24:00:00Z", None),
            ("2023-01-01T00:00:00.Z", None),
            ("2023-01-01T00:00:00+24:00", None),
            ("2023-01-01T00:00:00+0100", None),
            ("2023-01-01T00:00:00Zz", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(Moment::parse(text), expected.map(Moment), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String) {
            let _ = Moment::parse(&text);
        }

        #[cfg(feature = "jiff")]
        #[test]
        fn agrees_with_jiff(seconds in -62_135_596_800_i64..253_402_207_200, nanos in 0_i32..1_000_000_000, text in "[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9]))?") {
            let stamp = jiff::Timestamp::new(seconds, nanos).unwrap();
            prop_assert_eq!(Moment::parse(&stamp.to_string()), Some(Moment(stamp.as_nanosecond())));
            if text.len() == 10 {
                prop_assert_eq!(Moment::parse(&text).is_some(), text.parse::<jiff::civil::Date>().is_ok());
            } else if let Some(moment) = Moment::parse(&text) && let Ok(stamp) = text.parse::<jiff::Timestamp>() {
                prop_assert_eq!(moment, Moment(stamp.as_nanosecond()));
            }
        }
    }
}
