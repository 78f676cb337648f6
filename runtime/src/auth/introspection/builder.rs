//! Sets up an introspection.

use std::{fmt, sync::Arc, time::Duration};

use super::{
    Asker, ClientAuthentication, Introspection, IntrospectionSetupError, Jwts,
    answer::{Absent, Reading},
    flights::Flights,
};
use crate::auth::{
    Fetch, OptionalClaim, TokenCache, Tokens,
    issuer::{Place, default_client},
    token::Rules,
};

/// An [`Introspection`] being set up.
#[must_use = "finish it with `.build()`"]
pub struct IntrospectionBuilder {
    endpoint: String,
    /// Issuer and audience are empty until they are said.
    rules: Rules,
    client: Option<ClientAuthentication>,
    fetch: Option<Arc<dyn Fetch>>,
    jwts: Jwts,
    absent_audience: Absent,
    absent_subject: Absent,
    good_for: u64,
    bad_for: u64,
    capacity: usize,
    concurrency: usize,
}

impl IntrospectionBuilder {
    /// How many tokens are remembered when nothing else is said, good and bad ones each.
    pub const CAPACITY: usize = 16_384;

    /// How many questions may be open at once when nothing else is said.
    pub const CONCURRENCY: usize = 64;

    pub(super) fn new(endpoint: String) -> Self {
        Self {
            endpoint,
            rules: Rules::of(String::new(), String::new()),
            client: None,
            fetch: None,
            jwts: Jwts::Verified,
            absent_audience: Absent::Refused,
            absent_subject: Absent::Refused,
            good_for: Introspection::LONGEST_GOOD,
            bad_for: Introspection::LONGEST_BAD,
            capacity: Self::CAPACITY,
            concurrency: Self::CONCURRENCY,
        }
    }

    /// Whose tokens these are: `iss`, where an answer has it, must be this to the letter.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.rules.issuer = Arc::from(issuer.into());
        self
    }

    /// The identifier of this resource, which `aud` must contain.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.rules.audience = audience.into();
        self
    }

    /// Who asks.
    pub fn client(self, client: ClientAuthentication) -> Self {
        Self { client: Some(client), ..self }
    }

    /// What to ask with: an `HttpsClient` (feature `discovery`) when not said.
    pub fn fetch(self, fetch: impl Fetch) -> Self {
        Self { fetch: Some(Arc::new(fetch)), ..self }
    }

    /// Asks about signed tokens too that name this issuer, so that what is revoked there is noticed. Without it they are left to
    /// those who verify them. Those of other issuers are sent to nobody in any case.
    pub fn introspect_jwts(self) -> Self {
        Self { jwts: Jwts::Introspected, ..self }
    }

    /// How far clocks may differ: 30 seconds when not said, and never more than [`Tokens::LONGEST_SKEW`].
    pub fn skew(mut self, skew: Duration) -> Self {
        self.rules.skew = skew.min(Tokens::LONGEST_SKEW).as_secs_f64();
        self
    }

    /// Accepts answers without this member. RFC 7662 demands none but `active`; what is demanded here is what a signed token has
    /// to say.
    pub fn accept_missing(mut self, claim: OptionalClaim) -> Self {
        self.rules.optional.push(claim);
        self
    }

    /// Accepts answers without `aud`, for servers that answer each resource about its own tokens only. With any other, a token
    /// for another resource is then good here.
    pub fn accept_missing_audience(self) -> Self {
        Self { absent_audience: Absent::Assumed, ..self }
    }

    /// Takes the `client_id` for the subject where an answer has no `sub`: a client that speaks for itself, as RFC 9068 has it
    /// in section 2.2. The server must not let a client choose an id that a user has.
    pub fn clients_are_subjects(self) -> Self {
        Self { absent_subject: Absent::Assumed, ..self }
    }

    /// The member that lists the scopes, where it is not `scope`.
    pub fn scope_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.scope_claim = name.into();
        self
    }

    /// The member that lists the roles, where it is not `roles`.
    pub fn roles_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.roles_claim = name.into();
        self
    }

    /// How long a good token is remembered: 30 seconds when not said, and never longer. Zero asks about every request.
    pub fn remember(self, good: Duration) -> Self {
        Self { good_for: good.as_secs().min(Introspection::LONGEST_GOOD), ..self }
    }

    /// How long a bad token is remembered: 5 seconds when not said, and never longer.
    pub fn remember_bad(self, bad: Duration) -> Self {
        Self { bad_for: bad.as_secs().min(Introspection::LONGEST_BAD), ..self }
    }

    /// How many tokens are remembered, good and bad ones each: [`IntrospectionBuilder::CAPACITY`] when not said, a million at
    /// most.
    pub fn capacity(self, tokens: usize) -> Self {
        Self { capacity: tokens.min(1_000_000), ..self }
    }

    /// How many questions may be open at once: [`IntrospectionBuilder::CONCURRENCY`] when not said, 1 at least and 1,024 at most.
    pub fn concurrency(self, questions: usize) -> Self {
        Self { concurrency: questions.clamp(1, 1_024), ..self }
    }

    /// The introspection.
    ///
    /// # Errors
    /// When something that it needs was not said.
    pub fn build(self) -> Result<Introspection, IntrospectionSetupError> {
        let endpoint = Place::parse(&self.endpoint).ok_or(IntrospectionSetupError::Endpoint)?;
        if self.rules.issuer.is_empty() {
            return Err(IntrospectionSetupError::NoIssuer);
        }
        if self.rules.audience.is_empty() {
            return Err(IntrospectionSetupError::NoAudience);
        }
        let client = self.client.filter(ClientAuthentication::is_usable).ok_or(IntrospectionSetupError::NoClient)?;
        let fetch = self.fetch.or_else(default_client).ok_or(IntrospectionSetupError::NoFetch)?;
        let asker = Asker {
            endpoint: endpoint.uri().clone(),
            client,
            fetch,
            reading: Reading { rules: self.rules, audience: self.absent_audience, subject: self.absent_subject },
            good: TokenCache::new(self.capacity),
            bad: TokenCache::new(self.capacity),
            good_for: self.good_for,
            bad_for: self.bad_for,
            flights: Flights::new(self.concurrency),
        };
        Ok(Introspection { asker: Arc::new(asker), jwts: self.jwts })
    }
}

impl fmt::Debug for IntrospectionBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("IntrospectionBuilder").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
