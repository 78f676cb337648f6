//! Credentials that are withdrawn before their time: a token, an API key, or all that a subject was given until now.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::sync::Arc;

use super::{Caller, Mark};
use crate::Promise;

pub use self::memory::{MemoryRevocations, RevocationsFull};
#[cfg(feature = "redis")]
pub use self::redis::RedisRevocations;

/// Says of each credential that was found good whether it was withdrawn since.
///
/// A gate asks it for every request that comes with a token or an API key, also where the token was verified a moment ago, so
/// that what is withdrawn is refused from the next request on. A list that cannot tell says [`Outage`](crate::Outage), and the
/// request is neither allowed nor denied (503).
///
/// ```
/// use palisade::{Outage, Promise, auth::{Credential, RevocationList, Standing}};
///
/// struct Down;
///
/// impl RevocationList for Down {
///     fn standing<'a>(&'a self, _credential: Credential<'a>, _now: u64) -> Promise<'a, Standing> {
///         Box::pin(async { Err(Outage) })
///     }
/// }
/// ```
pub trait RevocationList: Send + Sync + 'static {
    /// Whether the credential stands at `now`, in seconds since 1970.
    fn standing<'a>(&'a self, credential: Credential<'a>, now: u64) -> Promise<'a, Standing>;
}

/// What a revocation list is told of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential<'a> {
    /// Who issued it: [`Caller::API_KEY_ISSUER`] for API keys.
    pub issuer: &'a str,
    /// Whom it speaks for.
    pub subject: &'a str,
    /// Its own name, unique for its issuer: `jti` of a token, the id of an API key.
    pub id: Option<&'a str>,
    /// When it was issued, in seconds since 1970, if it says so.
    pub issued_at: Option<u64>,
}

/// Whether a credential may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Standing {
    /// It was not withdrawn.
    Good,
    /// It was withdrawn.
    Revoked,
}

impl Credential<'_> {
    /// What is looked up: the credential itself, and its subject.
    fn marks(&self) -> (Option<Mark>, Mark) {
        (self.id.map(|id| token_mark(self.issuer, id)), subject_mark(self.issuer, self.subject))
    }

    /// Whether it is among those that were issued up to and with `since`. One that does not say when it was issued is taken to
    /// be as old as can be.
    fn is_of(&self, since: u64) -> bool {
        self.issued_at.is_none_or(|issued_at| issued_at <= since)
    }
}

impl<L: RevocationList + ?Sized> RevocationList for Arc<L> {
    fn standing<'a>(&'a self, credential: Credential<'a>, now: u64) -> Promise<'a, Standing> {
        (**self).standing(credential, now)
    }
}

fn token_mark(issuer: &str, id: &str) -> Mark {
    Mark::new("revoked token", issuer.as_bytes(), id.as_bytes())
}

fn subject_mark(issuer: &str, subject: &str) -> Mark {
    Mark::new("revoked subject", issuer.as_bytes(), subject.as_bytes())
}
