//! The only way the runtime asks for the time, so that a test can move it.

use std::{
    sync::LazyLock,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Where the time comes from.
///
/// ```
/// use palisade::{Clock, SystemClock};
///
/// assert!(SystemClock.unix_seconds() > 1_700_000_000);
/// assert!(SystemClock.nanos() <= SystemClock.nanos());
/// ```
pub trait Clock: Send + Sync + 'static {
    /// Seconds since 1970-01-01T00:00:00Z: what tokens are compared with.
    fn unix_seconds(&self) -> u64;

    /// Nanoseconds since some fixed moment, never going back: what rates are counted in.
    fn nanos(&self) -> u64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn unix_seconds(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    fn nanos(&self) -> u64 {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        u64::try_from(START.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}
