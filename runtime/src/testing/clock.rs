//! A clock that a test moves by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::Clock;

/// A clock that stands still until it is told to move. Clones show the same time.
///
/// ```
/// use std::time::Duration;
/// use palisade::{Clock, testing::FakeClock};
///
/// let clock = FakeClock::at(1_800_000_000);
/// let seen_by_the_server = clock.clone();
/// clock.advance(Duration::from_millis(61_500));
/// assert_eq!(seen_by_the_server.unix_seconds(), 1_800_000_061);
/// assert_eq!(seen_by_the_server.nanos(), 61_500_000_000);
/// ```
#[derive(Debug, Clone)]
pub struct FakeClock {
    start: u64,
    nanos: Arc<AtomicU64>,
}

impl FakeClock {
    /// A clock that shows this second since 1970.
    #[must_use]
    pub fn at(unix_seconds: u64) -> Self {
        Self { start: unix_seconds, nanos: Arc::new(AtomicU64::new(0)) }
    }

    /// Moves it forward.
    pub fn advance(&self, time: Duration) {
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn unix_seconds(&self) -> u64 {
        self.start.saturating_add(self.nanos() / 1_000_000_000)
    }

    fn nanos(&self) -> u64 {
        self.nanos.load(Ordering::SeqCst)
    }
}
