//! What an open gate has at hand for every request: the deployment's parts, checked against the policies of its API.

use std::{pin::Pin, sync::Arc, time::Duration};

use http::{HeaderValue, Method};
use ring::hmac;

#[cfg(feature = "certificates")]
use super::TlsProxies;
use super::{Mounted, Published, Refusal, TrustedProxies, language::Languages, respond, signers::Signers};
use crate::{
    audit::{Audit, Known, Record},
    auth::{
        ApiKeyError, ApiKeyStore, ApiKeys, Certificates, Dpop, Introspection, Issuers, PublicOrigin, RevocationList,
        StoredKey, TokenCache,
    },
    clock::Clock,
    idempotency::Idempotency,
    limit::Limiter,
    policy::{self, Mask},
    respond::Answer,
};

/// What every request goes through.
pub(crate) struct Keeper {
    pub(crate) api: &'static policy::Api,
    pub(super) issuers: Issuers,
    pub(super) introspection: Option<Introspection>,
    pub(super) revocations: Option<Box<dyn RevocationList>>,
    pub(super) api_keys: Option<Box<dyn VerifyApiKey>>,
    pub(super) dpop: Option<Dpop>,
    pub(super) public_origin: Option<PublicOrigin>,
    /// What clients may know of the resource.
    pub(crate) published: Option<Arc<Published>>,
    pub(super) certificates: Option<Certificates>,
    pub(super) signers: Signers,
    pub(super) limiter: Option<Limiter>,
    pub(super) idempotency: Option<Idempotency>,
    pub(super) proxies: Option<TrustedProxies>,
    #[cfg(feature = "certificates")]
    pub(super) tls_proxies: Option<TlsProxies>,
    pub(super) audit: Audit,
    pub(super) clock: Arc<dyn Clock>,
    /// Each with the generation of keys that it was verified by.
    pub(super) cache: TokenCache<(u64, Arc<Known>)>,
    pub(super) origin: Option<HeaderValue>,
    pub(super) cursor_key: hmac::Key,
    pub(super) languages: Languages,
    /// How long a body may keep a request waiting.
    pub(crate) body_timeout: Duration,
}

impl Keeper {
    pub(super) const BODY_TIMEOUT: Duration = Duration::from_secs(10);
    pub(super) const CACHED_TOKENS: usize = 16_384;

    /// The event of a request that has just come in.
    pub(super) fn record(&self, policy: &'static str, route: &'static str, method: &Method) -> Record<'_> {
        Record::begin(&self.audit, self.clock.as_ref(), policy, route, method)
    }

    /// Refuses a request for which there is no endpoint, and records it like any other.
    pub(crate) fn turn_away(&self, route: &'static str, method: &Method, refusal: Refusal) -> Answer {
        let mut record = self.record("none", route, method);
        record.refuse(&refusal);
        let mut answer = refusal.into_problem().into_answer();
        respond::secure(&mut answer);
        record.finish(answer.status());
        answer
    }

    /// The scopes and roles of these names, as far as the API knows them.
    pub(super) fn masks<'n>(
        &self,
        scopes: impl Iterator<Item = &'n str>,
        roles: impl Iterator<Item = &'n str>,
    ) -> (Mask, Mask) {
        let scopes = self.api.scope_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(scopes));
        (scopes, self.api.role_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(roles)))
    }

    /// Prepares an endpoint of the API.
    pub(crate) fn mount(&self, endpoint: &'static policy::Endpoint) -> Mounted {
        Mounted::new(
            self.api,
            endpoint,
            self.origin.clone(),
            &self.cursor_key,
            self.dpop.as_ref(),
            self.published.as_deref(),
        )
    }
}

/// `ApiKeys` over a store of whatever type.
pub(super) trait VerifyApiKey: Send + Sync {
    fn verify<'a>(&'a self, key: &'a str, now: u64) -> Verifying<'a>;

    /// Names that the API does not know are worth a warning.
    fn know(&mut self, api: &'static policy::Api);
}

type Verifying<'a> = Pin<Box<dyn Future<Output = Result<StoredKey, ApiKeyError>> + Send + 'a>>;

impl<S: ApiKeyStore> VerifyApiKey for ApiKeys<S> {
    fn verify<'a>(&'a self, key: &'a str, now: u64) -> Verifying<'a> {
        Box::pin(Self::verify(self, key, now))
    }

    fn know(&mut self, api: &'static policy::Api) {
        Self::know(self, api.scope_catalogue(), api.role_catalogue());
    }
}
