//! Remembers for a short while which tokens were verified, so that the same token costs one look-up.

use std::{
    fmt,
    hash::BuildHasher,
    sync::{PoisonError, RwLock},
};

use foldhash::fast::RandomState;

use crate::auth::Secret;

/// Entries of one set: where a token may be is decided by its hash, and there are this many places.
const PLACES: usize = 8;

/// A bounded cache of verified tokens. It holds successes only, each for a minute at most.
///
/// The hash is fast and seeded, not cryptographic: the whole token is compared, so a collision costs a place
/// and never lets a token pass for another. Only verified tokens get in, so no flood of forged ones displaces
/// anything.
///
/// ```
/// use palisade::auth::TokenCache;
///
/// let cache = TokenCache::new(1_000);
/// let now = 1_800_000_000;
/// cache.insert("the whole token", 7, now + 300, now);
/// assert_eq!(cache.get("the whole token", now + 59), Some(7));
/// assert_eq!(cache.get("the whole token", now + 60), None);
/// assert_eq!(cache.get("another token", now), None);
/// ```
pub struct TokenCache<V> {
    hasher: RandomState,
    /// A power of two of sets, each behind a lock of its own.
    sets: Box<[RwLock<Set<V>>]>,
}

type Set<V> = [Option<Entry<V>>; PLACES];

struct Entry<V> {
    hash: u64,
    token: Secret<Vec<u8>>,
    value: V,
    /// The first second in which it is not used any more.
    expires_at: u64,
}

impl<V: Clone> TokenCache<V> {
    /// The longest time a token is remembered, in seconds: how late a revoked key is noticed.
    pub const LONGEST: u64 = 60;

    /// A cache for about `capacity` tokens, and never more than twice as many.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let sets = capacity.div_ceil(PLACES).clamp(1, 1 << 24).next_power_of_two();
        Self { hasher: RandomState::default(), sets: (0..sets).map(|_| RwLock::new(Set::default())).collect() }
    }

    /// What was remembered for exactly this token. Allocates nothing but what cloning the value does.
    #[must_use]
    pub fn get(&self, token: impl AsRef<[u8]>, now: u64) -> Option<V> {
        let token = token.as_ref();
        let hash = self.hasher.hash_one(token);
        let set = self.set(hash)?.read().unwrap_or_else(PoisonError::into_inner);
        let entry = set.iter().flatten().find(|entry| entry.is(hash, token))?;
        (now < entry.expires_at).then(|| entry.value.clone())
    }

    /// Remembers a token that was verified, until it expires or a minute has passed.
    pub fn insert(&self, token: impl AsRef<[u8]>, value: V, token_expires_at: u64, now: u64) {
        let expires_at = token_expires_at.min(now.saturating_add(Self::LONGEST));
        if expires_at <= now {
            return;
        }
        let token = token.as_ref();
        let hash = self.hasher.hash_one(token);
        let entry = Entry { hash, token: Secret::new(token.to_vec()), value, expires_at };
        let Some(set) = self.set(hash) else { return };
        let mut set = set.write().unwrap_or_else(PoisonError::into_inner);
        // The token's own place, else a free one, else the one that would be free soonest.
        let place = set.iter_mut().min_by_key(|place| match place {
            Some(old) if old.is(hash, entry.token.expose()) => (0, 0),
            None => (1, 0),
            Some(old) => (2, old.expires_at),
        });
        if let Some(place) = place {
            *place = Some(entry);
        }
    }

    /// Forgets everything: for when a key or a client is withdrawn.
    pub fn clear(&self) {
        for set in &self.sets {
            *set.write().unwrap_or_else(PoisonError::into_inner) = Set::default();
        }
    }

    fn set(&self, hash: u64) -> Option<&RwLock<Set<V>>> {
        // The number of sets is a power of two, so the low bits of the hash choose one.
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
        self.sets.get(hash as usize & (self.sets.len() - 1))
    }
}

impl<V> Entry<V> {
    fn is(&self, hash: u64, token: &[u8]) -> bool {
        self.hash == hash && self.token.expose() == token
    }
}

impl<V> fmt::Debug for TokenCache<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TokenCache").field("capacity", &(self.sets.len() * PLACES)).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn rule_53_an_entry_lives_until_the_token_expires_or_a_minute() {
        let cache = TokenCache::new(64);
        cache.insert("short", 1, NOW + 10, NOW);
        cache.insert("long", 2, NOW + 10_000, NOW);
        cache.insert("endless", 3, u64::MAX, NOW);
        cache.insert("over", 4, NOW, NOW);
        assert_eq!((cache.get("short", NOW + 9), cache.get("short", NOW + 10)), (Some(1), None));
        assert_eq!((cache.get("long", NOW + 59), cache.get("long", NOW + 60)), (Some(2), None));
        assert_eq!((cache.get("endless", NOW + 59), cache.get("endless", NOW + 60)), (Some(3), None));
        assert_eq!(cache.get("over", NOW), None);
    }

    #[test]
    fn rule_53_the_whole_token_is_compared() {
        let cache = TokenCache::new(8);
        let token = "a".repeat(779);
        cache.insert(&token, 1, NOW + 60, NOW);
        for at in [0, 400, 778] {
            let mut other = token.clone();
            other.replace_range(at..=at, "b");
            assert_eq!(cache.get(&other, NOW), None);
        }
        assert_eq!(cache.get(&token[..778], NOW), None);
        assert_eq!(cache.get(&token, NOW), Some(1));
    }

    #[test]
    fn rule_53_it_is_bounded_and_drops_what_expires_soonest() {
        let cache = TokenCache::new(8);
        for number in 0..8 {
            cache.insert(format!("token {number}"), number, NOW + 20 + number, NOW);
        }
        cache.insert("one more", 99, NOW + 50, NOW);
        assert_eq!(cache.get("token 0", NOW), None);
        assert_eq!(cache.get("one more", NOW), Some(99));
        assert_eq!((1..8).filter(|number| cache.get(format!("token {number}"), NOW).is_some()).count(), 7);
    }

    #[test]
    fn a_token_seen_again_replaces_itself() {
        let cache = TokenCache::new(8);
        for round in 0..20 {
            cache.insert("same", round, NOW + 60, NOW);
        }
        cache.insert("other", 7, NOW + 60, NOW);
        assert_eq!((cache.get("same", NOW), cache.get("other", NOW)), (Some(19), Some(7)));
    }

    #[test]
    fn clearing_forgets_everything() {
        let cache = TokenCache::new(1_000);
        cache.insert("token", Arc::new(1), NOW + 60, NOW);
        cache.clear();
        assert_eq!(cache.get("token", NOW), None);
    }

    #[test]
    fn a_capacity_of_nothing_still_works() {
        let cache = TokenCache::new(0);
        cache.insert("token", 1, NOW + 60, NOW);
        assert_eq!(cache.get("token", NOW), Some(1));
    }
}
