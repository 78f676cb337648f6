//! Where API keys are kept: what verifying them asks for, and what looking after them needs beyond that.

use std::sync::Arc;

use super::StoredKey;
use crate::Promise;

/// Where API keys are looked up: a database table, in general.
///
/// ```
/// use palisade::{
///     Outage, Promise,
///     auth::{ApiKeyStore, StoredKey, StoredSecret},
/// };
///
/// struct Table(/* a pool of connections */);
///
/// impl ApiKeyStore for Table {
///     fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>> {
///         Box::pin(async move {
///             let digest = self.digest_of(id).await.map_err(|_| Outage)?;
///             Ok(digest.map(|digest| StoredKey::new(id, "billing-job").secret(StoredSecret::new(digest))))
///         })
///     }
/// }
/// # impl Table { async fn digest_of(&self, _: &str) -> Result<Option<[u8; 32]>, ()> { Ok(None) } }
/// ```
pub trait ApiKeyStore: Send + Sync + 'static {
    /// The key with this id, disabled and expired ones included. It gives up by itself when the database does not answer.
    fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>>;

    /// Is told that a key was used at `at`, in seconds since 1970: about once a minute for each key. It returns at once,
    /// whatever becomes of it; what is lost does no harm. Unless it is written otherwise, nothing is kept.
    fn note_use(&self, id: &str, at: u64) {
        let _ = (id, at);
    }
}

/// Where API keys are kept and changed.
///
/// The promise: each change is whole or not at all, on disk before it is reported; of two who [replace](Self::replace) one
/// version of a key at once, one is told [`Written::Conflict`]; a database that cannot tell says [`Outage`](crate::Outage).
///
/// ```
/// use palisade::auth::{ApiKeyRegister, MemoryKeys, StoredKey, Written};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), palisade::Outage> {
/// let register = MemoryKeys::new([]);
/// let key = StoredKey::new("k7Qm2x9AbC34", "billing-job");
/// assert_eq!(register.add(&key).await?, Written::Done);
/// assert_eq!(register.replace(&key.clone().disabled()).await?, Written::Done);
/// assert_eq!(register.replace(&key).await?, Written::Conflict, "it is another version by now");
/// # Ok(())
/// # }
/// ```
pub trait ApiKeyRegister: ApiKeyStore {
    /// Adds a key. Where there is one with its id, nothing changes and it is a conflict.
    fn add<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written>;

    /// Puts the key in place of its [version](StoredKey::version), under the next one. When it was last used stays what it is.
    fn replace<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written>;

    /// At most so many keys, in the order of their ids, the first one behind `after`. All ids are behind the empty one.
    fn list<'a>(&'a self, after: &'a str, most: u32) -> Promise<'a, Vec<StoredKey>>;

    /// Deletes a key.
    fn delete<'a>(&'a self, id: &'a str) -> Promise<'a, Written>;

    /// Deletes the keys that are [over](StoredKey::is_over) at `before`, and says how many they were.
    fn delete_over(&self, before: u64) -> Promise<'_, u64>;
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Written {
    /// It is made.
    Done,
    /// There is another key or another version of it, which stays.
    Conflict,
    /// There is no such key.
    Missing,
}

impl<S: ApiKeyStore + ?Sized> ApiKeyStore for Arc<S> {
    fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>> {
        (**self).find(id)
    }

    fn note_use(&self, id: &str, at: u64) {
        (**self).note_use(id, at);
    }
}

impl<S: ApiKeyRegister + ?Sized> ApiKeyRegister for Arc<S> {
    fn add<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        (**self).add(key)
    }

    fn replace<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        (**self).replace(key)
    }

    fn list<'a>(&'a self, after: &'a str, most: u32) -> Promise<'a, Vec<StoredKey>> {
        (**self).list(after, most)
    }

    fn delete<'a>(&'a self, id: &'a str) -> Promise<'a, Written> {
        (**self).delete(id)
    }

    fn delete_over(&self, before: u64) -> Promise<'_, u64> {
        (**self).delete_over(before)
    }
}
