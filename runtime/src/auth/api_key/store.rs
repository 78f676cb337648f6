//! What is kept about API keys, and where it is asked for.

use std::{
    collections::HashMap,
    fmt,
    future::{self, Future},
    pin::Pin,
    sync::{Arc, PoisonError, RwLock},
};

use crate::Outage;

/// How many secrets of one key are valid together: the current one and the one it replaces.
pub(super) const MOST_SECRETS: usize = 2;

/// What is kept about an API key: whose it is and what it may do, and only a digest of its secret.
///
/// ```
/// use palisade::auth::{StoredKey, StoredSecret};
///
/// let digest = [7; 32]; // from your database
/// let key = StoredKey::new("k7Qm2x9AbC34", "billing-job")
///     .secret(StoredSecret::new(digest).not_after(1_900_000_000))
///     .scopes(["orders:read"]);
/// assert_eq!(key.subject(), "billing-job");
/// assert!(!format!("{key:?}").contains("7, 7"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    id: String,
    subject: String,
    state: State,
    secrets: Vec<StoredSecret>,
    scopes: Vec<String>,
    roles: Vec<String>,
}

/// Whether a key may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Enabled,
    Disabled,
}

/// The digest of one secret of a key, and when it is good. `Debug` does not show the digest.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSecret {
    digest: [u8; 32],
    not_before: u64,
    not_after: u64,
}

/// Where API keys are kept: a database table, in general.
///
/// ```
/// use std::pin::Pin;
/// use palisade::auth::{ApiKeyStore, Outage, StoredKey, StoredSecret};
///
/// struct Table(/* a pool of connections */);
///
/// impl ApiKeyStore for Table {
///     fn find<'a>(
///         &'a self,
///         id: &'a str,
///     ) -> Pin<Box<dyn Future<Output = Result<Option<StoredKey>, Outage>> + Send + 'a>> {
///         Box::pin(async move {
///             let digest = self.digest_of(id).await.map_err(|_| Outage)?;
///             Ok(digest.map(|digest| StoredKey::new(id, "billing-job").secret(StoredSecret::new(digest))))
///         })
///     }
/// }
/// # impl Table { async fn digest_of(&self, _: &str) -> Result<Option<[u8; 32]>, ()> { Ok(None) } }
/// ```
pub trait ApiKeyStore: Send + Sync + 'static {
    /// The key with this id, disabled and expired ones included.
    fn find<'a>(&'a self, id: &'a str) -> Pin<Box<dyn Future<Output = Result<Option<StoredKey>, Outage>> + Send + 'a>>;
}

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
    keys: RwLock<HashMap<String, StoredKey>>,
}

impl StoredKey {
    /// A key with no secret yet, which therefore nobody can use.
    #[must_use]
    pub fn new(id: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            subject: subject.into(),
            state: State::Enabled,
            secrets: Vec::new(),
            scopes: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// Adds a secret. The two added last count, so that a key can be replaced without a pause.
    #[must_use]
    pub fn secret(mut self, secret: StoredSecret) -> Self {
        if self.secrets.len() >= MOST_SECRETS {
            self.secrets.remove(0);
        }
        self.secrets.push(secret);
        self
    }

    /// What the key is good for, in place of what was said before.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.scopes = names.into_iter().map(Into::into).collect();
        self
    }

    /// The roles of the key, in place of what was said before.
    #[must_use]
    pub fn roles<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.roles = names.into_iter().map(Into::into).collect();
        self
    }

    /// The same key, switched off.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.state = State::Disabled;
        self
    }

    /// What it is looked up by. Not secret.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whom the key speaks for.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether it is switched off.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.state == State::Disabled
    }

    /// The secrets that count, the newest last.
    #[must_use]
    pub fn secrets(&self) -> &[StoredSecret] {
        &self.secrets
    }

    /// The names of its scopes.
    pub fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// The names of its roles.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(String::as_str)
    }

    /// The same key, its secrets good until `until` at the latest.
    pub(super) fn expiring(mut self, until: u64) -> Self {
        for secret in &mut self.secrets {
            secret.not_after = secret.not_after.min(until);
        }
        self
    }
}

impl StoredSecret {
    /// A secret that is good from now on, without an end.
    #[must_use]
    pub const fn new(digest: [u8; 32]) -> Self {
        Self { digest, not_before: 0, not_after: u64::MAX }
    }

    /// Good from this second since 1970 on.
    #[must_use]
    pub const fn not_before(self, seconds: u64) -> Self {
        Self { not_before: seconds, ..self }
    }

    /// Good up to and with this second since 1970.
    #[must_use]
    pub const fn not_after(self, seconds: u64) -> Self {
        Self { not_after: seconds, ..self }
    }

    /// The keyed digest, to be stored.
    #[must_use]
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The first and the last second in which it is good.
    #[must_use]
    pub const fn validity(&self) -> (u64, u64) {
        (self.not_before, self.not_after)
    }
}

impl MemoryKeys {
    /// A store with these keys.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = StoredKey>) -> Self {
        Self { keys: RwLock::new(keys.into_iter().map(|key| (key.id.clone(), key)).collect()) }
    }

    /// Adds a key, or replaces the one with its id.
    pub fn put(&self, key: StoredKey) {
        self.keys.write().unwrap_or_else(PoisonError::into_inner).insert(key.id.clone(), key);
    }

    /// Removes a key.
    pub fn remove(&self, id: &str) {
        self.keys.write().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

impl ApiKeyStore for MemoryKeys {
    fn find<'a>(&'a self, id: &'a str) -> Pin<Box<dyn Future<Output = Result<Option<StoredKey>, Outage>> + Send + 'a>> {
        let found = self.keys.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        Box::pin(future::ready(Ok(found)))
    }
}

impl<S: ApiKeyStore + ?Sized> ApiKeyStore for Arc<S> {
    fn find<'a>(&'a self, id: &'a str) -> Pin<Box<dyn Future<Output = Result<Option<StoredKey>, Outage>> + Send + 'a>> {
        (**self).find(id)
    }
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("StoredSecret")
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}
