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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same rate as a bucket of tokens, in integers of 128 bits that cannot overflow here: it fills by the
    /// count each nanosecond, holds the burst times the period, and a unit takes the period.
    struct Oracle {
        quota: Quota,
        level: u128,
        latest: u64,
    }

    impl Oracle {
        fn new(quota: Quota) -> Self {
            Self { quota, level: u128::from(quota.burst) * u128::from(quota.period), latest: 0 }
        }

        fn admits(&mut self, now: u64) -> bool {
            let full = u128::from(self.quota.burst) * u128::from(self.quota.period);
            let filled = u128::from(now - self.latest) * u128::from(self.quota.count);
            self.level = full.min(self.level + filled);
            self.latest = now;
            let taken = self.level.checked_sub(u128::from(self.quota.period));
            self.level = taken.unwrap_or(self.level);
            taken.is_some()
        }

        fn units(&self) -> u128 {
            self.level / u128::from(self.quota.period)
        }
    }

    fn quota() -> impl Strategy<Value = Quota> {
        let count = prop_oneof![1..20u32, Just(7), Just(999_983), 1..=1_000_000_000u32];
        let period = prop_oneof![Just(1u64), Just(60), Just(3_600), Just(86_400), 1..=31_536_000u64];
        let burst = prop_oneof![1..20u32, 1..=u32::MAX];
        (count, period, burst).prop_map(|(count, period, burst)| Quota { count, period: period * NANOS, burst })
    }

    /// Steps around the interval of the quota, where decisions turn, and some far from it.
    fn step(quota: &Quota) -> impl Strategy<Value = u64> + use<> {
        let interval = quota.period / u64::from(quota.count);
        prop_oneof![
            3 => Just(0),
            2 => interval.saturating_sub(2)..=interval + 2,
            2 => 0..=interval + 1,
            1 => 0..=quota.period.min(u64::MAX / 1_000),
            1 => 0..3u64,
        ]
    }

    fn run() -> impl Strategy<Value = (Quota, Vec<u64>)> {
        quota().prop_flat_map(|quota| (Just(quota), prop::collection::vec(step(&quota), 1..200)))
    }

    fn charge(quota: &Quota, arrival: &mut Arrival, now: u64) -> bool {
        match quota.charge(*arrival, now) {
            Verdict::Admitted(next) => {
                *arrival = next;
                true
            }
            Verdict::Refused { .. } => false,
        }
    }

    proptest! {
        #[test]
        fn decides_as_the_oracle_does((quota, steps) in run()) {
            let (mut arrival, mut oracle, mut now) = (Arrival::START, Oracle::new(quota), 0);
            for step in steps {
                now += step;
                prop_assert_eq!(charge(&quota, &mut arrival, now), oracle.admits(now));
                prop_assert_eq!(u128::from(quota.outlook(arrival, now).0), oracle.units());
            }
        }

        #[test]
        fn a_wait_is_exact((quota, steps) in run()) {
            let (mut arrival, mut now) = (Arrival::START, 0);
            for step in steps {
                now += step;
                match quota.charge(arrival, now) {
                    Verdict::Admitted(next) => arrival = next,
                    Verdict::Refused { wait } => {
                        prop_assert!(wait > 0);
                        prop_assert!(matches!(quota.charge(arrival, now + wait), Verdict::Admitted(_)));
                        prop_assert_eq!(quota.charge(arrival, now + wait - 1), Verdict::Refused { wait: 1 });
                        prop_assert_eq!(quota.outlook(arrival, now), (0, wait));
                    }
                }
                let (units, until) = quota.outlook(arrival, now);
                prop_assert_eq!(until == 0, units == quota.burst);
                if until > 0 {
                    prop_assert_eq!(quota.outlook(arrival, now + until).0, units + 1);
                    prop_assert_eq!(quota.outlook(arrival, now + until - 1).0, units);
                }
            }
        }

        #[test]
        fn a_clock_going_back_admits_no_more_than_one_standing_still(
            (quota, steps) in run(),
            back in prop::collection::vec(0..u64::MAX / 4, 200),
        ) {
            let (mut moved, mut frozen) = (Arrival::START, Arrival::START);
            let (mut now, mut surplus) = (u64::MAX / 4, 0i64);
            for (at, (step, back)) in steps.into_iter().zip(back).enumerate() {
                now += step;
                // The first charge is the clock as it should be: a key never seen knows no time to go behind.
                let behind = if at % 3 == 0 { 0 } else { back };
                surplus += i64::from(charge(&quota, &mut moved, now - behind));
                surplus -= i64::from(charge(&quota, &mut frozen, now));
                prop_assert!(surplus <= 0);
            }
        }

        #[test]
        fn extremes_neither_panic_nor_wrap(count: u32, seconds in 1..=u64::MAX / NANOS, burst: u32, nanos: u64, fraction: u32, now: u64) {
            let quota = Quota { count: count.max(1), period: seconds * NANOS, burst: burst.max(1) };
            let arrival = Arrival { nanos, fraction };
            if let Verdict::Admitted(next) = quota.charge(arrival, now) {
                prop_assert!(next.nanos >= nanos && next.nanos >= now);
            }
            prop_assert!(quota.outlook(arrival, now).0 <= quota.burst);
        }
    }

    #[test]
    fn a_fresh_key_has_its_burst_and_no_more_after_any_rest() {
        let quota = Quota { count: 1, period: NANOS, burst: 10 };
        for rest in (0..=30).flat_map(|units| [units * NANOS, (units * NANOS).saturating_sub(1), units * NANOS + 1]) {
            let mut arrival = Arrival::START;
            assert_eq!((0..20).filter(|_| charge(&quota, &mut arrival, 0)).count(), 10);
            let paid = usize::try_from(rest / NANOS).expect("small").min(10);
            assert_eq!((0..20).filter(|_| charge(&quota, &mut arrival, rest)).count(), paid, "after {rest} ns");
        }
    }

    #[test]
    fn a_day_of_awkward_rates_does_not_drift() {
        let day = 86_400 * NANOS;
        for (count, period) in [(7, NANOS), (3, 60 * NANOS), (13, 7 * NANOS), (997, 3_600 * NANOS)] {
            let quota = Quota { count, period, burst: 5 };
            let (mut arrival, mut now, mut admitted) = (Arrival::START, 0, 0u64);
            while now <= day {
                match quota.charge(arrival, now) {
                    Verdict::Admitted(next) => (arrival, admitted) = (next, admitted + 1),
                    Verdict::Refused { wait } => now += wait,
                }
            }
            let refilled = u128::from(day) * u128::from(count) / u128::from(period);
            assert_eq!(u128::from(admitted), 5 + refilled, "{count} in {period} ns");
        }
    }

    #[test]
    fn a_debt_that_cannot_be_written_down_is_not_made() {
        let quota = Quota { count: 1, period: 31_536_000 * NANOS, burst: u32::MAX };
        let full = Arrival { nanos: u64::MAX - 1, fraction: 0 };
        assert_eq!(quota.charge(full, 0), Verdict::Refused { wait: u64::MAX });
        assert_eq!(quota.charge(Arrival::START, u64::MAX), Verdict::Refused { wait: u64::MAX });
    }
}
