//! Revocations in memory: bounded, and never forgotten before their time.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use foldhash::quality::RandomState;

use super::{Caller, Credential, Mark, RevocationList, Standing, subject_mark, token_mark};
use crate::Promise;

/// Remembers in this process what is withdrawn: right for one process, whose restart forgets it. Share it by an
/// [`Arc`](std::sync::Arc), to give to the gate and to withdraw by.
///
/// ```
/// use std::sync::Arc;
/// use palisade::auth::{Credential, MemoryRevocations, RevocationList, RevocationsFull, Standing};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (issuer, now) = ("https://id.shop.example", 1_800_000_000);
/// let revocations = Arc::new(MemoryRevocations::new(100_000));
/// let token = Credential { issuer, subject: "alice", id: Some("jti-1"), issued_at: Some(now - 60) };
/// assert_eq!(revocations.standing(token, now).await?, Standing::Good);
///
/// // The token that was stolen, for as long as it would be good.
/// revocations.revoke_token(issuer, "jti-1", now + 240, now)?;
/// assert_eq!(revocations.standing(token, now).await?, Standing::Revoked);
///
/// // Everything that Alice was given until now, for as long as any of it could be good.
/// revocations.revoke_subject(issuer, "alice", now, now + 3_600, now)?;
/// let after = Credential { id: Some("jti-2"), issued_at: Some(now + 1), ..token };
/// assert_eq!(revocations.standing(after, now + 1).await?, Standing::Good);
/// # Ok(())
/// # }
/// ```
pub struct MemoryRevocations {
    capacity: usize,
    /// How many there are. While it is zero, as it mostly is, a request is not held up by anything.
    kept: AtomicUsize,
    entries: RwLock<HashMap<Mark, Entry, RandomState>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// Withdrawn is what was issued up to and with this second.
    since: u64,
    /// The last second in which it matters.
    until: u64,
}

/// The list has no room: nothing was withdrawn. Make it larger, or stop whom it is about in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RevocationsFull;

impl MemoryRevocations {
    /// How much longer than asked an entry is kept, in seconds: a token is good for a little while after it has expired, since
    /// clocks differ.
    const GRACE: u64 = 60;

    /// A list of at most `capacity` entries, each about a hundred bytes.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { capacity, kept: AtomicUsize::new(0), entries: RwLock::default() }
    }

    /// Withdraws the token that its issuer named so (`jti`). `until` is when it expires; `now` is the time. All times here are
    /// seconds since 1970.
    ///
    /// # Errors
    /// When there is no room.
    pub fn revoke_token(&self, issuer: &str, id: &str, until: u64, now: u64) -> Result<(), RevocationsFull> {
        self.add(token_mark(issuer, id), Entry { since: u64::MAX, until }, now)
    }

    /// Withdraws the API key with this id, until then: for when its store cannot be written, or is asked too seldom.
    ///
    /// # Errors
    /// When there is no room.
    pub fn revoke_api_key(&self, id: &str, until: u64, now: u64) -> Result<(), RevocationsFull> {
        self.revoke_token(Caller::API_KEY_ISSUER, id, until, now)
    }

    /// Withdraws every token of a subject that was issued up to and with `since`, and all that do not say when. `until` is when
    /// the last of them has expired.
    ///
    /// # Errors
    /// When there is no room.
    pub fn revoke_subject(
        &self,
        issuer: &str,
        subject: &str,
        since: u64,
        until: u64,
        now: u64,
    ) -> Result<(), RevocationsFull> {
        self.add(subject_mark(issuer, subject), Entry { since, until }, now)
    }

    fn add(&self, mark: Mark, new: Entry, now: u64) -> Result<(), RevocationsFull> {
        let new = Entry { until: new.until.saturating_add(Self::GRACE), ..new };
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = entries.get_mut(&mark) {
            // Whoever withdraws again takes nothing back.
            *old = Entry { since: old.since.max(new.since), until: old.until.max(new.until) };
            return Ok(());
        }
        if self.capacity <= entries.len() {
            entries.retain(|_, entry| now <= entry.until);
        }
        let added = if entries.len() < self.capacity {
            entries.insert(mark, new);
            Ok(())
        } else {
            Err(RevocationsFull)
        };
        self.kept.store(entries.len(), Ordering::Release);
        added
    }

    fn standing_now(&self, credential: Credential<'_>, now: u64) -> Standing {
        if self.kept.load(Ordering::Acquire) == 0 {
            return Standing::Good;
        }
        let (token, subject) = credential.marks();
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let revoked = token.into_iter().chain([subject]).filter_map(|mark| entries.get(&mark));
        match revoked.into_iter().any(|entry| now <= entry.until && credential.is_of(entry.since)) {
            true => Standing::Revoked,
            false => Standing::Good,
        }
    }
}

impl RevocationList for MemoryRevocations {
    fn standing<'a>(&'a self, credential: Credential<'a>, now: u64) -> Promise<'a, Standing> {
        let standing = self.standing_now(credential, now);
        Box::pin(std::future::ready(Ok(standing)))
    }
}

impl fmt::Debug for MemoryRevocations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MemoryRevocations").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

impl fmt::Display for RevocationsFull {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the list of revocations is full: nothing was revoked, make it larger")
    }
}

impl std::error::Error for RevocationsFull {}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;
    const ISSUER: &str = "https://id.shop.example";

    fn token(id: &'static str, issued_at: Option<u64>) -> Credential<'static> {
        Credential { issuer: ISSUER, subject: "alice", id: Some(id), issued_at }
    }

    #[test]
    fn a_withdrawn_token_is_refused_until_it_would_have_expired_and_no_other_is() {
        let list = MemoryRevocations::new(10);
        list.revoke_token(ISSUER, "one", NOW + 60, NOW).unwrap();
        assert_eq!(list.standing_now(token("one", Some(NOW)), NOW), Standing::Revoked);
        assert_eq!(list.standing_now(token("one", Some(NOW)), NOW + 120), Standing::Revoked);
        assert_eq!(list.standing_now(token("one", Some(NOW)), NOW + 121), Standing::Good);
        assert_eq!(list.standing_now(token("two", Some(NOW)), NOW), Standing::Good);
        let elsewhere = Credential { issuer: "https://other.example", ..token("one", Some(NOW)) };
        assert_eq!(list.standing_now(elsewhere, NOW), Standing::Good);
        let nameless = Credential { id: None, ..token("one", Some(NOW)) };
        assert_eq!(list.standing_now(nameless, NOW), Standing::Good);
    }

    #[test]
    fn what_a_subject_was_given_before_is_dead_and_what_it_is_given_after_is_not() {
        let list = MemoryRevocations::new(10);
        list.revoke_subject(ISSUER, "alice", NOW, NOW + 600, NOW).unwrap();
        for (issued_at, expected) in [
            (Some(NOW - 1), Standing::Revoked),
            (Some(NOW), Standing::Revoked),
            (Some(NOW + 1), Standing::Good),
            (None, Standing::Revoked),
        ] {
            assert_eq!(list.standing_now(token("one", issued_at), NOW + 1), expected, "{issued_at:?}");
        }
        let bob = Credential { subject: "bob", ..token("one", None) };
        assert_eq!(list.standing_now(bob, NOW), Standing::Good);
        // A subject of that name is no token of that name.
        let named = Credential { subject: "bob", ..token("alice", None) };
        assert_eq!(list.standing_now(named, NOW), Standing::Good);
    }

    #[test]
    fn withdrawing_again_takes_nothing_back() {
        let list = MemoryRevocations::new(10);
        list.revoke_subject(ISSUER, "alice", NOW, NOW + 600, NOW).unwrap();
        list.revoke_subject(ISSUER, "alice", NOW - 100, NOW + 60, NOW).unwrap();
        assert_eq!(list.standing_now(token("one", Some(NOW)), NOW + 600), Standing::Revoked);
    }

    #[test]
    fn a_full_list_tells_who_revokes_and_forgets_what_is_over_only() {
        let list = MemoryRevocations::new(2);
        list.revoke_token(ISSUER, "one", NOW + 60, NOW).unwrap();
        list.revoke_token(ISSUER, "two", NOW + 10, NOW).unwrap();
        assert_eq!(list.revoke_token(ISSUER, "three", NOW + 60, NOW + 70), Err(RevocationsFull));
        assert_eq!(list.standing_now(token("one", None), NOW + 70), Standing::Revoked);
        assert_eq!(list.standing_now(token("two", None), NOW + 70), Standing::Revoked);
        list.revoke_token(ISSUER, "one", NOW + 90, NOW + 70).unwrap();
        list.revoke_token(ISSUER, "three", NOW + 60, NOW + 71).unwrap();
        assert_eq!(list.standing_now(token("one", None), NOW + 71), Standing::Revoked);
        assert_eq!(list.standing_now(token("three", None), NOW + 71), Standing::Revoked);
    }

    #[test]
    fn an_api_key_is_withdrawn_by_its_id() {
        let list = MemoryRevocations::new(10);
        list.revoke_api_key("k1", u64::MAX, NOW).unwrap();
        let key = Credential { issuer: Caller::API_KEY_ISSUER, subject: "job", id: Some("k1"), issued_at: None };
        assert_eq!(list.standing_now(key, NOW), Standing::Revoked);
        assert_eq!(list.standing_now(Credential { id: Some("k2"), ..key }, NOW), Standing::Good);
    }
}
