//! The dates and times of `chrono`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeZone, Utc};

use super::formatted;
use crate::value::{Moment, Temporal};

formatted! {
    DateTime<Utc> => "date-time", "a date with time and offset, as RFC 3339 writes it", 64;
    DateTime<FixedOffset> => "date-time", "a date with time and offset, as RFC 3339 writes it", 64;
    NaiveDate => "date", "a date, as RFC 3339 writes it", 16;
}

#[diagnostic::do_not_recommend]
impl<Z: TimeZone> Temporal for DateTime<Z> {
    fn moment(&self) -> Option<Moment> {
        let nanos = i128::from(self.timestamp()) * 1_000_000_000 + i128::from(self.timestamp_subsec_nanos());
        Some(Moment::of_nanos(nanos))
    }
}

#[diagnostic::do_not_recommend]
impl Temporal for NaiveDate {
    fn moment(&self) -> Option<Moment> {
        // 1970-01-01 is this day of the common era.
        const EPOCH: i64 = 719_163;
        Some(Moment::of_seconds((i64::from(self.num_days_from_ce()) - EPOCH) * 86_400))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_moment_that_its_text_does() {
        for text in ["1970-01-01T00:00:00Z", "2031-05-06T07:08:09.123456789-03:30", "1901-02-03T04:05:06.7Z"] {
            assert_eq!(text.parse::<DateTime<FixedOffset>>().unwrap().moment(), Moment::parse(text), "{text}");
        }
        for text in ["1970-01-01", "2000-02-29", "0001-01-01"] {
            assert_eq!(text.parse::<NaiveDate>().unwrap().moment(), Moment::parse(text), "{text}");
        }
    }
}
