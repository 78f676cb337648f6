//! Revocations in Redis or Valkey: known to every process at once, and after a restart.

use redis::cmd;

use super::{Caller, Credential, Mark, RevocationList, Standing, subject_mark, token_mark};
use crate::{Outage, Promise, Redis, redis::mark_key};

/// Remembers in Redis or Valkey what is withdrawn. A request costs one round trip.
///
/// ```no_run
/// use palisade::{Redis, auth::RedisRevocations};
///
/// # async fn steal() -> Result<(), Box<dyn std::error::Error>> {
/// let revocations = RedisRevocations::new(Redis::at("redis://127.0.0.1:6379")?);
/// let now = 1_800_000_000;
/// revocations.revoke_subject("https://id.shop.example", "alice", now, now + 3_600, now).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct RedisRevocations {
    redis: Redis,
}

impl RedisRevocations {
    /// How much longer than asked an entry is kept, in seconds: gates whose clocks differ see it all the same.
    const GRACE: u64 = 60;

    /// Keeps the later of both moments, and the longer of both times: whoever withdraws again takes nothing back.
    const KEEP_THE_LATER: &'static str = "\
        local since, seconds = ARGV[1], tonumber(ARGV[2]) \
        local old = redis.call('GET', KEYS[1]) \
        if old then \
            if tonumber(since) < tonumber(old) then since = old end \
            seconds = math.max(seconds, redis.call('TTL', KEYS[1])) \
        end \
        return redis.call('SET', KEYS[1], since, 'EX', seconds)";

    /// The last second that is told apart: scripts reckon in doubles.
    const FOREVER: u64 = 1 << 53;

    /// The longest that a server can be told to keep something, in seconds: 300 years.
    const LONGEST: u64 = 300 * 365 * 86_400;

    /// A list at this server, under keys that start with `palisade:revoked:`.
    #[must_use]
    pub const fn new(redis: Redis) -> Self {
        Self { redis }
    }

    /// Withdraws the token that its issuer named so (`jti`). `until` is when it expires; `now` is the time. All times here are
    /// seconds since 1970.
    ///
    /// # Errors
    /// When the server did not say that it keeps it: then nothing may be withdrawn.
    pub async fn revoke_token(&self, issuer: &str, id: &str, until: u64, now: u64) -> Result<(), Outage> {
        self.add(&token_mark(issuer, id), Self::FOREVER, until, now).await
    }

    /// Withdraws the API key with this id, until then.
    ///
    /// # Errors
    /// When the server did not say that it keeps it.
    pub async fn revoke_api_key(&self, id: &str, until: u64, now: u64) -> Result<(), Outage> {
        self.revoke_token(Caller::API_KEY_ISSUER, id, until, now).await
    }

    /// Withdraws every token of a subject that was issued up to and with `since`, and all that do not say when. `until` is when
    /// the last of them has expired.
    ///
    /// # Errors
    /// When the server did not say that it keeps it.
    pub async fn revoke_subject(
        &self,
        issuer: &str,
        subject: &str,
        since: u64,
        until: u64,
        now: u64,
    ) -> Result<(), Outage> {
        self.add(&subject_mark(issuer, subject), since, until, now).await
    }

    async fn add(&self, mark: &Mark, since: u64, until: u64, now: u64) -> Result<(), Outage> {
        // A span and not a moment: the clock of the server may be another.
        let seconds = until.saturating_sub(now).saturating_add(Self::GRACE).min(Self::LONGEST);
        let mut command = cmd("EVAL");
        command.arg(Self::KEEP_THE_LATER).arg(1).arg(mark_key("revoked", mark));
        command.arg(since.min(Self::FOREVER)).arg(seconds);
        Ok(self.redis.ask(&command).await?)
    }

    async fn look_up(&self, credential: Credential<'_>) -> Result<Standing, Outage> {
        let (token, subject) = credential.marks();
        let mut command = cmd("MGET");
        token.iter().chain([&subject]).for_each(|mark| _ = command.arg(mark_key("revoked", mark)));
        let found: Vec<Option<u64>> = self.redis.ask(&command).await?;
        match found.into_iter().flatten().any(|since| credential.is_of(since)) {
            true => Ok(Standing::Revoked),
            false => Ok(Standing::Good),
        }
    }
}

impl RevocationList for RedisRevocations {
    fn standing<'a>(&'a self, credential: Credential<'a>, _now: u64) -> Promise<'a, Standing> {
        Box::pin(self.look_up(credential))
    }
}
