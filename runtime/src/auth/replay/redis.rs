//! Marks in Redis or Valkey: for several processes that let each message in once between them.

use redis::Value;

use super::{Mark, ReplayFault, ReplayStore, Sighted, Sighting};
use crate::{
    Redis,
    redis::{Fault, mark_key},
};

/// Remembers marks in Redis or Valkey, one round trip for each sighting.
///
/// ```
/// use palisade::{Redis, auth::RedisReplays};
///
/// let replays = RedisReplays::new(Redis::at("redis://127.0.0.1:6379")?);
/// # Ok::<(), palisade::RedisAddressError>(())
/// ```
#[derive(Debug)]
pub struct RedisReplays {
    redis: Redis,
}

impl RedisReplays {
    /// How much longer than asked a mark is kept, in seconds: gates whose clocks differ see it all the same.
    const GRACE: u64 = 60;

    /// Marks at this server, under keys that start with `palisade:replay:`.
    #[must_use]
    pub const fn new(redis: Redis) -> Self {
        Self { redis }
    }

    async fn see(&self, mark: &Mark, now: u64, until: u64) -> Result<Sighting, ReplayFault> {
        // A span and not a moment: the clock of the server may be another.
        let seconds = until.saturating_sub(now).saturating_add(Self::GRACE);
        let mut command = redis::cmd("SET");
        command.arg(mark_key("replay", mark)).arg("").arg("NX").arg("EX").arg(seconds);
        match self.redis.ask(&command).await {
            Ok(Value::Okay) => Ok(Sighting::First),
            Ok(Value::Nil) => Ok(Sighting::Again),
            Ok(_) | Err(Fault::Outage) => Err(ReplayFault::Outage),
            Err(Fault::Full) => Err(ReplayFault::Full),
        }
    }
}

impl ReplayStore for RedisReplays {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        Box::pin(self.see(mark, now, until))
    }
}
