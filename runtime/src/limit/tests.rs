//! What a limiter in memory promises: exact for threads, all or nothing, bounded, and never forgetful of a debt.

use std::{
    collections::HashMap,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Barrier,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    task::{Context, Poll, Waker},
    thread,
};

use proptest::prelude::*;

use super::{
    Admission, Charge, InvalidCapacity, Limiter, Outage, Standing, Store,
    quota::{Arrival, Quota, Verdict},
    table::Slot,
};
use crate::policy::Rate;

const SECOND: u64 = 1_000_000_000;
const TEN: Rate = Rate::parse("10/min per ip");
const TWO: Rate = Rate::parse("2/min per caller");
const DAILY: Rate = Rate::parse("1/d per ip");

fn charge<'a>(name: &'static str, rate: &'static Rate, key: &'a [u8]) -> Charge<'a> {
    Charge { name, rate, key }
}

fn admit(limiter: &Limiter, charges: &[Charge<'_>], now: u64) -> Admission {
    limiter.try_admit_now(charges, now).expect("rates in memory").expect("few charges")
}

fn admits(limiter: &Limiter, charges: &[Charge<'_>], now: u64) -> bool {
    admit(limiter, charges, now).refused().is_none()
}

fn remaining(admission: &Admission) -> Vec<u32> {
    admission.standings().map(Standing::remaining).collect()
}

#[test]
fn a_slot_is_16_bytes() {
    assert_eq!(size_of::<Slot>(), 16);
}

#[test]
fn a_refusal_leaves_the_other_rates_as_they_were() {
    let limiter = Limiter::memory();
    for turned in [false, true] {
        let key = [u8::from(turned)];
        let mut charges = [charge("wide", &TEN, &key), charge("tight", &TWO, &key)];
        if turned {
            charges.reverse();
        }
        assert!(admits(&limiter, &charges, 0) && admits(&limiter, &charges, 0));
        for _ in 0..9 {
            let refused = admit(&limiter, &charges, 0);
            assert_eq!(refused.refused().expect("the tight one").policies().collect::<Vec<_>>(), ["tight"]);
        }
        let wide = admit(&limiter, &[charge("wide", &TEN, &key)], 0);
        assert_eq!(remaining(&wide), [7]);
    }
}

#[test]
fn a_refused_fresh_key_leaves_no_trace() {
    let limiter = Limiter::memory();
    assert!(admits(&limiter, &[charge("daily", &DAILY, b"a")], 0));
    let both = [charge("wide", &TEN, b"fresh"), charge("daily", &DAILY, b"a")];
    let refused = admit(&limiter, &both, 0);
    assert_eq!(remaining(&refused), [10, 0]);
    assert_eq!(refused.standings().map(Standing::reset_seconds).collect::<Vec<_>>(), [0, 86_400]);
    assert_eq!(remaining(&admit(&limiter, &both[..1], 0)), [9]);
}

#[test]
fn every_violated_policy_is_named_and_the_longest_wait_told() {
    let limiter = Limiter::memory();
    let charges = [charge("tight", &TWO, b"a"), charge("wide", &TEN, b"a"), charge("daily", &DAILY, b"a")];
    assert!(admits(&limiter, &charges, 0));
    assert!(admits(&limiter, &charges[..1], 0));
    let admission = admit(&limiter, &charges, SECOND);
    let refusal = admission.refused().expect("two are violated");
    assert_eq!(refusal.policies().collect::<Vec<_>>(), ["tight", "daily"]);
    assert_eq!(refusal.wait().as_secs(), 86_399);
    assert!(admits(&limiter, &charges, SECOND + 86_399 * SECOND));
}

#[test]
fn the_same_charge_twice_takes_two_units() {
    let limiter = Limiter::memory();
    let twice = [charge("tight", &TWO, b"a"), charge("tight", &TWO, b"a")];
    assert!(admits(&limiter, &twice, 0));
    assert!(!admits(&limiter, &twice[..1], 0));
    assert!(!admits(&limiter, &twice, 30 * SECOND));
    assert!(admits(&limiter, &twice[..1], 30 * SECOND));
}

#[test]
fn names_rates_and_keys_never_share_a_bucket() {
    const CALLER: Rate = Rate::parse("1/d per caller");
    const OTHER: Rate = Rate::parse("1/2d per ip");
    let limiter = Limiter::memory();
    for charge in [
        charge("a", &DAILY, b"bc"),
        charge("ab", &DAILY, b"c"),
        charge("abc", &DAILY, b""),
        charge("a", &CALLER, b"bc"),
        charge("a", &OTHER, b"bc"),
    ] {
        assert!(admits(&limiter, &[charge], 0), "{charge:?}");
        assert!(!admits(&limiter, &[charge], 0), "{charge:?}");
    }
}

#[test]
fn more_charges_than_fit_are_an_outage() {
    let limiter = Limiter::memory();
    let many = [charge("wide", &TEN, b"a"); Admission::CAPACITY + 1];
    assert_eq!(limiter.try_admit_now(&many, 0).expect("in memory").err(), Some(Outage::TooManyCharges));
    assert!(admits(&limiter, &many[..Admission::CAPACITY], 0));
    assert!(admits(&limiter, &[], 0));
}

#[test]
fn a_clock_going_back_stands_still() {
    let limiter = Limiter::memory_with(1).expect("one key");
    let late = 1_000 * SECOND;
    assert!(admits(&limiter, &[charge("tight", &TWO, b"a"); 2], late));
    let refused = admit(&limiter, &[charge("tight", &TWO, b"a")], late - 60 * SECOND);
    assert_eq!(refused.refused().expect("still in debt").wait().as_secs(), 90);
    assert!(admits(&limiter, &[charge("tight", &TWO, b"a")], late + 30 * SECOND));
}

#[test]
fn a_clock_going_back_stands_still_for_a_fresh_key_too() {
    let limiter = Limiter::memory_with(1).expect("one key");
    assert!(admits(&limiter, &[charge("tight", &TWO, b"a")], 100 * SECOND));
    let fresh = [charge("tight", &TWO, b"b")];
    assert!(admits(&limiter, &fresh, 0) && admits(&limiter, &fresh, 0));
    // Had the two been counted at the time that was told, they would be forgotten by now.
    assert!(!admits(&limiter, &fresh, 100 * SECOND));
}

#[test]
fn threads_admit_exactly_the_burst_of_every_key() {
    const KEYS: usize = 32;
    const THREADS: usize = 4;
    const BURST: Rate = Rate::parse("1/d per ip").burst(50);
    let limiter = Limiter::memory();
    let admitted: Vec<AtomicU32> = (0..KEYS).map(|_| AtomicU32::new(0)).collect();
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (limiter, admitted, start) = (&limiter, &admitted, &start);
            scope.spawn(move || {
                start.wait();
                // All threads meet at each fresh key, some from the other side.
                for round in 0..60 * KEYS {
                    let key = if thread % 2 == 0 { round % KEYS } else { KEYS - 1 - round % KEYS };
                    if admits(limiter, &[charge("burst", &BURST, &key.to_le_bytes())], 7) {
                        admitted[key].fetch_add(1, Relaxed);
                    }
                }
            });
        }
    });
    assert!(admitted.iter().all(|admitted| admitted.load(Relaxed) == 50), "{admitted:?}");
}

#[test]
fn threads_with_several_rates_drain_none_that_refuses() {
    const THREADS: usize = 4;
    const SHARED: Rate = Rate::parse("1/d per ip").burst(100);
    const OWN: Rate = Rate::parse("1/d per caller").burst(10);
    let limiter = Limiter::memory();
    let total = AtomicU32::new(0);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (limiter, total) = (&limiter, &total);
            scope.spawn(move || {
                let key = thread.to_le_bytes();
                let mut charges = [charge("shared", &SHARED, b"tenant"), charge("own", &OWN, &key)];
                // Locks are taken by shelf, so the order of the charges cannot make two threads wait for each other.
                if thread % 2 == 0 {
                    charges.reverse();
                }
                for _ in 0..1_000 {
                    total.fetch_add(u32::from(admits(limiter, &charges, 0)), Relaxed);
                }
            });
        }
    });
    assert_eq!(total.load(Relaxed), 40);
    // 40 were taken for admitted requests, and nothing for the thousands of refused ones.
    assert_eq!(remaining(&admit(&limiter, &[charge("shared", &SHARED, b"tenant")], 0)), [59]);
}

#[test]
fn threads_that_charge_the_same_keys_in_any_order_do_not_wait_for_each_other() {
    let limiter = Limiter::memory();
    thread::scope(|scope| {
        for order in [[0u8, 1, 2, 0, 3], [3, 2, 1, 3, 0], [1, 3, 0, 2, 1]] {
            let limiter = &limiter;
            scope.spawn(move || {
                for round in 0..5_000u64 {
                    let keys = order.map(|key| [key]);
                    let charges: Vec<_> = keys.iter().map(|key| charge("wide", &TEN, key)).collect();
                    let _ = admits(limiter, &charges, round * SECOND);
                }
            });
        }
    });
}

#[test]
fn the_promised_keys_fit_without_overflow() {
    for keys in [1usize, 10, 1_000, 20_000] {
        let limiter = Limiter::memory_with(keys).expect("a capacity");
        let fresh = (0..keys).filter(|key| admits(&limiter, &[charge("daily", &DAILY, &key.to_le_bytes())], 0)).count();
        assert_eq!(fresh, keys);
        let again = (0..keys).filter(|key| admits(&limiter, &[charge("daily", &DAILY, &key.to_le_bytes())], 0)).count();
        assert_eq!(again, 0);
    }
}

#[test]
fn a_flood_of_keys_neither_frees_a_debtor_nor_is_free() {
    let limiter = Limiter::memory_with(1_000).expect("a capacity");
    let victim = [charge("daily", &DAILY, b"victim")];
    assert!(admits(&limiter, &victim, 0));
    let flood = |range: std::ops::Range<u32>, now| {
        range.filter(|key| admits(&limiter, &[charge("daily", &DAILY, &key.to_le_bytes())], now)).count()
    };
    // What does not fit shares one bucket: all together have the rate of one.
    let taken = flood(0..100_000, 1);
    assert!(taken <= 1_520, "{taken} keys in a table of a thousand");
    assert!(!admits(&limiter, &victim, 2));
    assert_eq!(flood(100_000..200_000, 2), 0);
    // Other policies have an overflow of their own.
    assert!(admits(&limiter, &[charge("other", &TEN, b"fresh")], 2));
    // When the debts are paid, all is as at the start.
    assert_eq!(flood(200_000..200_500, 86_401 * SECOND), 500);
}

#[test]
fn an_overflowing_key_is_undone_with_the_others() {
    let limiter = Limiter::memory_with(1).expect("a capacity");
    for key in 0..200u8 {
        let _ = admits(&limiter, &[charge("fill", &DAILY, &[key])], 0);
    }
    let fresh = charge("wide", &TEN, b"fresh");
    for _ in 0..20 {
        assert!(!admits(&limiter, &[fresh, charge("fill", &DAILY, b"another")], 0));
    }
    assert_eq!(remaining(&admit(&limiter, &[fresh], 0)), [9]);
    assert_eq!(remaining(&admit(&limiter, &[charge("wide", &TEN, b"somebody else")], 0)), [8]);
}

#[test]
fn a_capacity_that_makes_no_sense_is_refused() {
    assert_eq!(Limiter::memory_with(0).err(), Some(InvalidCapacity::Zero));
    assert_eq!(Limiter::memory_with(usize::MAX).err(), Some(InvalidCapacity::TooLarge));
}

#[test]
fn memory_answers_at_the_first_poll() {
    let limiter = Limiter::memory();
    let charges = [charge("wide", &TEN, b"a")];
    let future = pin!(limiter.admit(&charges, 0));
    let Poll::Ready(Ok(admission)) = future.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waited") };
    assert_eq!(remaining(&admission), [9]);
}

#[test]
fn a_store_elsewhere_is_asked_and_its_outage_told() {
    struct Down;
    impl Store for Down {
        fn admit<'a>(
            &'a self,
            _: &'a [Charge<'a>],
            _: u64,
        ) -> Pin<Box<dyn Future<Output = Result<Admission, Outage>> + Send + 'a>> {
            Box::pin(async { Err(Outage::TimedOut) })
        }
    }
    let limiter = Limiter::shared(Down);
    let future = pin!(limiter.admit(&[], 0));
    let Poll::Ready(answer) = future.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waited") };
    assert_eq!(answer.err(), Some(Outage::TimedOut));
    assert!(limiter.try_admit_now(&[], 0).is_none());
}

const RATES: [(&str, Rate); 4] = [
    ("seven", Rate::parse("7/s per ip")),
    ("three", Rate::parse("3/min per caller").burst(2)),
    ("one", Rate::parse("1/s per ip")),
    ("many", Rate::parse("999983/min per ip").burst(3)),
];

proptest! {
    /// A map that never forgets and is charged in two passes decides the same for any requests.
    #[test]
    fn decides_as_a_map_without_bounds_does(
        requests in prop::collection::vec((0..SECOND / 3, prop::collection::vec((0..RATES.len(), 0..5u8), 0..5)), 1..150),
    ) {
        let limiter = Limiter::memory_with(64).expect("a capacity");
        let mut kept: HashMap<(usize, u8), Arrival> = HashMap::new();
        let mut now = 0;
        for (step, wanted) in requests {
            now += step;
            let keys: Vec<[u8; 1]> = wanted.iter().map(|(_, key)| [*key]).collect();
            let charges: Vec<Charge<'_>> =
                wanted.iter().zip(&keys).map(|((rate, _), key)| charge(RATES[*rate].0, &RATES[*rate].1, key)).collect();
            let mut tried = kept.clone();
            let mut expected = true;
            for wanted in &wanted {
                let arrival = tried.entry(*wanted).or_insert(Arrival::START);
                match Quota::of(&RATES[wanted.0].1).charge(*arrival, now) {
                    Verdict::Admitted(next) => *arrival = next,
                    Verdict::Refused { .. } => expected = false,
                }
            }
            prop_assert_eq!(admits(&limiter, &charges, now), expected);
            if expected {
                kept = tried;
            }
        }
    }
}
