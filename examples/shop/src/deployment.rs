//! Where the service runs and whom it trusts: the issuer, the keys, the limiter. The policy knows nothing of it.

use std::{error::Error, net::SocketAddr, sync::Arc};

use palisade::{
    Clock,
    auth::{
        ApiKeyStore, Certificates, Grants, MemoryKeys, MemoryReplays, Reloading, Secret, WebhookSecretFault,
        WebhookSecrets, WebhookSender, Webhooks,
    },
    gate::StartError,
    openapi::Document,
    prelude::*,
    testing::{TestIssuer, TokenBuilder},
};

use crate::{policy::Shop, tls::WAREHOUSE};

const ISSUER: &str = "https://id.shop.example";
const AUDIENCE: &str = TestIssuer::AUDIENCE;
const ALL_SCOPES: &str = "orders:read orders:write admin:orders reports:read";
const HOUR: i64 = 3_600;
const LONG_AGO: u64 = 24 * 3_600;

/// The people and the machine of the demonstration. In production an identity provider signs the tokens, and keys are
/// rows of a table.
pub struct Identities {
    issuer: TestIssuer,
    tokens: Option<Tokens>,
    keys: ApiKeys<Arc<dyn ApiKeyStore>>,
    report_key: Secret<String>,
    payments: Reloading<WebhookSecrets>,
    payment_secret: Secret<String>,
}

impl Identities {
    /// New keys for everybody.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        // From a secret store, in production: the same on every machine.
        let pepper = Secret::new(uuid::Uuid::new_v4().simple().to_string());
        let store = Arc::new(MemoryKeys::new([]));
        let keys = ApiKeys::<Arc<dyn ApiKeyStore>>::new("shop", Arc::clone(&store) as _, pepper)?;
        let issued = keys.issue("nightly-report")?;
        store.put(issued.stored.scopes(["reports:read"]));
        // Hexadecimal digits are base64 too.
        let random = || uuid::Uuid::new_v4().simple().to_string();
        let payment_secret = Secret::new(format!("whsec_{}{}", random(), random()));
        Ok(Self {
            issuer: TestIssuer::new(ISSUER),
            tokens: None,
            keys,
            report_key: issued.key,
            payments: WebhookSecrets::new([payment_secret.expose()])?.into(),
            payment_secret,
        })
    }

    /// People come with the tokens of this issuer instead, whose keys are found by its metadata.
    #[must_use]
    pub fn people_of(self, issuer: &str, audience: &str) -> Self {
        Self { tokens: Some(Tokens::issuer(issuer).audience(audience)), ..self }
    }

    /// Machines come with these keys instead.
    #[must_use]
    pub fn keys_of(self, keys: ApiKeys<Arc<dyn ApiKeyStore>>) -> Self {
        Self { keys, ..self }
    }

    /// The payment provider signs with these secrets instead.
    #[must_use]
    pub fn payments_by(self, secrets: Reloading<WebhookSecrets>) -> Self {
        Self { payments: secrets, ..self }
    }

    /// What the payment provider of the demonstration signs its webhooks with.
    ///
    /// # Errors
    /// None: the secret is one.
    pub fn payment_provider(&self) -> Result<WebhookSender, WebhookSecretFault> {
        WebhookSender::new([self.payment_secret.expose()])
    }

    /// A token for each person, under the name the demonstration gives them, signed at `now` (seconds since 1970).
    #[must_use]
    pub fn tokens(&self, now: u64) -> [(&'static str, String); 6] {
        let customer = |subject| self.person(subject, "customer").scope("orders:read orders:write");
        let tokens = [
            ("alice", customer("alice")),
            ("bob", customer("bob")),
            ("support", self.person("sue", "support").scope(ALL_SCOPES)),
            ("reader", self.person("rita", "customer").scope("orders:read")),
            ("stale", customer("alice").authenticated(LONG_AGO)),
            ("expired", customer("alice").expires_in(-HOUR)),
        ];
        tokens.map(|(name, token)| (name, token.sign(now)))
    }

    /// The key that reads reports.
    #[must_use]
    pub fn report_key(&self) -> &str {
        self.report_key.expose()
    }

    /// The name under which the orders of a person are kept.
    #[must_use]
    pub fn owner(person: &str) -> String {
        format!("{ISSUER} {person}")
    }

    fn person(&self, subject: &str, role: &str) -> TokenBuilder<'_> {
        self.issuer.token().subject(subject).role(role).authenticated(0).expires_in(HOUR)
    }
}

/// The gate in front of the shop. It does not open when the policy needs something that is not here.
///
/// # Errors
/// What is missing, for which endpoint, and what to add.
pub async fn gate(identities: Identities, clock: impl Clock, audit: Audit) -> Result<Gate<Shop>, StartError> {
    let warehouse = Certificates::spiffe("shop.example").caller(WAREHOUSE, Grants::nothing().scopes(["orders:ship"]));
    // One process remembers for itself what it has seen; several would ask `RedisReplays`.
    let payments = Webhooks::secrets(identities.payments).replays(MemoryReplays::new(10_000));
    Gate::builder()
        .bearer(identities.tokens.unwrap_or_else(|| identities.issuer.tokens(AUDIENCE)))
        .api_keys(identities.keys)
        .certificates(warehouse)
        .webhooks("payments", payments)
        .limiter(Limiter::memory())
        // In memory like the orders. Where those are in a file: `Idempotency::shared(Sqlite::open(..).await?)`.
        .idempotency(Idempotency::memory())
        .clients(Clients::direct())
        .audit(audit)
        .clock(clock)
        .build()
        .await
}

/// The document of a shop that listens here. Beyond this machine it is reached under its public name, through TLS.
#[must_use]
pub fn document(address: SocketAddr) -> Document {
    let deployment = match address.ip().is_loopback() {
        true => Deployment::at(format!("http://{address}")).described("demonstration"),
        false => Deployment::at(AUDIENCE).described("production"),
    };
    let token = format!("{ISSUER}/token");
    let deployment = deployment
        .authorization_server(format!("{ISSUER}/authorize"), token.clone(), token)
        .contact("The shop", "https://shop.example/support")
        .license("MIT OR Apache-2.0", "https://spdx.org/licenses/MIT.html");
    Shop::openapi(&deployment)
}
