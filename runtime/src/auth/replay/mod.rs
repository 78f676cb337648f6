//! What may be seen once only: proofs, signatures and messages that would be good again if somebody repeated them.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::{pin::Pin, sync::Arc};

pub use self::memory::MemoryReplays;
#[cfg(feature = "redis")]
pub use self::redis::RedisReplays;

/// What a store says of a sighting, once it does.
pub type Sighted<'a> = Pin<Box<dyn Future<Output = Result<Sighting, ReplayFault>> + Send + 'a>>;

/// Remembers what was seen, until it would be refused for its age anyway.
///
/// The promise: of several sightings of one mark at the same time, one is the first; a mark is not forgotten before its time; a
/// store without room says [`ReplayFault::Full`] and one that cannot tell [`ReplayFault::Outage`], never "first".
///
/// ```
/// use palisade::auth::{Mark, ReplayFault, ReplayStore, Sighted};
///
/// struct Down;
///
/// impl ReplayStore for Down {
///     fn sight<'a>(&'a self, _mark: &'a Mark, _now: u64, _until: u64) -> Sighted<'a> {
///         Box::pin(async { Err(ReplayFault::Outage) })
///     }
/// }
/// ```
pub trait ReplayStore: Send + Sync + 'static {
    /// Sees a mark at `now` and remembers it up to and with `until`, both in seconds since 1970.
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a>;
}

impl<S: ReplayStore + ?Sized> ReplayStore for Arc<S> {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        (**self).sight(mark, now, until)
    }
}

/// What tells one message from all others: a digest over its kind, whose it is and its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark([u8; 32]);

impl Mark {
    /// The mark of a message of a `kind`, by the one whom `owner` names, under the `name` that its owner gave it. No other
    /// three make the same mark.
    ///
    /// ```
    /// use palisade::auth::Mark;
    ///
    /// assert_ne!(Mark::new("dpop", b"ab", b"c"), Mark::new("dpop", b"a", b"bc"));
    /// ```
    #[must_use]
    pub fn new(kind: &str, owner: &[u8], name: &[u8]) -> Self {
        let mut digest = ring::digest::Context::new(&ring::digest::SHA256);
        for part in [kind.as_bytes(), owner, name] {
            digest.update(&(part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let mut mark = [0; 32];
        mark.iter_mut().zip(digest.finish().as_ref()).for_each(|(byte, digest)| *byte = *digest);
        Self(mark)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Whether a mark was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Sighting {
    /// This is the first time.
    First,
    /// It was seen before: a replay.
    Again,
}

/// Why a store cannot say. Either way the request is refused with 503.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReplayFault {
    /// It has no room to remember another.
    Full,
    /// It did not answer.
    Outage,
}
