//! The generic cell rate algorithm in exact arithmetic: pure functions of a state, a rate and a time.

use crate::policy::Rate;

const NANOS: u64 = 1_000_000_000;

/// What is kept for a key: the theoretical arrival time, when the key's bucket will be full again.
///
/// Seven a second come 142,857,142 and 6/7 ns apart. Rounding that would drift, so the time has a fraction, in
/// parts of the rate's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) nanos: u64,
    pub(super) fraction: u32,
}

impl Arrival {
    /// A key never seen: its bucket is full at any time.
    pub(super) const START: Self = Self { nanos: 0, fraction: 0 };

    /// The next whole nanosecond, which no fraction of whatever rate exceeds.
    pub(super) const fn rounded_up(self) -> Self {
        match self.fraction {
            0 => self,
            _ => Self { nanos: self.nanos.saturating_add(1), fraction: 0 },
        }
    }
}

/// What a charge of one unit comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The unit is there. This is the state after it is taken.
    Admitted(Arrival),
    /// The unit is not there. The state stays, and the unit comes after so many nanoseconds, not earlier.
    Refused { wait: u64 },
}

/// A rate as the algorithm needs it. Debt is measured in nanoseconds times the count, where the interval between
/// two units is the period itself: every comparison is then between whole numbers. 128 bits hold the largest,
/// a burst of 32 bits times a period of 64.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quota {
    count: u32,
    period: u64,
    burst: u32,
}

impl Quota {
    pub(super) const fn of(rate: &Rate) -> Self {
        Self { count: rate.count(), period: rate.period().saturating_mul(NANOS), burst: rate.burst_size() }
    }

    /// Takes one unit, when it is there.
    pub(super) fn charge(&self, arrival: Arrival, now: u64) -> Verdict {
        let debt = self.debt(arrival, now) + u128::from(self.period);
        if debt > self.capacity() {
            return Verdict::Refused { wait: self.nanos_to_pay(debt - self.capacity()) };
        }
        match self.next(if arrival.nanos < now { Arrival { nanos: now, fraction: 0 } } else { arrival }) {
            Some(next) => Verdict::Admitted(next),
            // A debt that cannot be written down would be forgotten, so it is not made.
            None => Verdict::Refused { wait: u64::MAX },
        }
    }

    /// How many units are there, and in how many nanoseconds there is one more: zero when the bucket is full.
    pub(super) fn outlook(&self, arrival: Arrival, now: u64) -> (u32, u64) {
        let debt = self.debt(arrival, now);
        if debt == 0 {
            return (self.burst, 0);
        }
        let Some(room) = self.capacity().checked_sub(debt) else {
            return (0, self.nanos_to_pay(debt - self.capacity() + u128::from(self.period)));
        };
        let (units, rest) = divide(room, self.period);
        (u32::try_from(units).unwrap_or(u32::MAX), self.nanos_to_pay(u128::from(self.period - rest)))
    }

    fn debt(&self, arrival: Arrival, now: u64) -> u128 {
        match arrival.nanos.checked_sub(now) {
            Some(nanos) => u128::from(nanos) * u128::from(self.count) + u128::from(arrival.fraction),
            None => 0,
        }
    }

    fn capacity(&self) -> u128 {
        u128::from(self.period) * u128::from(self.burst)
    }

    fn next(&self, arrival: Arrival) -> Option<Arrival> {
        let count = u64::from(self.count);
        let mut nanos = arrival.nanos.checked_add(self.period / count)?;
        let mut fraction = u64::from(arrival.fraction) + self.period % count;
        if fraction >= count {
            nanos = nanos.checked_add(fraction / count)?;
            fraction %= count;
        }
        Some(Arrival { nanos, fraction: u32::try_from(fraction).ok()? })
    }

    /// The first whole nanosecond at which `debt` is paid: a count is paid each nanosecond.
    fn nanos_to_pay(&self, debt: u128) -> u64 {
        match u64::try_from(debt) {
            Ok(debt) => debt.div_ceil(u64::from(self.count)),
            Err(_) => u64::try_from(debt.div_ceil(u128::from(self.count))).unwrap_or(u64::MAX),
        }
    }
}

/// 64-bit division where it suffices, which is nearly always: the long one costs several times as much.
fn divide(dividend: u128, divisor: u64) -> (u128, u64) {
    match u64::try_from(dividend) {
        Ok(dividend) => (u128::from(dividend / divisor), dividend % divisor),
        Err(_) => {
            let rest = dividend % u128::from(divisor);
            (dividend / u128::from(divisor), u64::try_from(rest).unwrap_or(0))
        }
    }
}

