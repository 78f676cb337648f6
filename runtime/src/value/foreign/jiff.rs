//! The dates and times of `jiff`.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
};

use super::formatted;
use crate::value::{Moment, Temporal};

formatted! {
    Timestamp => "date-time", "a date with time and offset, as RFC 3339 writes it", 64;
    Zoned => "zoned-date-time", "a date with time, offset and time zone, as RFC 9557 writes it", 128;
    Date => "date", "a date, as RFC 3339 writes it", 16;
    // Without an offset it names no moment.
    DateTime => "partial-date-time", "a date with time", 64;
}

#[diagnostic::do_not_recommend]
impl Temporal for Timestamp {
    fn moment(&self) -> Option<Moment> {
        Some(Moment::of_nanos(self.as_nanosecond()))
    }
}

#[diagnostic::do_not_recommend]
impl Temporal for Zoned {
    fn moment(&self) -> Option<Moment> {
        self.timestamp().moment()
    }
}

#[diagnostic::do_not_recommend]
impl Temporal for Date {
    fn moment(&self) -> Option<Moment> {
        let (month, day) = (self.month().unsigned_abs(), self.day().unsigned_abs());
        Some(Moment::of_date(self.year().into(), month, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_moment_that_its_text_does() {
        for text in ["1970-01-01T00:00:00Z", "2031-05-06T07:08:09.123456789-03:30", "1901-02-03T04:05:06.7Z"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().moment(), Moment::parse(text), "{text}");
        }
        for text in ["1970-01-01", "2000-02-29", "0001-01-01"] {
            assert_eq!(text.parse::<Date>().unwrap().moment(), Moment::parse(text), "{text}");
        }
    }
}
