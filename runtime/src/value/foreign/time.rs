//! The dates and times of `time`. Fields of these types say how they are written: `#[serde(with = "time::serde::rfc3339")]`.

use time::{Date, OffsetDateTime};

use super::formatted;
use crate::value::{Moment, Temporal};

formatted! {
    OffsetDateTime => "date-time", "a date with time and offset", 64;
    Date => "date", "a date", 16;
}

#[diagnostic::do_not_recommend]
impl Temporal for OffsetDateTime {
    fn moment(&self) -> Option<Moment> {
        Some(Moment::of_nanos(self.unix_timestamp_nanos()))
    }
}

#[diagnostic::do_not_recommend]
impl Temporal for Date {
    fn moment(&self) -> Option<Moment> {
        // 1970-01-01 is this day of the Julian calendar.
        const EPOCH: i64 = 2_440_588;
        Some(Moment::of_seconds((i64::from(self.to_julian_day()) - EPOCH) * 86_400))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn names_the_moment_that_its_text_does() {
        let moment = Moment::parse("2031-05-06T07:08:09.5-03:30");
        assert_eq!(datetime!(2031-05-06 07:08:09.5 -03:30).moment(), moment);
        assert_eq!(date!(2000 - 02 - 29).moment(), Moment::parse("2000-02-29"));
    }
}
