//! Which keys were noted as used a moment ago, so that a store is told about once a minute for each key.

use std::{
    hash::BuildHasher,
    sync::atomic::{AtomicU64, Ordering},
};

use foldhash::quality::RandomState;

use super::StoredKey;

/// A bounded table without locks. Two keys that share a place push each other out: then the store is told more often, at most
/// once for each use.
pub(super) struct Recent {
    /// The upper half tells one key from another, the lower half is when it was noted.
    places: Box<[AtomicU64]>,
    hasher: RandomState,
}

impl Recent {
    /// How long a use stands for those that follow, in seconds.
    const COARSE: u64 = 60;
    const PLACES: usize = 1_024;

    pub(super) fn new() -> Self {
        Self { places: (0..Self::PLACES).map(|_| AtomicU64::new(0)).collect(), hasher: RandomState::default() }
    }

    /// Whether this use of the key is to be noted. Of several at once, one is.
    pub(super) fn is_due(&self, key: &StoredKey, now: u64) -> bool {
        // Another process may have told the store.
        if key.last_used().is_some_and(|last| now < last.saturating_add(Self::COARSE)) {
            return false;
        }
        let hash = self.hasher.hash_one(key.id());
        let Some(place) = self.places.get(hash as usize % Self::PLACES) else { return true };
        let seen = place.load(Ordering::Relaxed);
        let (whose, at) = (hash >> 32, now & u64::from(u32::MAX));
        let recently = seen >> 32 == whose && at.saturating_sub(seen & u64::from(u32::MAX)) < Self::COARSE;
        let noted = whose << 32 | at;
        !recently && place.compare_exchange(seen, noted, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn rule_67_a_use_is_noted_once_a_minute_for_each_key() {
        let recent = Recent::new();
        let (one, two) = (StoredKey::new("one", ""), StoredKey::new("two", ""));
        let due = |key, now| recent.is_due(key, now);
        assert!(due(&one, NOW) && due(&two, NOW));
        assert!(!due(&one, NOW) && !due(&two, NOW + 59));
        assert!(due(&one, NOW + 60) && !due(&one, NOW + 119));
    }

    #[test]
    fn rule_67_what_another_process_noted_counts() {
        let recent = Recent::new();
        assert!(!recent.is_due(&StoredKey::new("one", "").used(NOW - 59), NOW));
        assert!(recent.is_due(&StoredKey::new("one", "").used(NOW - 60), NOW));
    }
}
