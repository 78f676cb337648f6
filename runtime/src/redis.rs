//! One connection to Redis or Valkey, for everything that several processes must know alike.

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use redis::{
    Client, Cmd, FromRedisValue, IntoConnectionInfo, ProtocolVersion, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use crate::{Outage, auth::Mark};

/// A Redis or Valkey server, version 6 or later. It is spoken to without TLS: let nobody else be on the way. Clones share one
/// connection, which is made when it is first needed, and again when it broke off. Needs a runtime of tokio.
///
/// What is kept there must not be thrown away when memory is short: set `maxmemory-policy noeviction`, and let other data have
/// a server of their own. What a server forgets in a crash is forgotten: where that matters, have it write each command
/// (`appendfsync always`).
///
/// ```
/// use palisade::Redis;
///
/// let redis = Redis::at("redis://:the-password@127.0.0.1:6379/0")?;
/// assert!(!format!("{redis:?}").contains("the-password"));
/// # Ok::<(), palisade::RedisAddressError>(())
/// ```
#[derive(Clone)]
pub struct Redis {
    shared: Arc<Shared>,
    timeout: Duration,
}

struct Shared {
    client: Client,
    connection: OnceLock<Option<ConnectionManager>>,
}

/// The address of a Redis server is none. It is not repeated, since there may be a password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedisAddressError;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The server has no memory left.
    Full,
    /// It did not answer, or something else.
    Outage,
}

impl Redis {
    /// How long a command may take, the connection included, when nothing else is said.
    pub const TIMEOUT: Duration = Duration::from_millis(500);

    /// The server at `redis://[user][:password@]host[:port][/database]`. It is not asked anything yet.
    ///
    /// # Errors
    /// When that is no such address.
    pub fn at(address: &str) -> Result<Self, RedisAddressError> {
        let info = address.into_connection_info().map_err(|_| RedisAddressError)?;
        // With the newer protocol a broken connection is noticed, and made again, before the next command.
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let client = Client::open(info.set_redis_settings(settings)).map_err(|_| RedisAddressError)?;
        Ok(Self { shared: Arc::new(Shared { client, connection: OnceLock::new() }), timeout: Self::TIMEOUT })
    }

    /// How long a command may take before it counts as an outage: [`Redis::TIMEOUT`] when not said, 10 milliseconds at least
    /// and 10 seconds at most.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: timeout.clamp(Duration::from_millis(10), Duration::from_secs(10)), ..self }
    }

    /// Sends a command, and reads its answer.
    pub(crate) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Fault> {
        tokio::time::timeout(self.timeout, self.ask_twice(command)).await.unwrap_or(Err(Fault::Outage))
    }

    /// A refused connection says how it was when it was last tried. The second try is after a new one. A command that may
    /// have been carried out is not repeated.
    async fn ask_twice<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Fault> {
        let mut connection = self.connection().ok_or(Fault::Outage)?;
        match command.query_async(&mut connection).await {
            Err(error) if error.is_connection_refusal() => command.query_async(&mut connection).await,
            answer => answer,
        }
        .map_err(|error| Fault::of(&error))
    }

    fn connection(&self) -> Option<ConnectionManager> {
        let connect = || {
            // Whoever asks while the server is away hears that at once: each command is a try of its own.
            let settings = ConnectionManagerConfig::new()
                .set_number_of_retries(0)
                .set_connection_timeout(Some(self.timeout))
                .set_response_timeout(Some(self.timeout))
                .set_pipeline_buffer_size(1_024);
            ConnectionManager::new_lazy_with_config(self.shared.client.clone(), settings).ok()
        };
        self.shared.connection.get_or_init(connect).clone()
    }
}

/// The key under which something is kept about a mark.
pub(crate) fn mark_key(what: &str, mark: &Mark) -> String {
    let mut key = format!("palisade:{what}:");
    base64_simd::URL_SAFE_NO_PAD.encode_append(mark.as_bytes(), &mut key);
    key
}

impl Fault {
    fn of(error: &RedisError) -> Self {
        if error.code() == Some("OOM") { Self::Full } else { Self::Outage }
    }
}

impl From<Fault> for Outage {
    fn from(_: Fault) -> Self {
        Self
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Redis").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl fmt::Display for RedisAddressError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the address of Redis is none that is known here: write it like \"redis://:password@host:6379/0\", without TLS")
    }
}

impl std::error::Error for RedisAddressError {}
