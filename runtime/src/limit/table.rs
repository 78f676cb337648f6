//! The fixed table of the store in memory: where a key's 16 bytes are, and which may be overwritten.

use super::quota::Arrival;

/// What is kept of a key: 16 bytes.
///
/// A key is known by 32 bits here and by the two sets it may be in, all from one keyed 64-bit hash. Two keys
/// share a bucket when these agree, once in 270 million fresh keys that meet full sets; the two are then
/// counted as one, which refuses too much and never too little. The key of the hash is random for each process,
/// so nobody can look for such a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    nanos: u64,
    fraction: u32,
    fingerprint: u32,
}

/// Slots that are searched together: two cache lines.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Set([Slot; Shelf::SLOTS_OF_SET]);

/// The sets under one lock.
#[derive(Debug)]
pub(super) struct Shelf {
    sets: Box<[Set]>,
    /// The latest time seen here. A thread whose clock reading is older must not see a slot as it was then: the
    /// slot may have been given away since.
    latest: u64,
}

/// Where a key belongs on its shelf.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    first: usize,
    second: usize,
    fingerprint: u32,
}

/// One slot of a shelf.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    set: usize,
    way: usize,
}

impl Slot {
    pub(super) const EMPTY: Self = Self { nanos: 0, fraction: 0, fingerprint: 0 };

    pub(super) const fn new(arrival: Arrival, fingerprint: u32) -> Self {
        Self { nanos: arrival.nanos, fraction: arrival.fraction, fingerprint }
    }

    pub(super) const fn arrival(&self) -> Arrival {
        Arrival { nanos: self.nanos, fraction: self.fraction }
    }

    /// The state of the key with this fingerprint: a slot of another key is about to be taken over.
    pub(super) const fn arrival_of(&self, fingerprint: u32) -> Arrival {
        if self.fingerprint == fingerprint { self.arrival() } else { Arrival::START }
    }

    /// A bucket that is full again tells nothing that a fresh one would not, so forgetting it is free.
    const fn is_vacant(&self, now: u64) -> bool {
        self.nanos < now || self.nanos == now && self.fraction == 0
    }
}

impl Set {
    fn way_of(&self, fingerprint: u32) -> Option<usize> {
        self.0.iter().position(|slot| slot.fingerprint == fingerprint)
    }

    fn vacancies(&self, now: u64) -> usize {
        self.0.iter().filter(|slot| slot.is_vacant(now)).count()
    }

    fn vacant_way(&self, now: u64) -> Option<usize> {
        self.0.iter().position(|slot| slot.is_vacant(now))
    }
}

impl Place {
    /// The place that `position`, 32 evenly spread bits, and a fingerprint have on a shelf of so many sets, of
    /// which there are at least two.
    pub(super) fn on(sets: usize, position: u32, fingerprint: u32) -> Self {
        // A fingerprint of zero would find empty slots.
        let fingerprint = fingerprint.max(1);
        let first = scale(position, sets);
        let step = 1 + scale(fingerprint, sets - 1);
        Self { first, second: (first + step) % sets, fingerprint }
    }

    pub(super) const fn fingerprint(&self) -> u32 {
        self.fingerprint
    }

    /// The slot to share when there is none to have.
    pub(super) const fn last_resort(&self) -> Spot {
        Spot { set: self.first, way: 0 }
    }
}

impl Shelf {
    pub(super) const SLOTS_OF_SET: usize = 8;

    pub(super) fn new(sets: usize) -> Self {
        Self { sets: vec![Set([Slot::EMPTY; Self::SLOTS_OF_SET]); sets].into_boxed_slice(), latest: 0 }
    }

    /// The time to reckon with: `now`, or later when this shelf has seen later.
    pub(super) fn advance(&mut self, now: u64) -> u64 {
        self.latest = self.latest.max(now);
        self.latest
    }

    /// The slot of the key, or one that a fresh key may take: `None` when every slot of both sets is in debt.
    ///
    /// Fresh keys go where more is vacant. That keeps both sets of every key from filling up until the table is
    /// nearly full, where one set alone would overflow at half.
    pub(super) fn find(&self, place: Place, now: u64) -> Option<Spot> {
        let (first, second) = (self.sets.get(place.first)?, self.sets.get(place.second)?);
        if let Some(way) = first.way_of(place.fingerprint) {
            return Some(Spot { set: place.first, way });
        }
        if let Some(way) = second.way_of(place.fingerprint) {
            return Some(Spot { set: place.second, way });
        }
        let (set, index) = match second.vacancies(now) > first.vacancies(now) {
            true => (second, place.second),
            false => (first, place.first),
        };
        Some(Spot { set: index, way: set.vacant_way(now)? })
    }

    pub(super) fn slot(&mut self, spot: Spot) -> Option<&mut Slot> {
        self.sets.get_mut(spot.set)?.0.get_mut(spot.way)
    }
}

/// Spreads 32 even bits over `0..size` by multiplication, which is cheaper than a remainder.
pub(super) fn scale(bits: u32, size: usize) -> usize {
    ((bits as u64 * size as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_two_different_sets_of_the_shelf_and_a_fingerprint() {
        for sets in [2, 3, 7, 188, 1 << 20] {
            for bits in [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
                for position in [0, 0x5555_5555, u32::MAX] {
                    let place = Place::on(sets, position, bits);
                    assert!(place.first < sets && place.second < sets && place.first != place.second, "{place:?}");
                    assert_ne!(place.fingerprint(), 0);
                }
            }
        }
    }

    #[test]
    fn a_slot_is_vacant_when_its_debt_is_paid_to_the_last_fraction() {
        let slot = |nanos, fraction| Slot::new(Arrival { nanos, fraction }, 1);
        assert!(Slot::EMPTY.is_vacant(0) && slot(7, 0).is_vacant(7) && slot(7, 3).is_vacant(8));
        assert!(!slot(7, 1).is_vacant(7) && !slot(8, 0).is_vacant(7));
    }
}
