//! Sets up a gate: the deployment's side, of which policies know nothing.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use ring::{hmac, rand::SystemRandom};
use zeroize::Zeroize;

#[cfg(feature = "certificates")]
use super::TlsProxies;
use super::{
    Keeper, Published, StartError, TrustedProxies, keeper::VerifyApiKey, language::Languages, signers::Signers, start,
};
use crate::{
    api::Api,
    audit::Audit,
    auth::{
        ApiKeyStore, ApiKeys, Certificates, Dpop, Introspection, IssuerHealth, Issuers, RevocationList, Secret,
        Signatures, TokenCache, Tokens, Webhooks,
    },
    clock::{Clock, SystemClock},
    idempotency::Idempotency,
    limit::Limiter,
};

/// Enforces the policies of the API `A`. It exists only when it has everything they need.
pub struct Gate<A> {
    keeper: Arc<Keeper>,
    api: PhantomData<fn() -> A>,
}

impl<A> Gate<A> {
    /// How the issuers are doing whose tokens it accepts, in the order they were given: for readiness probes and dashboards.
    #[must_use]
    pub fn issuers(&self) -> Vec<IssuerHealth> {
        self.keeper.issuers.health()
    }

    pub(crate) fn keeper(&self) -> Arc<Keeper> {
        Arc::clone(&self.keeper)
    }
}

impl<A> Clone for Gate<A> {
    fn clone(&self) -> Self {
        Self { keeper: self.keeper(), api: PhantomData }
    }
}

impl<A> fmt::Debug for Gate<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("api", &self.keeper.api.title()).finish_non_exhaustive()
    }
}

impl Gate<()> {
    /// A gate that has nothing yet.
    ///
    /// ```
    /// use palisade::{gate::Clients, limit::Limiter, prelude::*, testing::TestIssuer};
    ///
    /// #[secure(get = "/health", public = "a liveness probe", rate = "60/min per ip")]
    /// async fn health() -> NoContent { NoContent }
    ///
    /// /// A service that only says that it is there.
    /// #[secure(title = "Probe", version = "1.0.0", endpoints(health))]
    /// struct Probe;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let gate = Gate::builder()
    ///     .limiter(Limiter::memory())
    ///     .clients(Clients::direct())
    ///     .audit(Audit::tracing())
    ///     .build()
    ///     .await?;
    /// let app: axum::Router = Probe::router(gate);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> GateBuilder {
        GateBuilder {
            tokens: Vec::new(),
            introspection: None,
            revocations: None,
            api_keys: None,
            dpop: None,
            public_origin: None,
            resource_documentation: None,
            certificates: None,
            signers: Signers::nobody(),
            limiter: None,
            idempotency: None,
            clients: None,
            #[cfg(feature = "certificates")]
            tls_proxies: None,
            audit: None,
            clock: Arc::new(SystemClock),
            origin: None,
            cursor_key: CursorKey::OfThisProcess,
            languages: Languages::ONE,
            body_timeout: Keeper::BODY_TIMEOUT,
        }
    }
}

/// Where the addresses of clients come from.
#[derive(Debug)]
pub struct Clients(TrustedProxies);

impl Clients {
    /// Clients connect to this process themselves: the address is the connection's, headers say nothing.
    #[must_use]
    pub fn direct() -> Self {
        Self(TrustedProxies::none())
    }

    /// Clients come through these proxies, whose header is believed as far as they are trusted.
    #[must_use]
    pub fn behind(proxies: TrustedProxies) -> Self {
        Self(proxies)
    }
}

/// A gate being set up.
#[must_use]
pub struct GateBuilder {
    pub(super) tokens: Vec<Tokens>,
    pub(super) introspection: Option<Introspection>,
    revocations: Option<Box<dyn RevocationList>>,
    pub(super) api_keys: Option<Box<dyn VerifyApiKey>>,
    pub(super) dpop: Option<Dpop>,
    pub(super) public_origin: Option<String>,
    pub(super) resource_documentation: Option<String>,
    pub(super) certificates: Option<Certificates>,
    pub(super) signers: Signers,
    pub(super) limiter: Option<Limiter>,
    pub(super) idempotency: Option<Idempotency>,
    pub(super) clients: Option<Clients>,
    #[cfg(feature = "certificates")]
    tls_proxies: Option<TlsProxies>,
    pub(super) audit: Option<Audit>,
    clock: Arc<dyn Clock>,
    origin: Option<String>,
    cursor_key: CursorKey,
    pub(super) languages: Languages,
    body_timeout: Duration,
}

/// What cursors are authenticated with.
enum CursorKey {
    OfThisProcess,
    Shared(hmac::Key),
    TooShort,
}

impl GateBuilder {
    /// Believes proxies that end TLS what they tell of their clients: nobody is believed unless said here.
    #[cfg(feature = "certificates")]
    pub fn tls_proxies(self, proxies: TlsProxies) -> Self {
        Self { tls_proxies: Some(proxies), ..self }
    }

    /// Accepts client certificates as callers: nobody is known by one unless said here.
    pub fn certificates(self, certificates: Certificates) -> Self {
        Self { certificates: Some(certificates), ..self }
    }

    /// Accepts the tokens of an issuer. Said again, it accepts those of one more.
    pub fn bearer(mut self, tokens: Tokens) -> Self {
        self.tokens.push(tokens);
        self
    }

    /// Accepts tokens that say nothing themselves, and asks their issuer about them.
    pub fn opaque(self, introspection: Introspection) -> Self {
        Self { introspection: Some(introspection), ..self }
    }

    /// Asks this list about every token, key and certificate that was found good, for every request that comes with one.
    pub fn revocations(self, revocations: impl RevocationList) -> Self {
        Self { revocations: Some(Box::new(revocations)), ..self }
    }

    /// Accepts API keys.
    pub fn api_keys<S: ApiKeyStore>(self, keys: ApiKeys<S>) -> Self {
        Self { api_keys: Some(Box::new(keys)), ..self }
    }

    /// Accepts tokens that are bound to a client's key, with a proof that the client holds it (`DPoP`, RFC 9449). Tokens that are bound
    /// are refused without it. It needs [`public_origin`](Self::public_origin), which proofs name.
    pub fn dpop(self, dpop: Dpop) -> Self {
        Self { dpop: Some(dpop), ..self }
    }

    /// The origin by which clients know the API, like `https://api.shop.example`: what they name in proofs. It is never taken from a
    /// request.
    ///
    /// With it, what clients may know of the resource is published (RFC 9728): at `/.well-known/oauth-protected-resource`, and the path of
    /// the resource behind that. The resource is the audience of the tokens, if it is an address at this origin; otherwise nothing
    /// is published. Challenges name the place (`resource_metadata`).
    pub fn public_origin(self, origin: impl Into<String>) -> Self {
        Self { public_origin: Some(origin.into()), ..self }
    }

    /// Where developers read about the API: a member of the [metadata](Self::public_origin) of the resource
    /// (`resource_documentation`).
    pub fn resource_documentation(self, address: impl Into<String>) -> Self {
        Self { resource_documentation: Some(address.into()), ..self }
    }

    /// Accepts signed requests (RFC 9421): these keys are those of the scheme `signature(name = ..)`. It needs
    /// [`public_origin`](Self::public_origin), which signatures name.
    pub fn signatures(self, scheme: impl Into<String>, signatures: Signatures) -> Self {
        Self { signers: self.signers.with_signatures(scheme.into(), signatures), ..self }
    }

    /// Accepts webhooks (Standard Webhooks): these secrets are those of the scheme `webhook(name = ..)`.
    pub fn webhooks(self, scheme: impl Into<String>, webhooks: Webhooks) -> Self {
        Self { signers: self.signers.with_webhooks(scheme.into(), webhooks), ..self }
    }

    /// Counts rates here.
    pub fn limiter(self, limiter: Limiter) -> Self {
        Self { limiter: Some(limiter), ..self }
    }

    /// Keeps the first answers of `idempotent` endpoints here.
    pub fn idempotency(self, idempotency: Idempotency) -> Self {
        Self { idempotency: Some(idempotency), ..self }
    }

    /// Says where the addresses of clients come from.
    pub fn clients(self, clients: Clients) -> Self {
        Self { clients: Some(clients), ..self }
    }

    /// Records every request here.
    pub fn audit(self, audit: Audit) -> Self {
        Self { audit: Some(audit), ..self }
    }

    /// Takes the time from here: a clock that tests can move.
    pub fn clock(self, clock: impl Clock) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// Lets pages of this one origin read the answers of endpoints (`Access-Control-Allow-Origin`). Without it, no page of
    /// another origin may. Preflight requests are not answered here: a page that sends credentials or JSON from another
    /// origin needs a CORS layer, such as tower-http's, around the application.
    pub fn origin(self, origin: impl Into<String>) -> Self {
        Self { origin: Some(origin.into()), ..self }
    }

    /// Authenticates [cursors](crate::input::Cursors) with a key of at least 32 bytes, so that those of one process are good
    /// in another, and after a restart. Without it each gate makes its own key.
    #[expect(clippy::needless_pass_by_value, reason = "the key is taken, so that it is wiped on return")]
    pub fn cursor_key<K: AsRef<[u8]> + Zeroize>(self, key: Secret<K>) -> Self {
        let key = key.expose().as_ref();
        let cursor_key = match key.len() {
            0..32 => CursorKey::TooShort,
            32.. => CursorKey::Shared(hmac::Key::new(hmac::HMAC_SHA256, key)),
        };
        Self { cursor_key, ..self }
    }

    /// Says what is wrong with values in the language that a request asks for (`Accept-Language`).
    #[cfg(feature = "fluent")]
    pub fn catalogue(self, catalogue: crate::language::Catalogue) -> Self {
        Self { languages: Languages::of(catalogue), ..self }
    }

    /// How long a request waits for its body in all, 10 seconds unless said here, and one second more for each 8 KiB that
    /// came: a body of any size may arrive, at 8 KiB a second or faster. A slower one is answered with 408. A stream of items
    /// is given that time for each of them. Only waiting counts: what a handler does between two items does not.
    pub fn body_timeout(self, timeout: Duration) -> Self {
        Self { body_timeout: timeout, ..self }
    }

    /// The gate, once everything that the policies of `A` need is there. `A` follows from `A::router(gate)`.
    ///
    /// # Errors
    /// When a policy needs something that is missing, or the keys of an issuer cannot be fetched; the error names the endpoint
    /// or the issuer, and the mend.
    pub async fn build<A: Api>(self) -> Result<Gate<A>, StartError> {
        start::check(A::POLICY, &self)?;
        let public_origin = self.public_origin.as_deref().map(start::public_origin).transpose()?;
        let published = Published::of(A::POLICY, &self, public_origin.as_ref()).map(Arc::new);
        let Self {
            tokens,
            introspection,
            revocations,
            mut api_keys,
            dpop,
            public_origin: _,
            resource_documentation: _,
            certificates,
            signers,
            limiter,
            idempotency,
            clients,
            #[cfg(feature = "certificates")]
            tls_proxies,
            audit,
            clock,
            origin,
            cursor_key,
            languages,
            body_timeout,
        } = self;
        let origin = match origin {
            None => None,
            Some(origin) => Some(start::origin(&origin)?),
        };
        let cursor_key = match cursor_key {
            CursorKey::Shared(key) => key,
            CursorKey::OfThisProcess => hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new())
                .map_err(|_| StartError::no_cursor_key("the system has no randomness for it"))?,
            CursorKey::TooShort => return Err(StartError::no_cursor_key("it is shorter than 32 bytes")),
        };
        if let Some(keys) = &mut api_keys {
            keys.know(A::POLICY);
        }
        let issuers = Issuers::start(tokens, Arc::clone(&clock)).await.map_err(StartError::issuer)?;
        let keeper = Keeper {
            api: A::POLICY,
            issuers,
            introspection,
            revocations,
            api_keys,
            dpop,
            public_origin,
            published,
            certificates,
            signers,
            limiter,
            idempotency,
            #[cfg(feature = "certificates")]
            tls_proxies,
            proxies: clients.map(|clients| clients.0),
            audit: audit.ok_or(StartError::no_audit())?,
            clock,
            cache: TokenCache::new(Keeper::CACHED_TOKENS),
            origin,
            cursor_key,
            languages,
            body_timeout,
        };
        Ok(Gate { keeper: Arc::new(keeper), api: PhantomData })
    }
}
