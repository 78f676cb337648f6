//! API keys in memory.

use std::{
    collections::BTreeMap,
    future,
    ops::Bound,
    sync::{PoisonError, RwLock, RwLockWriteGuard},
};

use super::{ApiKeyRegister, ApiKeyStore, StoredKey, Written};
use crate::Promise;

/// A store in memory, for tests and for a handful of keys from the configuration.
///
/// ```
/// use palisade::auth::{MemoryKeys, StoredKey};
///
/// let keys = MemoryKeys::new([StoredKey::new("k1", "billing-job")]);
/// keys.put(StoredKey::new("k2", "report-job"));
/// keys.remove("k1");
/// ```
#[derive(Debug)]
pub struct MemoryKeys {
    keys: RwLock<BTreeMap<String, StoredKey>>,
}

impl MemoryKeys {
    /// A store with these keys.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = StoredKey>) -> Self {
        Self { keys: RwLock::new(keys.into_iter().map(|key| (key.id().to_owned(), key)).collect()) }
    }

    /// Adds a key, or replaces the one with its id, whatever its version.
    pub fn put(&self, key: StoredKey) {
        self.change().insert(key.id().to_owned(), key);
    }

    /// Removes a key.
    pub fn remove(&self, id: &str) {
        self.change().remove(id);
    }

    fn change(&self) -> RwLockWriteGuard<'_, BTreeMap<String, StoredKey>> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_now(&self, key: &StoredKey) -> Written {
        let mut keys = self.change();
        if keys.contains_key(key.id()) {
            return Written::Conflict;
        }
        keys.insert(key.id().to_owned(), key.clone());
        Written::Done
    }

    fn replace_now(&self, key: &StoredKey) -> Written {
        let mut keys = self.change();
        let Some(kept) = keys.get_mut(key.id()) else { return Written::Missing };
        if kept.version() != key.version() {
            return Written::Conflict;
        }
        let next = key.clone().versioned(key.version().saturating_add(1));
        *kept = match kept.last_used() {
            Some(at) => next.used(at),
            None => next,
        };
        Written::Done
    }
}

impl ApiKeyStore for MemoryKeys {
    fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>> {
        let found = self.keys.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        Box::pin(future::ready(Ok(found)))
    }

    fn note_use(&self, id: &str, at: u64) {
        if let Some(key) = self.change().get_mut(id) {
            *key = key.clone().used(at);
        }
    }
}

impl ApiKeyRegister for MemoryKeys {
    fn add<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        Box::pin(future::ready(Ok(self.add_now(key))))
    }

    fn replace<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        Box::pin(future::ready(Ok(self.replace_now(key))))
    }

    fn list<'a>(&'a self, after: &'a str, most: u32) -> Promise<'a, Vec<StoredKey>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let behind = keys.range::<str, _>((Bound::Excluded(after), Bound::Unbounded));
        let list = behind.map(|(_, key)| key.clone()).take(most as usize).collect();
        Box::pin(future::ready(Ok(list)))
    }

    fn delete<'a>(&'a self, id: &'a str) -> Promise<'a, Written> {
        let written = if self.change().remove(id).is_some() { Written::Done } else { Written::Missing };
        Box::pin(future::ready(Ok(written)))
    }

    fn delete_over(&self, before: u64) -> Promise<'_, u64> {
        let mut keys = self.change();
        let many = keys.len();
        keys.retain(|_, key| !key.is_over(before));
        let deleted = many - keys.len();
        Box::pin(future::ready(Ok(deleted as u64)))
    }
}
