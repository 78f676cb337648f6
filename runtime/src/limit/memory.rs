//! The store in memory: a table that never grows, exact for any number of threads and charges.

use std::{
    hash::BuildHasher,
    sync::{Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;

use super::{
    Admission, Charge, Outage, Standing,
    table::{Place, Shelf, Spot, scale},
    trial::{Bucket, Trial},
};

/// Keys under one lock, and locks at most: enough that two threads rarely meet.
const KEYS_OF_SHELF: usize = 1024;
const SHELVES: usize = 256;

/// Sets where policies keep what overflows: room for some hundred of them, in 8 KiB.
const OVERFLOW_SETS: usize = 64;

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
    overflow: Mutex<Shelf>,
}

/// On cache lines of its own, so that a lock does not slow its neighbour.
#[derive(Debug)]
#[repr(align(64))]
struct Lone<T>(T);

/// Where a charge belongs: the shelf, and there.
#[derive(Debug, Clone, Copy)]
struct Address {
    shelf: usize,
    place: Place,
}

impl Memory {
    /// Half as many slots again as keys, so that hardly a key overflows before the last one came.
    pub(super) fn new(capacity_keys: usize) -> Self {
        let shelves = (capacity_keys / KEYS_OF_SHELF).clamp(1, SHELVES);
        let sets = (capacity_keys + capacity_keys / 2).div_ceil(Shelf::SLOTS_OF_SET * shelves).max(2);
        Self {
            seed: RandomState::default(),
            shelves: (0..shelves).map(|_| Lone(Mutex::new(Shelf::new(sets)))).collect(),
            sets,
            overflow: Mutex::new(Shelf::new(OVERFLOW_SETS)),
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
        let time = shelf.advance(now);
        let trial = match Trial::on(&mut shelf, address.place, charge, time) {
            Some((_, trial)) => trial,
            None => self.overflow(&mut lock(&self.overflow), charge, time).ok_or(Outage::Unavailable)?.1,
        };
        drop(shelf);
        Ok(trial.standing_if_alone(charge, now))
    }

    fn admit_all(&self, charges: &[Charge<'_>], now: u64) -> Result<Admission, Outage> {
        let mut addresses = [None; Admission::CAPACITY];
        for (address, charge) in addresses.iter_mut().zip(charges) {
            *address = Some(self.address(charge));
        }
        let mut held = Held::lock(self, &addresses);
        let time = held.advance(now);
        let mut entries = [None; Admission::CAPACITY];
        for ((entry, address), charge) in entries.iter_mut().zip(addresses.iter().flatten()).zip(charges) {
            *entry = Some(held.charge(charge, address, time)?);
        }
        let refused = entries.iter().flatten().any(|entry: &Entry| entry.trial.is_refused());
        if refused {
            held.undo(&entries);
        }
        drop(held);
        Admission::of(entries.iter().flatten().zip(charges).map(|(Entry { trial, .. }, charge)| match refused {
            true => trial.standing_if_undone(charge, now),
            false => trial.standing_if_alone(charge, now),
        }))
    }

    fn address(&self, charge: &Charge<'_>) -> Address {
        let Charge { name, rate, key } = charge;
        // Texts and slices hash where they end, so the parts cannot run into each other.
        let hash = self.seed.hash_one((name, rate.count(), rate.period(), rate.partition(), key));
        let (position, shelves) = ((hash >> 32) as u32, self.shelves.len());
        // The whole part of the product chooses the shelf, the rest is as even as the position was.
        let within = (u64::from(position) * shelves as u64) as u32;
        Address { shelf: scale(position, shelves), place: Place::on(self.sets, within, hash as u32) }
    }

    /// Counts a charge whose key has no slot. Without a slot for its policy either, all such policies share one.
    fn overflow(&self, shelf: &mut Shelf, charge: &Charge<'_>, time: u64) -> Option<(Spot, Trial)> {
        let Charge { name, rate, .. } = charge;
        let hash = self.seed.hash_one((name, rate.count(), rate.period(), rate.partition()));
        let place = Place::on(OVERFLOW_SETS, (hash >> 32) as u32, hash as u32);
        let time = shelf.advance(time);
        if let Some(found) = Trial::on(shelf, place, charge, time) {
            return Some(found);
        }
        let spot = place.last_resort();
        Some((spot, Trial::run(shelf.slot(spot)?, Bucket::Shared, charge, time)))
    }
}

/// The locks of one request.
struct Held<'a> {
    memory: &'a Memory,
    shelves: [Option<(usize, MutexGuard<'a, Shelf>)>; Admission::CAPACITY],
    overflow: Option<MutexGuard<'a, Shelf>>,
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
    Overflow(Spot),
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

    /// The latest time that any of the shelves has seen, which is then the time of all.
    fn advance(&mut self, now: u64) -> u64 {
        let time = self.shelves.iter_mut().flatten().fold(now, |time, (_, shelf)| shelf.advance(time));
        self.shelves.iter_mut().flatten().fold(time, |time, (_, shelf)| shelf.advance(time))
    }

    fn charge(&mut self, charge: &Charge<'_>, address: &Address, time: u64) -> Result<Entry, Outage> {
        let shelf = self.shelf(address.shelf).ok_or(Outage::Unavailable)?;
        if let Some((spot, trial)) = Trial::on(shelf, address.place, charge, time) {
            return Ok(Entry { kept: Kept::Shelf(address.shelf, spot), trial });
        }
        let memory = self.memory;
        let overflow = self.overflow.get_or_insert_with(|| lock(&memory.overflow));
        let (spot, trial) = memory.overflow(overflow, charge, time).ok_or(Outage::Unavailable)?;
        Ok(Entry { kept: Kept::Overflow(spot), trial })
    }

    /// Puts back what was there, the last first. The locks are still held, so nobody has seen the difference.
    fn undo(&mut self, entries: &[Option<Entry>; Admission::CAPACITY]) {
        for Entry { kept, trial } in entries.iter().flatten().rev() {
            let slot = match *kept {
                Kept::Shelf(shelf, spot) => self.shelf(shelf).and_then(|shelf| shelf.slot(spot)),
                Kept::Overflow(spot) => self.overflow.as_mut().and_then(|shelf| shelf.slot(spot)),
            };
            if let Some(slot) = slot {
                *slot = trial.before();
            }
        }
    }

    fn shelf(&mut self, wanted: usize) -> Option<&mut Shelf> {
        self.shelves.iter_mut().flatten().find(|(shelf, _)| *shelf == wanted).map(|(_, shelf)| &mut **shelf)
    }
}

/// A thread that panics elsewhere while it holds a lock cannot leave a slot half written, so poison says nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
