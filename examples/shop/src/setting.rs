//! What the command line may change about where the shop runs and whom it trusts.

use std::{error::Error, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use palisade::{
    auth::{ApiKeyStore, ApiKeys, Peppers, Reloading, SecretFile, SqliteKeys, WebhookSecrets},
    testing::TestIssuer,
};

use crate::{
    demo::{Call, Credential},
    deployment::Identities,
};

/// How often files with secrets are looked at.
const EVERY_MINUTE: Duration = Duration::from_secs(60);

/// The options of the command line.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The provider whose tokens are taken.
    pub issuer: Option<String>,
    /// What its tokens are for.
    pub audience: String,
    /// The directory of certificates.
    pub tls: Option<PathBuf>,
    /// The database of API keys.
    pub keys: Option<PathBuf>,
    /// What digests of API keys are keyed with.
    pub pepper: Option<PathBuf>,
    /// What the payment provider signs with.
    pub payment_secrets: Option<PathBuf>,
}

impl Setting {
    /// The demonstration on this machine.
    #[must_use]
    pub fn new() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            issuer: None,
            audience: TestIssuer::AUDIENCE.to_owned(),
            tls: None,
            keys: None,
            pepper: None,
            payment_secrets: None,
        }
    }

    /// Replaces those of the demonstration whom the command line names otherwise.
    ///
    /// # Errors
    /// When a file cannot be read, or `--keys` comes without `--pepper-file`.
    pub async fn apply(&self, mut identities: Identities) -> Result<Identities, Box<dyn Error>> {
        if let Some(issuer) = &self.issuer {
            identities = identities.people_of(issuer, &self.audience);
        }
        if let Some(file) = &self.keys {
            let pepper =
                self.pepper.as_ref().ok_or("`--keys` needs `--pepper-file`: the one that the keys were made with")?;
            let peppers = Reloading::read(SecretFile::at(pepper), Peppers::parse).await?.every(EVERY_MINUTE);
            let store: Arc<dyn ApiKeyStore> = Arc::new(SqliteKeys::open(file).await?);
            identities = identities.keys_of(ApiKeys::peppered("shop", store, peppers)?);
        }
        if let Some(file) = &self.payment_secrets {
            let secrets = Reloading::read(SecretFile::at(file), WebhookSecrets::read).await?;
            identities = identities.payments_by(secrets.every(EVERY_MINUTE));
        }
        Ok(identities)
    }

    /// Whether a call of the demonstration has a credential that this shop takes.
    #[must_use]
    pub fn can_make(&self, call: &Call) -> bool {
        match call.credential {
            Credential::None => true,
            Credential::Token(_) => self.issuer.is_none(),
            Credential::Key(_) => self.keys.is_none(),
            Credential::Webhook(_) => self.payment_secrets.is_none(),
            Credential::Certificate => self.tls.is_some(),
        }
    }
}
