//! Looks after API keys: creates, rotates, revokes, lists and deletes them.

use super::{ApiKeyRegister, ApiKeys, IssueError, Issued, NewApiKey, StoredKey, Written, text};
use crate::Outage;

impl<S: ApiKeyRegister> ApiKeys<S> {
    /// Makes a key and keeps it, at `now` (seconds since 1970).
    ///
    /// ```
    /// use palisade::auth::{ApiKeys, IssueError, MemoryKeys, NewApiKey, Secret};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32]))?;
    /// let now = 1_800_000_000;
    /// let new = NewApiKey::of("nightly").scopes(["reports:read"]).expiring(now + 90 * 86_400);
    /// let first = keys.create(new, now).await?;
    ///
    /// // A week for everybody to take the new one.
    /// let second = keys.rotate(first.stored.id(), 7 * 86_400, now).await?;
    /// for key in [&first.key, &second.key] {
    ///     assert_eq!(keys.verify(key.expose(), now + 86_400).await?.subject(), "nightly");
    /// }
    /// assert!(keys.verify(first.key.expose(), now + 8 * 86_400).await.is_err());
    ///
    /// keys.revoke(second.stored.id()).await?;
    /// assert!(keys.verify(second.key.expose(), now).await.is_err());
    /// assert_eq!(keys.rotate(second.stored.id(), 0, now).await.unwrap_err(), IssueError::Disabled);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When something said of the key does not hold, or the store does not answer. Then there is no key.
    pub async fn create(&self, new: NewApiKey, now: u64) -> Result<Issued, IssueError> {
        let issued = self.with_new_secret(new.checked(text::new_id()?, self.known, now)?)?;
        written(self.store().add(&issued.stored).await?)?;
        Ok(issued)
    }

    /// Makes a new secret for a key. The one before stays good for `grace` seconds more; without grace, it and any other are over
    /// at once.
    ///
    /// # Errors
    /// When there is no such key, it is revoked or over, two of its secrets are good already, somebody else changed it at the
    /// same time, or the store does not answer. Then everything is as before, unless the store did not answer: then look at the list.
    pub async fn rotate(&self, id: &str, grace: u64, now: u64) -> Result<Issued, IssueError> {
        let key = self.store().find(id).await?.ok_or(IssueError::UnknownId)?;
        if key.is_disabled() {
            return Err(IssueError::Disabled);
        }
        if key.is_over(now) {
            return Err(IssueError::Expired);
        }
        let ending = match grace {
            // Ending them now would let them be good for what is left of this second.
            0 => key.clone().without_secrets(),
            _ => with_grace(key.clone().forgetting(now), now.saturating_add(grace))?,
        };
        let issued = Issued { before: Some(key), ..self.with_new_secret(ending)? };
        // Not tried again on a conflict: each secret that was shown stays what its owner was told.
        written(self.store().replace(&issued.stored).await?)?;
        Ok(issued)
    }

    /// Takes back what was just created or rotated: its secret could not be given to its owner. Everything is as before.
    ///
    /// # Errors
    /// When somebody else changed the key meanwhile, or the store does not answer.
    pub async fn withdraw(&self, issued: Issued) -> Result<(), IssueError> {
        written(match issued.before {
            None => self.store().delete(issued.stored.id()).await?,
            Some(before) => {
                let version = issued.stored.version().saturating_add(1);
                self.store().replace(&before.versioned(version)).await?
            }
        })
    }

    /// Switches a key off, from the next request on. It stays in the list.
    ///
    /// # Errors
    /// When there is no such key, or the store does not answer.
    pub async fn revoke(&self, id: &str) -> Result<(), IssueError> {
        const TURNS: usize = 8;
        for _ in 0..TURNS {
            let key = self.store().find(id).await?.ok_or(IssueError::UnknownId)?;
            if key.is_disabled() {
                return Ok(());
            }
            match self.store().replace(&key.disabled()).await? {
                Written::Done => return Ok(()),
                Written::Missing => return Err(IssueError::UnknownId),
                Written::Conflict => {}
            }
        }
        Err(IssueError::Changed)
    }

    /// At most so many keys, in the order of their ids, the first one behind `after`, or from the beginning.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self, after: Option<&str>, most: u32) -> Result<Vec<StoredKey>, Outage> {
        self.store().list(after.unwrap_or(""), most).await
    }

    /// Deletes the keys of which nothing is good any more at `before`, and says how many they were.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete_over(&self, before: u64) -> Result<u64, Outage> {
        self.store().delete_over(before).await
    }
}

/// The same key, its one secret good until `until`.
fn with_grace(key: StoredKey, until: u64) -> Result<StoredKey, IssueError> {
    match key.secrets() {
        [older, _newer] => Err(IssueError::StillRotating { until: older.validity().1 }),
        _ => Ok(key.ending(until)),
    }
}

fn written(written: Written) -> Result<(), IssueError> {
    match written {
        Written::Done => Ok(()),
        Written::Conflict => Err(IssueError::Changed),
        Written::Missing => Err(IssueError::UnknownId),
    }
}
