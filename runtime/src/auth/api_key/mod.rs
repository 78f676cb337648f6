//! Issues API keys and verifies them: found by id, compared as a keyed digest, in constant time.

mod error;
mod manage;
mod memory;
mod new_key;
mod pepper;
#[cfg(feature = "postgres")]
mod postgres;
mod recent;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod row;
mod scan;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
mod stored;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;

use zeroize::Zeroize;

use self::{new_key::Known, recent::Recent, stored::MOST_SECRETS, text::Parts};
use super::{Reloading, Secret};
use crate::policy::{Catalogue, Roles, Scopes};

#[cfg(feature = "postgres")]
pub use self::postgres::{InvalidDatabaseUrl, PostgresKeys};
#[cfg(feature = "sqlite")]
pub use self::sqlite::SqliteKeys;
pub use self::{
    error::{ApiKeyError, ApiKeysError, IssueError},
    memory::MemoryKeys,
    new_key::NewApiKey,
    pepper::{PepperError, Peppers},
    scan::{API_KEY_PATTERN, leaked_api_keys},
    store::{ApiKeyRegister, ApiKeyStore, Written},
    stored::{StoredKey, StoredSecret},
};

/// Issues and verifies API keys of the form `prefix_id_secret`.
///
/// The store holds `HMAC-SHA256(pepper, key)` only, so that a stolen table verifies nothing and forges nothing.
/// No slow password hash is needed: the secret has 190 random bits.
///
/// ```
/// use std::{pin::pin, task::{Context, Poll, Waker}};
/// use palisade::auth::{ApiKeyError, ApiKeys, MemoryKeys, Secret};
/// # fn ready<T>(future: impl Future<Output = T>) -> T {
/// #     match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
/// #         Poll::Ready(output) => output,
/// #         Poll::Pending => panic!("a store in memory answers at once"),
/// #     }
/// # }
///
/// let pepper = Secret::new(vec![7; 32]); // from your secret store, the same on every machine
/// let keys = ApiKeys::new("shop", MemoryKeys::new([]), pepper)?;
///
/// let issued = keys.issue("billing-job")?;
/// let shown_once = issued.key.expose().clone();
/// assert!(shown_once.starts_with("shop_"));
///
/// // `issued.stored` belongs into the store; without it the key is unknown.
/// let now = 1_800_000_000;
/// assert_eq!(ready(keys.verify(&shown_once, now)).unwrap_err(), ApiKeyError::Unknown);
/// keys.store().put(issued.stored.scopes(["orders:read"]));
/// assert_eq!(ready(keys.verify(&shown_once, now))?.subject(), "billing-job");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ApiKeys<S> {
    prefix: String,
    store: S,
    peppers: Reloading<Peppers>,
    known: Known,
    recent: Recent,
}

/// A key just made: `key` is for its owner and shown once, `stored` is for the store.
#[derive(Debug)]
pub struct Issued {
    /// The text of the key. It cannot be had again.
    pub key: Secret<String>,
    /// What the store keeps.
    pub stored: StoredKey,
    /// What the store kept before.
    before: Option<StoredKey>,
}

impl<S: ApiKeyStore> ApiKeys<S> {
    /// Keys that start with `prefix`, kept in `store`, their digests keyed with `pepper`, whose number is [`Peppers::FIRST`].
    ///
    /// # Errors
    /// When the prefix has another form, or the pepper fewer than 32 bytes.
    pub fn new<P>(prefix: &str, store: S, pepper: Secret<P>) -> Result<Self, ApiKeysError>
    where
        P: AsRef<[u8]> + Zeroize,
    {
        Self::peppered(prefix, store, Peppers::new(Peppers::FIRST, pepper).map_err(ApiKeysError::Pepper)?)
    }

    /// The same with several peppers, which can be [read anew](Reloading) while they are in use.
    ///
    /// # Errors
    /// When the prefix has another form.
    pub fn peppered(prefix: &str, store: S, peppers: impl Into<Reloading<Peppers>>) -> Result<Self, ApiKeysError> {
        if !text::is_prefix(prefix) {
            return Err(ApiKeysError::Prefix);
        }
        let known = Known { scopes: None, roles: None };
        Ok(Self { prefix: String::from(prefix), store, peppers: peppers.into(), known, recent: Recent::new() })
    }

    /// Issues keys for scopes of this catalogue only. A gate knows the catalogues of its API without being told.
    #[must_use]
    pub fn scopes<C: Scopes>(self) -> Self {
        Self { known: Known { scopes: Some(C::SCOPES), ..self.known }, ..self }
    }

    /// Issues keys for roles of this catalogue only. A gate knows the catalogues of its API without being told.
    #[must_use]
    pub fn roles<C: Roles>(self) -> Self {
        Self { known: Known { roles: Some(C::ROLES), ..self.known }, ..self }
    }

    /// The store the keys are looked up in.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Whether this has the form of a key: the prefix, the lengths, the letters and the checksum. No store is asked, so a
    /// client can find a typing error by itself.
    #[must_use]
    pub fn has_form(&self, text: &str) -> bool {
        text::parse(text, &self.prefix).is_some()
    }

    /// Makes a key for `subject`. It can do nothing before it has scopes and is in the store:
    /// [`create`](Self::create) does all of it.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn issue(&self, subject: impl Into<String>) -> Result<Issued, IssueError> {
        self.with_new_secret(StoredKey::new(text::new_id()?, subject))
    }

    /// Finds the key and checks it at `now`, in seconds since 1970.
    ///
    /// # Errors
    /// When it is no key, or not good at that time, or the store does not answer.
    pub async fn verify(&self, presented: &str, now: u64) -> Result<StoredKey, ApiKeyError> {
        let parts = text::parse(presented, &self.prefix).ok_or(ApiKeyError::Malformed)?;
        let found = self.store.find(parts.id).await.map_err(ApiKeyError::Outage)?;
        let matching = self.matching(&parts, found.as_ref().map_or(&[], StoredKey::secrets));
        let Some(key) = found else { return Err(ApiKeyError::Unknown) };
        let (not_before, not_after) = matching.ok_or(ApiKeyError::WrongSecret)?.validity();
        if key.is_disabled() {
            return Err(ApiKeyError::Disabled);
        }
        if now < not_before {
            return Err(ApiKeyError::NotYetValid);
        }
        if not_after < now || key.expires_at().is_some_and(|last| last < now) {
            return Err(ApiKeyError::Expired);
        }
        if self.recent.is_due(&key, now) {
            self.note(&key, now);
        }
        Ok(key)
    }

    /// Says which names the API knows, unless that was said before.
    pub(crate) fn know(&mut self, scopes: Option<&'static Catalogue>, roles: Option<&'static Catalogue>) {
        self.known = Known { scopes: self.known.scopes.or(scopes), roles: self.known.roles.or(roles) };
    }

    /// The secret that was presented, among `secrets`. The time it takes tells neither whether the id is known
    /// nor which secret it was: as many digests are made in every case.
    fn matching(&self, parts: &Parts<'_>, secrets: &[StoredSecret]) -> Option<StoredSecret> {
        const NOBODYS: StoredSecret = StoredSecret::new([0; 32]);
        let peppers = self.peppers.current();
        let mut matching = None;
        for index in 0..MOST_SECRETS {
            let (secret, counts) = secrets.get(index).map_or((&NOBODYS, false), |secret| (secret, true));
            let same = peppers.verifies(secret.pepper(), parts.authenticated.as_bytes(), secret.digest());
            if same && counts {
                matching = Some(secret.clone());
            }
        }
        matching
    }

    /// About once a minute for each key.
    #[cold]
    fn note(&self, key: &StoredKey, now: u64) {
        self.store.note_use(key.id(), now);
        let scope = new_key::unknown(self.known.scopes, key.scope_names());
        if let Some(name) = scope.or_else(|| new_key::unknown(self.known.roles, key.role_names())) {
            tracing::warn!(
                target: "palisade", key = key.id(), name,
                "an API key has a scope or role that the API does not declare, which grants nothing"
            );
        }
    }

    fn with_new_secret(&self, key: StoredKey) -> Result<Issued, IssueError> {
        let text = text::new_key(&self.prefix, key.id())?;
        let parts = text::parse(text.expose(), &self.prefix).ok_or(IssueError::ForeignId)?;
        let digest = self.peppers.current().digest(parts.authenticated.as_bytes());
        let (digest, pepper) = digest.ok_or(IssueError::ForeignId)?;
        Ok(Issued { key: text, stored: key.secret(StoredSecret::new(digest).peppered(pepper)), before: None })
    }
}

impl<S> fmt::Debug for ApiKeys<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ApiKeys").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
