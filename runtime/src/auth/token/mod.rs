//! The verifier of one issuer's access tokens: keys, claims and the little an issuer may deviate in.

mod cache;
mod check;
mod claims;
mod confirmation;
mod error;
mod part;
mod party;
mod rules;
mod verified;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use self::rules::{ClientClaim, Others, Types};
use super::{Fetch, Keys, Refresh, issuer::Source, jose::jws, login::Contexts};

pub(in crate::auth) use self::rules::Rules;
pub use self::{
    cache::TokenCache,
    confirmation::Confirmation,
    error::{Claim, TokenError},
    party::Party,
    rules::OptionalClaim,
    verified::Verified,
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
///
/// Without `.keys(..)` the issuer is enough: the gate finds its metadata (RFC 8414, or `OpenID` Connect Discovery) and its keys, and
/// keeps them fresh. See [`providers`](crate::auth::providers) for what common issuers do otherwise.
///
/// ```
/// use palisade::prelude::*;
///
/// let gate = Gate::builder()
///     .bearer(Tokens::issuer("https://id.shop.example").audience("https://api.shop.example"))
///     .bearer(Tokens::issuer("https://login.example/staff").audience("https://api.shop.example"));
/// ```
#[derive(Debug)]
pub struct Tokens {
    rules: Rules,
    keys: Source,
}

/// A verifier in the making: it knows its issuer, not yet the resource.
#[derive(Debug)]
#[must_use = "say `.audience(..)`: without it no token can be verified"]
pub struct NeedsAudience {
    issuer: String,
}

impl Tokens {
    /// The longest difference between clocks that can be allowed for.
    pub const LONGEST_SKEW: Duration = Duration::from_secs(60);

    /// Starts with the issuer identifier, which `iss` must equal to the letter.
    pub fn issuer(issuer: impl Into<String>) -> NeedsAudience {
        NeedsAudience { issuer: issuer.into() }
    }

    /// The issuer's keys, known beforehand. Nothing is fetched.
    #[must_use]
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = self.keys.given(keys);
        self
    }

    /// Fetches the keys from this address, `https` or on this machine, without asking the issuer where they are.
    #[must_use]
    pub fn jwks_uri(mut self, address: impl Into<String>) -> Self {
        self.keys = self.keys.at(address.into());
        self
    }

    /// Fetches with this client: an `HttpsClient` (feature `discovery`) when not said.
    #[must_use]
    pub fn fetch(mut self, client: impl Fetch) -> Self {
        self.keys = self.keys.by(Arc::new(client));
        self
    }

    /// How fetched keys are kept fresh: [`Refresh::new`] when not said.
    #[must_use]
    pub fn refresh(mut self, refresh: Refresh) -> Self {
        self.keys = self.keys.kept(refresh);
        self
    }

    /// The issuer's identifier.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.rules.issuer
    }

    /// How far clocks may differ: 30 seconds when not said, and never more than [`Tokens::LONGEST_SKEW`].
    #[must_use]
    pub fn skew(mut self, skew: Duration) -> Self {
        self.rules.skew = skew.min(Self::LONGEST_SKEW).as_secs_f64();
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

    /// Refuses tokens that are meant for other resources too: each of `aud` has to be this one. Without it, this one among
    /// others is enough (RFC 9068, section 4), and every other resource that sees the token could send it here.
    #[must_use]
    pub fn only_audience(mut self) -> Self {
        self.rules.others = Others::Refused;
        self
    }

    /// Refuses tokens that were issued longer ago, however long they live: `iat` is then needed. When not said, any age will do.
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.rules.max_age = Some(age.as_secs_f64());
        self
    }

    /// Refuses tokens whose issuer lets them live longer, from `iat`, which is then needed, to `exp`. When not said, any will do.
    #[must_use]
    pub fn max_lifetime(mut self, lifetime: Duration) -> Self {
        self.rules.max_lifetime = Some(lifetime.as_secs_f64());
        self
    }

    /// The claim that lists the scopes, where it is not `scope`.
    #[must_use]
    pub fn scope_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.scope_claim = name.into();
        self
    }

    /// The claim that lists the roles, where it is not `roles`.
    #[must_use]
    pub fn roles_claim(mut self, name: impl Into<String>) -> Self {
        self.rules.roles_claim = name.into();
        self
    }

    /// A claim that only the tokens have that clients got for themselves, and its value: a text, or an array with that text. Said
    /// again, it adds one. A token whose `sub` is its `client_id` is a client's own in any case (see [`Party`]).
    ///
    /// Auth0 writes `client_claim("gty", "client-credentials")`, Microsoft Entra `client_claim("idtyp", "app")`, once it is told
    /// to add that claim.
    #[must_use]
    pub fn client_claim(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.rules.client_claims.push(ClientClaim { name: name.into(), value: value.into() });
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

    /// Whose tokens these are.
    pub(crate) fn issuer_identifier(&self) -> &str {
        &self.rules.issuer
    }

    /// The resource that they are for.
    pub(crate) fn resource(&self) -> &str {
        &self.rules.audience
    }

    /// Verifies a token at `now`, in seconds since 1970, by the keys that are there. Keys that have to be fetched are, once a
    /// gate is built.
    pub fn verify(&self, token: &str, now: u64) -> Result<Verified, TokenError> {
        let jws = self.keys.read(now, |keys| jws::verify(token, keys))??;
        check::check_type(jws.kind(), self.rules.types)?;
        Verified::claiming(jws.into_payload(), &self.rules, now)
    }
}

// What the issuers of a gate need.
impl Tokens {
    pub(in crate::auth) const fn name(&self) -> &Arc<str> {
        &self.rules.issuer
    }

    /// The second until which what was verified needs no other look: it neither expires before, nor grows too old.
    pub(in crate::auth) fn good_until(&self, verified: &Verified) -> u64 {
        self.rules.good_until(verified.issued_at(), verified.expires_at())
    }

    pub(in crate::auth) const fn source(&self) -> &Source {
        &self.keys
    }

    /// The same, with keys from elsewhere.
    pub(in crate::auth) fn with_source(self) -> (Source, impl FnOnce(Source) -> Self) {
        (self.keys, |keys| Self { rules: self.rules, keys })
    }
}

impl NeedsAudience {
    /// The identifier of this resource, which `aud` must contain.
    pub fn audience(self, audience: impl Into<String>) -> Tokens {
        Tokens { rules: Rules::of(self.issuer, audience.into()), keys: Source::discovered() }
    }
}
