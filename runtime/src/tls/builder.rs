//! Sets up TLS: the files, the clients, the limits.

use std::{path::PathBuf, time::Duration};

use super::{ClientAuthentication, Tls, TlsError, load::Plan, state::Limits};
use crate::auth::SecretSource;

/// TLS being set up; see [`Tls::builder`].
#[must_use]
pub struct TlsBuilder {
    plan: Plan,
    limits: Limits,
}

impl TlsBuilder {
    pub(super) fn new(chain: PathBuf, key: impl SecretSource) -> Self {
        let limits = Limits { handshake: Duration::from_secs(10), handshakes: 1_024, reload: Duration::from_secs(60) };
        Self { plan: Plan { chain, key: Box::new(key), clients: None }, limits }
    }

    /// What is asked of the certificates of clients: nothing, unless said here.
    pub fn clients(self, clients: ClientAuthentication) -> Self {
        Self { plan: Plan { clients: Some(clients), ..self.plan }, ..self }
    }

    /// How long a client may take for a handshake: 10 seconds unless said here, and at least one millisecond.
    pub fn handshake_timeout(self, timeout: Duration) -> Self {
        let handshake = timeout.max(Duration::from_millis(1));
        Self { limits: Limits { handshake, ..self.limits }, ..self }
    }

    /// How many handshakes are in progress at once: 1024 unless said here, and at least one. One more ends the oldest, so that
    /// clients that begin and do not go on keep nobody out.
    pub fn handshakes(self, most: usize) -> Self {
        Self { limits: Limits { handshakes: most.max(1), ..self.limits }, ..self }
    }

    /// How often the files are looked at: every 60 seconds unless said here, and at most once a second.
    pub fn reload_every(self, period: Duration) -> Self {
        let reload = period.max(Duration::from_secs(1));
        Self { limits: Limits { reload, ..self.limits }, ..self }
    }

    /// Reads the files.
    ///
    /// # Errors
    /// When one cannot be read, the key is not that of the certificate, or the certificate is not valid now. The error names
    /// the file and the mend.
    pub async fn build(self) -> Result<Tls, TlsError> {
        Tls::load(self.plan, self.limits).await
    }
}
