//! The verifier of one issuer's access tokens: keys, claims and the little an issuer may deviate in.

mod cache;
mod claims;
mod confirmation;
mod error;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc, time::Duration};

use serde_json::{Map, Value};

use self::claims::{Rules, Types};
use super::{
    Keys,
    jose::{json, jws},
    login::Contexts,
};

pub use self::{
    cache::TokenCache,
    claims::OptionalClaim,
    confirmation::Confirmation,
    error::{Claim, TokenError},
};

/// Verifies the access tokens (RFC 9068) of one issuer for one resource.
///
/// ```
/// use palisade::auth::{TokenError, Tokens};
/// use palisade::testing::TestIssuer;
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let tokens = Tokens::issuer("https://id.shop.example").audience("https://api.shop.example").keys(id.keys());
///
/// let now = 1_800_000_000;
/// let token = id.token().subject("alice").scope("orders:read").role("support").sign(now);
/// let verified = tokens.verify(&token, now)?;
/// assert_eq!(verified.subject(), "alice");
/// assert_eq!(verified.scopes().collect::<Vec<_>>(), ["orders:read"]);
/// assert_eq!(verified.roles().collect::<Vec<_>>(), ["support"]);
///
/// assert_eq!(tokens.verify(&token, now + 3_600).unwrap_err(), TokenError::Expired);
/// # Ok::<(), TokenError>(())
/// ```
#[derive(Debug)]
pub struct Tokens {
    rules: Rules,
    keys: Keys,
}

/// A verifier in the making: it knows its issuer, not yet the resource.
#[derive(Debug)]
#[must_use = "say `.audience(..)` and `.keys(..)`: without them no token can be verified"]
pub struct NeedsAudience {
    issuer: String,
}

/// A verifier in the making: it knows issuer and resource, not yet the keys.
#[derive(Debug)]
#[must_use = "say `.keys(..)`: without them no token can be verified"]
pub struct NeedsKeys {
    issuer: String,
    audience: String,
}

/// An access token that was verified, and what it says. `Debug` shows the names of the claims only.
pub struct Verified {
    issuer: Arc<str>,
    subject: String,
    expires_at: u64,
    authenticated_at: Option<u64>,
    confirmation: Option<Confirmation>,
    claims: Map<String, Value>,
    scope_claim: Arc<str>,
    roles_claim: Arc<str>,
    contexts: Arc<Contexts>,
}

impl Tokens {
    /// The longest difference between clocks that can be allowed for.
    pub const LONGEST_SKEW: Duration = Duration::from_secs(60);

    /// Starts with the issuer identifier, which `iss` must equal to the letter.
    pub fn issuer(issuer: impl Into<String>) -> NeedsAudience {
        NeedsAudience { issuer: issuer.into() }
    }

    /// How far clocks may differ: 30 seconds when not said, and never more than [`Tokens::LONGEST_SKEW`].
    #[must_use]
    pub fn skew(mut self, skew: Duration) -> Self {
        self.rules.skew = skew.min(Self::LONGEST_SKEW).as_secs();
        self
    }

    /// Accepts tokens that do not say they are access tokens: `typ` is `JWT` or missing.
    ///
    /// For issuers from before RFC 9068. ID tokens of the same issuer then look alike; those that carry
    /// `nonce`, `at_hash` or `c_hash` are still refused, and the audience has to tell the rest apart.
    #[must_use]
    pub fn accept_untyped_tokens(mut self) -> Self {
        self.rules.types = Types::UntypedToo;
        self
    }

    /// Accepts tokens without this claim, for issuers that do not follow RFC 9068 in it.
    #[must_use]
    pub fn accept_missing(mut self, claim: OptionalClaim) -> Self {
        self.rules.optional.push(claim);
        self
    }

    /// The claim that lists the scopes, where it is not `scope`.
    #[must_use]
    pub fn scope_claim(mut self, name: impl Into<Arc<str>>) -> Self {
        self.rules.scope_claim = name.into();
        self
    }

    /// The claim that lists the roles, where it is not `roles`.
    #[must_use]
    pub fn roles_claim(mut self, name: impl Into<Arc<str>>) -> Self {
        self.rules.roles_claim = name.into();
        self
    }

    /// The contexts (`acr`) of this issuer, from the weakest to the strongest: a login in one is as good as in those before it.
    /// Without this, and for a context that is not among them, `acr = ".."` is satisfied by exactly that value.
    #[must_use]
    pub fn acr_levels<C: Into<String>>(mut self, levels: impl IntoIterator<Item = C>) -> Self {
        self.rules.contexts = Arc::new(Contexts::clone(&self.rules.contexts).ordered(levels));
        self
    }

    /// The contexts (`acr`) of this issuer that stand for several factors, for `mfa`, besides what the methods of the login (`amr`)
    /// say. Who has to step up is asked to log in by one of them.
    #[must_use]
    pub fn multi_factor_acr<C: Into<String>>(mut self, contexts: impl IntoIterator<Item = C>) -> Self {
        self.rules.contexts = Arc::new(Contexts::clone(&self.rules.contexts).multi_factor(contexts));
        self
    }

    /// Verifies a token at `now`, in seconds since 1970.
    pub fn verify(&self, token: &str, now: u64) -> Result<Verified, TokenError> {
        let jws = jws::verify(token, &self.keys)?;
        claims::check_type(jws.kind(), self.rules.types)?;
        Verified::claiming(jws.payload(), &self.rules, now)
    }
}

impl NeedsAudience {
    /// The identifier of this resource, which `aud` must contain.
    pub fn audience(self, audience: impl Into<String>) -> NeedsKeys {
        NeedsKeys { issuer: self.issuer, audience: audience.into() }
    }
}

impl NeedsKeys {
    /// The issuer's keys, known beforehand.
    #[must_use]
    pub fn keys(self, keys: Keys) -> Tokens {
        let rules = Rules {
            issuer: Arc::from(self.issuer),
            audience: self.audience,
            skew: 30,
            types: Types::AccessTokenOnly,
            optional: Vec::new(),
            scope_claim: Arc::from("scope"),
            roles_claim: Arc::from("roles"),
            contexts: Arc::default(),
        };
        Tokens { rules, keys }
    }
}

impl Verified {
    /// What these claims say, if they obey the rules at `now`: the payload of a token whose signature is good, or what an
    /// authorization server answers about one.
    pub(in crate::auth) fn claiming(payload: &[u8], rules: &Rules, now: u64) -> Result<Self, TokenError> {
        let claims = json::object(payload).map_err(|_| TokenError::BadClaims)?;
        let checked = claims::check(&claims, rules, now)?;
        Ok(Self {
            issuer: Arc::clone(&rules.issuer),
            subject: checked.subject,
            expires_at: checked.expires_at,
            authenticated_at: checked.authenticated_at,
            confirmation: checked.confirmation,
            claims,
            scope_claim: Arc::clone(&rules.scope_claim),
            roles_claim: Arc::clone(&rules.roles_claim),
            contexts: Arc::clone(&rules.contexts),
        })
    }

    /// Who issued the token.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whom it speaks for. Names of different issuers have nothing to do with each other.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The client it was issued to.
    #[must_use]
    pub fn client(&self) -> Option<&str> {
        self.text("client_id")
    }

    /// The scopes by name, whether the API knows them or not.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        claims::scopes(&self.claims, &self.scope_claim)
    }

    /// The roles by name, whether the API knows them or not.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        claims::roles(&self.claims, &self.roles_claim)
    }

    /// When it stops being valid, in seconds since 1970.
    #[must_use]
    pub const fn expires_at(&self) -> u64 {
        self.expires_at
    }

    /// When the user last proved who they are, in seconds since 1970.
    #[must_use]
    pub const fn authenticated_at(&self) -> Option<u64> {
        self.authenticated_at
    }

    /// How strongly they proved it (`acr`).
    #[must_use]
    pub fn authentication_context(&self) -> Option<&str> {
        self.text("acr")
    }

    /// The methods by which they proved it (`amr`, RFC 8176); none if the claim is no array of texts.
    pub fn authentication_methods(&self) -> impl Iterator<Item = &str> {
        let methods = self.claims.get("amr").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let are_texts = methods.iter().all(Value::is_string);
        methods.iter().filter(move |_| are_texts).filter_map(Value::as_str)
    }

    /// Whether they logged in as strongly as `wanted`: in that context, or in a stronger one by the order that was given for
    /// their issuer ([`Tokens::acr_levels`]).
    #[must_use]
    pub fn reaches_context(&self, wanted: &str) -> bool {
        self.authentication_context().is_some_and(|reached| self.contexts.reach(reached, wanted))
    }

    /// Whether they logged in with several factors.
    #[must_use]
    pub fn is_multi_factor(&self) -> bool {
        self.contexts.are_multi_factor(self.authentication_context(), self.authentication_methods())
    }

    /// What the contexts of the issuer are worth.
    pub(in crate::auth) fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// The token's own name (`jti`).
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.text("jti")
    }

    /// What the token is bound to (`cnf`). Such a token is good only with the proof: ask [`Confirmation::is_proven_by`] on every
    /// request, or refuse it.
    #[must_use]
    pub const fn confirmation(&self) -> Option<&Confirmation> {
        self.confirmation.as_ref()
    }

    /// Every claim.
    #[must_use]
    pub const fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str)
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.claims.keys().collect();
        out.debug_struct("Verified").field("issuer", &self.issuer).field("claims", &names).finish_non_exhaustive()
    }
}
