//! What is kept about an API key.

use std::fmt;

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
    description: String,
    state: State,
    secrets: Vec<StoredSecret>,
    scopes: Vec<String>,
    roles: Vec<String>,
    created_at: u64,
    expires_at: Option<u64>,
    last_used: Option<u64>,
    version: u64,
}

/// Whether a key may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Enabled,
    Disabled,
}

/// The digest of one secret of a key, which pepper it was made with, and when it is good. `Debug` does not show the digest.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSecret {
    digest: [u8; 32],
    pepper: u32,
    not_before: u64,
    not_after: u64,
}

impl StoredKey {
    /// A key with no secret yet, which therefore nobody can use.
    #[must_use]
    pub fn new(id: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            subject: subject.into(),
            description: String::new(),
            state: State::Enabled,
            secrets: Vec::new(),
            scopes: Vec::new(),
            roles: Vec::new(),
            created_at: 0,
            expires_at: None,
            last_used: None,
            version: 0,
        }
    }

    /// What the key is for, in words for the people who look after it.
    #[must_use]
    pub fn described(self, description: impl Into<String>) -> Self {
        Self { description: description.into(), ..self }
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

    /// When it was made, in seconds since 1970.
    #[must_use]
    pub const fn created(mut self, at: u64) -> Self {
        self.created_at = at;
        self
    }

    /// The last second since 1970 in which any of its secrets is good.
    #[must_use]
    pub const fn expiring(mut self, at: u64) -> Self {
        self.expires_at = Some(at);
        self
    }

    /// When it was last used, in seconds since 1970.
    #[must_use]
    pub const fn used(mut self, at: u64) -> Self {
        self.last_used = Some(at);
        self
    }

    /// How often it was changed: what a store compares, so that of two who change it at once one is told.
    #[must_use]
    pub const fn versioned(mut self, version: u64) -> Self {
        self.version = version;
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

    /// What the key is for. Empty where nobody said it.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
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

    /// When it was made, in seconds since 1970.
    #[must_use]
    pub const fn created_at(&self) -> u64 {
        self.created_at
    }

    /// The last second since 1970 in which it is good, if it has one.
    #[must_use]
    pub const fn expires_at(&self) -> Option<u64> {
        self.expires_at
    }

    /// When it was last used, in seconds since 1970, to about a minute.
    #[must_use]
    pub const fn last_used(&self) -> Option<u64> {
        self.last_used
    }

    /// How often it was changed.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Whether none of its secrets is good at `now` or later.
    #[must_use]
    pub fn is_over(&self, now: u64) -> bool {
        self.expires_at.is_some_and(|last| last < now) || self.secrets.iter().all(|secret| secret.not_after < now)
    }

    /// The same key, its secrets good until `until` at the latest.
    pub(super) fn ending(mut self, until: u64) -> Self {
        for secret in &mut self.secrets {
            secret.not_after = secret.not_after.min(until);
        }
        self
    }

    /// The same key, which nobody can use until it has another secret.
    pub(super) fn without_secrets(self) -> Self {
        Self { secrets: Vec::new(), ..self }
    }

    /// The same key without the secrets that are over at `now`.
    pub(super) fn forgetting(mut self, now: u64) -> Self {
        self.secrets.retain(|secret| now <= secret.not_after);
        self
    }
}

impl StoredSecret {
    /// A secret that is good from now on, without an end, made with the first pepper.
    #[must_use]
    pub const fn new(digest: [u8; 32]) -> Self {
        Self { digest, pepper: super::Peppers::FIRST, not_before: 0, not_after: u64::MAX }
    }

    /// Made with the [pepper](super::Peppers) of this number.
    #[must_use]
    pub const fn peppered(self, pepper: u32) -> Self {
        Self { pepper, ..self }
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

    /// The number of the pepper that the digest was made with.
    #[must_use]
    pub const fn pepper(&self) -> u32 {
        self.pepper
    }

    /// The first and the last second in which it is good.
    #[must_use]
    pub const fn validity(&self) -> (u64, u64) {
        (self.not_before, self.not_after)
    }
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("StoredSecret")
            .field("pepper", &self.pepper)
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}
