//! What a check may know besides the value.

use super::Moment;
use crate::clock::{Clock, SystemClock};

/// The surroundings of a check: the time of the request, so that one request is judged at one moment.
///
/// ```
/// use palisade::value::{Moment, Surroundings};
///
/// assert_eq!(Surroundings::at(1_800_000_000).now(), Moment::of_seconds(1_800_000_000));
/// assert!(Moment::of_seconds(1_700_000_000) < Surroundings::NONE.now());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings {
    unix_seconds: Option<u64>,
}

impl Surroundings {
    /// Nothing is known, so that a rule which asks for the time gets the machine's.
    pub const NONE: Self = Self { unix_seconds: None };

    /// At this second since 1970.
    #[must_use]
    pub const fn at(unix_seconds: u64) -> Self {
        Self { unix_seconds: Some(unix_seconds) }
    }

    /// The second since 1970, where it is known.
    #[cfg(feature = "gate")]
    pub(crate) const fn unix_seconds(self) -> Option<u64> {
        self.unix_seconds
    }

    /// The time, to the second.
    #[must_use]
    pub fn now(self) -> Moment {
        let seconds = self.unix_seconds.unwrap_or_else(|| SystemClock.unix_seconds());
        Moment::of_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}
