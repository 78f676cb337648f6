//! The store in memory: a table that never grows, exact for any number of threads and charges.

use std::{
    hash::BuildHasher,
    sync::{Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;

use super::{
    Admission, Charge, Outage, Standing,
    quota::{Arrival, Quota, Verdict},
    table::{Place, Shelf, Slot, Spot, scale},
};

/// Keys under one lock, and locks at most: enough that two threads rarely meet.
const KEYS_OF_SHELF: usize = 1024;
const SHELVES: usize = 256;

const SLOTS_OF_SET: usize = 8;
const OVERFLOWS: usize = 1024;

/// Keys and their rates, on shelves that each have a lock.
///
/// Locks, not compare-and-swap: a request that is refused by its third rate must leave the first two as they were,
/// and two threads that bring the same new key must find one slot. With atomics both need refunds that others
/// can see. An uncontended lock costs two atomic instructions, no more than the loop it replaces, and is held for
/// some 20 ns without waiting for anything.
///
/// When all slots where a fresh key could go are in debt, no debt is forgotten. The key is counted in a bucket of its
/// policy, shared by all that overflow: together they have the rate of one.
#[derive(Debug)]
pub(super) struct Memory {
    // Callers choose keys and must not be able to choose slots, so the hash is keyed at random. SipHash would take
    // a third of the time of a check, and whoever saw through this one could only have two keys counted as one.
    seed: RandomState,
    shelves: Box<[Lone<Mutex<Shelf>>]>,
    sets: usize,
    overflow: Mutex<Box<[Slot]>>,
}

/// On cache lines of its own, so that a lock does not slow its neighbour.
#[derive(Debug)]
#[repr(align(64))]
struct Lone<T>(T);

/// Where a charge is kept: the shelf, and there.
#[derive(Debug, Clone, Copy)]
struct Address {
    shelf: usize,
    place: Place,
}

impl Memory {
    /// Half as many slots again as keys, so that hardly a key overflows before the last one came.
    pub(super) fn new(capacity_keys: usize) -> Self {
        let shelves = (capacity_keys / KEYS_OF_SHELF).clamp(1, SHELVES);
        let sets = (capacity_keys + capacity_keys / 2).div_ceil(SLOTS_OF_SET * shelves).max(2);
        Self {
            seed: RandomState::default(),
            shelves: (0..shelves).map(|_| Lone(Mutex::new(Shelf::new(sets)))).collect(),
            sets,
            overflow: Mutex::new(vec![Slot::EMPTY; OVERFLOWS].into_boxed_slice()),
        }
    }

    pub(super) fn admit(&self, charges: &[Charge<'_>], now: u64) -> Result<Admission, Outage> {
        match charges {
            [charge] => Admission::of([self.admit_one(charge, now)?]),
            _ if charges.len() <= Admission::CAPACITY => self.admit_all(charges, now),
            _ => Err(Outage::TooManyCharges),
        }
    }

    /// Nearly every request comes here, so it does without the lists that several charges need.
    fn admit_one(&self, charge: &Charge<'_>, now: u64) -> Result<Standing, Outage> {
        let address = self.address(charge);
        let mut shelf = lock(&self.shelves.get(address.shelf).ok_or(Outage::Unavailable)?.0);
        let time = shelf.latest().max(now);
        shelf.advance(time);
        let trial = match shelf.find(address.place, time) {
            Some(spot) => {
                let slot = shelf.slot(spot).ok_or(Outage::Unavailable)?;
                Trial::run(slot, Bucket::Own(address.place.fingerprint()), charge, time)
            }
            None => {
                let mut overflow = lock(&self.overflow);
                let slot = overflow.get_mut(self.overflow_of(charge)).ok_or(Outage::Unavailable)?;
                Trial::run(slot, Bucket::Overflow, charge, time)
            }
        };
        drop(shelf);
        Ok(trial.standing(charge, Outcome::Stands, time, time - now))
    }

    fn admit_all(&self, charges: &[Charge<'_>], now: u64) -> Result<Admission, Outage> {
        let mut addresses = [None; Admission::CAPACITY];
        for (address, charge) in addresses.iter_mut().zip(charges) {
            *address = Some(self.address(charge));
        }
        let mut held = Held::lock(self, &addresses);
        let time = held.time(now);
        let mut entries = [None; Admission::CAPACITY];
        for ((entry, address), charge) in entries.iter_mut().zip(addresses.iter().flatten()).zip(charges) {
            *entry = Some(held.charge(charge, address, time)?);
        }
        let outcome = match entries.iter().flatten().any(|entry: &Entry| entry.trial.is_refused()) {
            true => held.undo(&entries),
            false => Outcome::Stands,
        };
        drop(held);
        Admission::of(
            entries.iter().flatten().zip(charges).map(|(entry, charge)| entry.trial.standing(charge, outcome, time, time - now)),
        )
    }

    fn address(&self, charge: &Charge<'_>) -> Address {
        let Charge { name, rate, key } = charge;
        // Tuples and slices hash their lengths too, so the parts cannot run into each other.
        let hash = self.seed.hash_one((name, rate.count(), rate.period(), rate.partition(), key));
        let (position, fingerprint) = ((hash >> 32) as u32, hash as u32);
        let shelves = self.shelves.len();
        let within = (u64::from(position) * shelves as u64) as u32;
        Address { shelf: scale(position, shelves), place: Place::on(self.sets, within, fingerprint) }
    }

    fn overflow_of(&self, charge: &Charge<'_>) -> usize {
        let hash = self.seed.hash_one((charge.name, charge.rate.count(), charge.rate.period(), charge.rate.partition()));
        scale((hash >> 32) as u32, OVERFLOWS)
    }
}

/// The locks of one request.
struct Held<'a> {
    memory: &'a Memory,
    shelves: [Option<(usize, MutexGuard<'a, Shelf>)>; Admission::CAPACITY],
    overflow: Option<MutexGuard<'a, Box<[Slot]>>>,
}

/// One charge as it was tried, and where.
#[derive(Debug, Clone, Copy)]
struct Entry {
    kept: Kept,
    trial: Trial,
}

/// Where a slot is.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Shelf(usize, Spot),
    Overflow(usize),
}

impl<'a> Held<'a> {
    /// Takes the locks in ascending order, the overflow's last of all, so that no two requests wait for each other.
    fn lock(memory: &'a Memory, addresses: &[Option<Address>; Admission::CAPACITY]) -> Self {
        let mut wanted = [usize::MAX; Admission::CAPACITY];
        for (wanted, address) in wanted.iter_mut().zip(addresses.iter().flatten()) {
            *wanted = address.shelf;
        }
        wanted.sort_unstable();
        let mut shelves = [const { None }; Admission::CAPACITY];
        let mut last = usize::MAX;
        for (held, shelf) in shelves.iter_mut().zip(wanted) {
            if shelf != last {
                *held = memory.shelves.get(shelf).map(|lone| (shelf, lock(&lone.0)));
                last = shelf;
            }
        }
        Self { memory, shelves, overflow: None }
    }

    fn time(&mut self, now: u64) -> u64 {
        let shelves = || self.shelves.iter().flatten();
        let time = shelves().map(|(_, shelf)| shelf.latest()).fold(now, u64::max);
        self.shelves.iter_mut().flatten().for_each(|(_, shelf)| shelf.advance(time));
        time
    }

    fn charge(&mut self, charge: &Charge<'_>, address: &Address, time: u64) -> Result<Entry, Outage> {
        let found = self.shelf(address.shelf).and_then(|shelf| shelf.find(address.place, time));
        let kept = match found {
            Some(spot) => Kept::Shelf(address.shelf, spot),
            None => Kept::Overflow(self.memory.overflow_of(charge)),
        };
        let bucket = match kept {
            Kept::Shelf(..) => Bucket::Own(address.place.fingerprint()),
            Kept::Overflow(_) => Bucket::Overflow,
        };
        let slot = self.slot(kept).ok_or(Outage::Unavailable)?;
        Ok(Entry { kept, trial: Trial::run(slot, bucket, charge, time) })
    }

    /// Puts back what was there. The locks are still held, so nobody has seen the difference.
    fn undo(&mut self, entries: &[Option<Entry>; Admission::CAPACITY]) -> Outcome {
        for entry in entries.iter().flatten().rev() {
            if let Some(slot) = self.slot(entry.kept) {
                *slot = entry.trial.before;
            }
        }
        Outcome::Undone
    }

    fn shelf(&mut self, wanted: usize) -> Option<&mut Shelf> {
        self.shelves.iter_mut().flatten().find(|(shelf, _)| *shelf == wanted).map(|(_, shelf)| &mut **shelf)
    }

    fn slot(&mut self, kept: Kept) -> Option<&mut Slot> {
        match kept {
            Kept::Shelf(shelf, spot) => self.shelf(shelf)?.slot(spot),
            Kept::Overflow(index) => self.overflow.get_or_insert_with(|| lock(&self.memory.overflow)).get_mut(index),
        }
    }
}

/// Whose slot it is.
#[derive(Debug, Clone, Copy)]
enum Bucket {
    /// The slot of the key with this fingerprint, or one that it takes over.
    Own(u32),
    /// The slot of all keys that have none.
    Overflow,
}

/// What became of the request as a whole.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Stands,
    Undone,
}

/// One charge as it was tried on a slot, and what was in the slot before.
#[derive(Debug, Clone, Copy)]
struct Trial {
    before: Slot,
    arrival: Arrival,
    verdict: Verdict,
}

impl Trial {
    fn run(slot: &mut Slot, bucket: Bucket, charge: &Charge<'_>, time: u64) -> Self {
        let before = *slot;
        let arrival = match bucket {
            Bucket::Own(fingerprint) => before.arrival_of(fingerprint),
            Bucket::Overflow => before.arrival(),
        };
        let verdict = Quota::of(charge.rate).charge(arrival, time);
        if let Verdict::Admitted(next) = verdict {
            *slot = match bucket {
                Bucket::Own(fingerprint) => Slot::new(next, fingerprint),
                // Rates of several counts may meet here, so a fraction would not be theirs.
                Bucket::Overflow => Slot::new(next.rounded_up(), 0),
            };
        }
        Self { before, arrival, verdict }
    }

    fn is_refused(&self) -> bool {
        matches!(self.verdict, Verdict::Refused { .. })
    }

    /// `behind` is how far the caller's clock is behind `time`: what it is told to wait begins at its own time.
    fn standing(&self, charge: &Charge<'_>, outcome: Outcome, time: u64, behind: u64) -> Standing {
        let arrival = match (self.verdict, outcome) {
            (Verdict::Refused { wait }, _) => return Standing::violated(charge, wait.saturating_add(behind)),
            (Verdict::Admitted(next), Outcome::Stands) => next,
            (Verdict::Admitted(_), Outcome::Undone) => self.arrival,
        };
        match Quota::of(charge.rate).outlook(arrival, time) {
            (remaining, 0) => Standing::kept(charge, remaining, 0),
            (remaining, until) => Standing::kept(charge, remaining, until.saturating_add(behind)),
        }
    }
}

/// A thread that panics elsewhere while it holds a lock cannot leave a slot half written, so poison says nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
