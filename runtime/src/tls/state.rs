//! What a server makes connections with now, and how that changes while it runs.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio::{sync::Mutex, time::sleep};

use super::{
    TlsBuilder, TlsError,
    load::{Plan, Setting},
};
use crate::{
    auth::SecretSource,
    clock::{Clock, SystemClock},
};

/// The certificate of a server, its key, and what it asks of clients. Clones share all of it: keep one to
/// [reload](Self::reload).
#[derive(Clone)]
pub struct Tls(Arc<Shared>);

struct Shared {
    plan: Plan,
    limits: Limits,
    current: RwLock<Arc<Setting>>,
    /// Of two that read, the later has the newer files.
    reading: Mutex<()>,
}

/// What a server puts up with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) handshake: Duration,
    pub(super) handshakes: usize,
    pub(super) reload: Duration,
}

/// What came of looking at the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reloaded {
    /// New connections are made with what stands in them now.
    Changed,
    /// They are what they were.
    Unchanged,
}

impl Tls {
    /// The certificate in this file, with those of the authorities between it and a root behind it, in PEM; and its private
    /// key, in PEM (PKCS #8, SEC 1 or PKCS #1), from a file that not every user of the machine may read
    /// ([`SecretFile`](crate::auth::SecretFile)), or wherever secrets are kept.
    ///
    /// ```
    /// use palisade::{auth::SecretFile, tls::Tls};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let missing = Tls::builder("nowhere/chain.pem", SecretFile::at("nowhere/key.pem")).build().await.unwrap_err();
    /// assert!(missing.to_string().contains("nowhere"));
    /// # }
    /// ```
    pub fn builder(chain: impl Into<PathBuf>, key: impl SecretSource) -> TlsBuilder {
        TlsBuilder::new(chain.into(), key)
    }

    pub(super) async fn load(plan: Plan, limits: Limits) -> Result<Self, TlsError> {
        let current = RwLock::new(Arc::new(plan.read(SystemClock.unix_seconds()).await?));
        Ok(Self(Arc::new(Shared { plan, limits, current, reading: Mutex::new(()) })))
    }

    /// Looks at the files now. Open connections go on as they are.
    ///
    /// # Errors
    /// When they cannot be used. The server goes on with what it had.
    pub async fn reload(&self) -> Result<Reloaded, TlsError> {
        let _reading = self.0.reading.lock().await;
        let new = self.0.plan.read(SystemClock.unix_seconds()).await?;
        if new.digest.as_ref() == self.setting().digest.as_ref() {
            return Ok(Reloaded::Unchanged);
        }
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(Reloaded::Changed)
    }

    /// When the certificate of this server ends to be valid, in seconds since 1970.
    #[must_use]
    pub fn expires_at(&self) -> u64 {
        self.setting().expires_at
    }

    pub(super) fn setting(&self) -> Arc<Setting> {
        Arc::clone(&self.0.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Looks at the files from time to time, for ever.
    pub(super) async fn watch(self) {
        loop {
            sleep(self.limits().reload).await;
            match self.reload().await {
                Ok(Reloaded::Changed) => tracing::info!(target: "palisade", "the files of TLS were read anew"),
                Ok(Reloaded::Unchanged) => {}
                Err(error) => {
                    tracing::error!(target: "palisade", %error, "the files of TLS changed and cannot be used: the last good ones stay");
                }
            }
        }
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Tls").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}
