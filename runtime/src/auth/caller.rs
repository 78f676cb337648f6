//! Who authentication found: what the rest of the request's road knows about the one who asks.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Confirmation, Credential, Party, StoredKey, TokenError, Verified};
use crate::policy::{CallerKind, Mask, Roles, Scopes};

/// The one who makes a request, as authentication found them. Cheap to clone.
///
/// There is no public constructor: a `Caller` is proof that a credential was verified.
///
/// ```
/// use palisade::auth::Caller;
///
/// fn greeting(caller: &Caller) -> String {
///     format!("hello {} of {}", caller.subject(), caller.issuer())
/// }
/// ```
#[derive(Clone)]
pub struct Caller {
    identity: Identity,
    scopes: Mask,
    roles: Mask,
    others: Option<Arc<[Self]>>,
}

/// How a caller proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// An access token in `Authorization: Bearer`.
    Bearer,
    /// An access token in `Authorization: DPoP`, with a proof that the client holds the key it is bound to.
    Dpop,
    /// An API key.
    ApiKey,
    /// A certificate, by which the connection was made.
    Certificate,
    /// An HTTP Message Signature.
    Signature,
    /// A webhook's HMAC.
    Webhook,
}

impl Method {
    /// Its name in audit events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Dpop => "dpop",
            Self::ApiKey => "api_key",
            Self::Certificate => "certificate",
            Self::Signature => "signature",
            Self::Webhook => "webhook",
        }
    }
}

/// The part of a caller that clones share.
#[derive(Clone)]
enum Identity {
    Token(Arc<Verified>),
    ApiKey(Arc<StoredKey>),
    Machine(Arc<Machine>),
}

/// A caller that is known by a key or certificate of its own.
struct Machine {
    method: Method,
    issuer: Cow<'static, str>,
    subject: String,
}

impl Caller {
    /// The issuer of callers who come with an API key: the API itself.
    pub const API_KEY_ISSUER: &'static str = "urn:palisade:api-key";

    /// What the issuer of callers who sign begins with; the name of the scheme follows behind a slash.
    pub const SIGNATURE_ISSUER: &'static str = "urn:palisade:signature";

    /// The issuer of those who send webhooks; the subject is the name of the scheme.
    pub const WEBHOOK_ISSUER: &'static str = "urn:palisade:webhook";

    pub(crate) fn bearer(verified: impl Into<Arc<Verified>>, scopes: Mask, roles: Mask) -> Self {
        Self::new(Identity::Token(verified.into()), scopes, roles)
    }

    pub(crate) fn api_key(key: StoredKey, scopes: Mask, roles: Mask) -> Self {
        Self::new(Identity::ApiKey(Arc::new(key)), scopes, roles)
    }

    /// A caller whom `issuer` knows as `subject` by a key or certificate of its own.
    pub(crate) fn machine(
        method: Method,
        issuer: impl Into<Cow<'static, str>>,
        subject: String,
        scopes: Mask,
        roles: Mask,
    ) -> Self {
        let machine = Machine { method, issuer: issuer.into(), subject };
        Self::new(Identity::Machine(Arc::new(machine)), scopes, roles)
    }

    /// The same caller, beside whom these proved themselves in the same request.
    pub(crate) fn beside(self, others: Vec<Self>) -> Self {
        Self { others: Some(others.into()), ..self }
    }

    fn new(identity: Identity, scopes: Mask, roles: Mask) -> Self {
        Self { identity, scopes, roles, others: None }
    }

    /// What a list of revocations is asked about.
    pub(crate) fn credential(&self) -> Credential<'_> {
        let (id, issued_at) = match &self.identity {
            Identity::Token(verified) => (verified.id(), verified.issued_at()),
            Identity::ApiKey(key) => (Some(key.id()), None),
            Identity::Machine(_) => (None, None),
        };
        Credential { issuer: self.issuer(), subject: self.subject(), id, issued_at }
    }

    /// Who vouches for the subject.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match &self.identity {
            Identity::Token(verified) => verified.issuer(),
            Identity::ApiKey(_) => Self::API_KEY_ISSUER,
            Identity::Machine(machine) => &machine.issuer,
        }
    }

    /// The subject: unique for its issuer only.
    #[must_use]
    pub fn subject(&self) -> &str {
        match &self.identity {
            Identity::Token(verified) => verified.subject(),
            Identity::ApiKey(key) => key.subject(),
            Identity::Machine(machine) => &machine.subject,
        }
    }

    /// Issuer and subject, which together are the key to store things under.
    #[must_use]
    pub fn principal(&self) -> (&str, &str) {
        (self.issuer(), self.subject())
    }

    /// The client that acts: `client_id` of a token, the id of an API key.
    #[must_use]
    pub fn client(&self) -> Option<&str> {
        match &self.identity {
            Identity::Token(verified) => verified.client(),
            Identity::ApiKey(key) => Some(key.id()),
            Identity::Machine(machine) => Some(&machine.subject),
        }
    }

    /// What kind of caller they are. `None` where a token does not tell whether a user or its client is meant (see
    /// [`Verified::speaks_for`]): such a caller is taken for neither.
    #[must_use]
    pub fn kind(&self) -> Option<CallerKind> {
        match &self.identity {
            Identity::Token(verified) => match verified.speaks_for()? {
                Party::User => Some(CallerKind::User),
                Party::Client => Some(CallerKind::Client),
            },
            Identity::ApiKey(_) => Some(CallerKind::ApiKey),
            Identity::Machine(machine) => match machine.method {
                Method::Bearer | Method::Dpop => None,
                Method::ApiKey => Some(CallerKind::ApiKey),
                Method::Certificate => Some(CallerKind::Certificate),
                Method::Signature => Some(CallerKind::Signature),
                Method::Webhook => Some(CallerKind::Webhook),
            },
        }
    }

    /// The scopes that the API knows.
    #[must_use]
    pub const fn scopes(&self) -> Mask {
        self.scopes
    }

    /// The roles that the API knows, implied ones included.
    #[must_use]
    pub const fn roles(&self) -> Mask {
        self.roles
    }

    /// Whether the token or key carries a scope of the API's catalogue. Ask the API's own catalogue, no other.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a variant is named where it is asked for")]
    pub fn has_scope(&self, scope: impl Scopes) -> bool {
        self.scopes.contains(scope.index())
    }

    /// Whether the caller has a role of the API's catalogue, or one that implies it. Ask the API's own catalogue, no other.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a variant is named where it is asked for")]
    pub fn has_role(&self, role: impl Roles) -> bool {
        self.roles.contains(role.index())
    }

    /// When the user last proved who they are, in seconds since 1970. Unknown is not the same as long ago, but
    /// must be treated like it.
    #[must_use]
    pub fn authenticated_at(&self) -> Option<u64> {
        self.token()?.authenticated_at()
    }

    /// How strongly the user proved who they are (`acr`).
    #[must_use]
    pub fn authentication_context(&self) -> Option<&str> {
        self.token()?.authentication_context()
    }

    /// By which methods the user proved who they are (`amr`, RFC 8176), such as `pwd` and `otp`.
    pub fn authentication_methods(&self) -> impl Iterator<Item = &str> {
        self.token().into_iter().flat_map(Verified::authentication_methods)
    }

    /// Whether the user logged in as strongly as `wanted`: in that context (`acr`), or in a stronger one by what the deployment
    /// says of their issuer.
    #[must_use]
    pub fn reaches_context(&self, wanted: &str) -> bool {
        self.token().is_some_and(|token| token.reaches_context(wanted))
    }

    /// Whether the user logged in with several factors.
    #[must_use]
    pub fn is_multi_factor(&self) -> bool {
        self.token().is_some_and(Verified::is_multi_factor)
    }

    /// Whether the credential is worth nothing without a key that the caller proved to hold.
    #[must_use]
    pub fn is_sender_constrained(&self) -> bool {
        match &self.identity {
            Identity::Token(verified) => verified.confirmation().is_some(),
            Identity::ApiKey(_) => false,
            Identity::Machine(machine) => match machine.method {
                Method::Certificate | Method::Signature => true,
                // The secret of a webhook is known at both ends, but it is never sent.
                Method::Webhook => true,
                Method::Bearer | Method::Dpop | Method::ApiKey => false,
            },
        }
    }

    /// Whether a login in one context would be as good as in another, for who logs in where this caller did. Only who came
    /// with a token can log in again.
    pub(crate) fn could_reach(&self, assumed: &str, wanted: &str) -> bool {
        self.token().is_some_and(|token| token.contexts().reach(assumed, wanted))
    }

    /// The contexts to ask for where this caller needs several factors.
    pub(crate) fn multi_factor_contexts(&self) -> Vec<&str> {
        self.token().into_iter().flat_map(|token| token.contexts().with_several_factors()).collect()
    }

    /// What the token is bound to (`cnf`). The gate has seen the proof before there is a caller.
    #[must_use]
    pub fn confirmation(&self) -> Option<&Confirmation> {
        self.token()?.confirmation()
    }

    /// How the caller proved who they are to us.
    #[must_use]
    pub fn method(&self) -> Method {
        match &self.identity {
            // A token that is bound to a key came with a proof, or there would be no caller.
            Identity::Token(verified) if verified.confirmation().is_some_and(|bound| bound.key().is_some()) => {
                Method::Dpop
            }
            Identity::Token(_) => Method::Bearer,
            Identity::ApiKey(_) => Method::ApiKey,
            Identity::Machine(machine) => machine.method,
        }
    }

    /// Who else proved themselves in the same request, where the endpoint demands several schemes together.
    #[must_use]
    pub fn others(&self) -> &[Self] {
        self.others.as_deref().unwrap_or_default()
    }

    /// Every claim of the token; none for another caller.
    #[must_use]
    pub fn claims(&self) -> &Map<String, Value> {
        static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        self.token().map_or(&NONE, Verified::claims)
    }

    /// The claims of the token as a type of yours, which may borrow from them; another caller has none.
    ///
    /// [`TokenError::ClaimsDoNotFit`] where they lack what the type needs.
    pub fn claims_as<'c, C: Deserialize<'c>>(&'c self) -> Result<C, TokenError> {
        match self.token() {
            Some(verified) => verified.claims_as(),
            None => serde_json::from_str("{}").map_err(|_| TokenError::ClaimsDoNotFit),
        }
    }

    fn token(&self) -> Option<&Verified> {
        match &self.identity {
            Identity::Token(verified) => Some(verified),
            Identity::ApiKey(_) | Identity::Machine(_) => None,
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Caller")
            .field("issuer", &self.issuer())
            .field("method", &self.method())
            .field("scopes", &self.scopes)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestIssuer;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn rule_42_the_principal_is_issuer_and_subject() {
        let id = TestIssuer::new("https://id.shop.example");
        let token = id.token().subject("alice").client("shop-web").authenticated(60).claim("email", "a@b.example");
        let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token.sign(NOW), NOW).unwrap();
        let caller = Caller::bearer(verified, Mask::EMPTY.with(1), Mask::EMPTY);
        assert_eq!(caller.principal(), ("https://id.shop.example", "alice"));
        assert_eq!((caller.client(), caller.method()), (Some("shop-web"), Method::Bearer));
        assert_eq!(caller.authenticated_at(), Some(NOW - 60));
        assert_eq!(caller.claims().get("email").and_then(Value::as_str), Some("a@b.example"));
        assert!(caller.clone().scopes().contains(1));
    }

    #[test]
    fn a_caller_tells_a_user_from_a_client_and_has_claims_of_a_type() {
        #[derive(Deserialize)]
        struct Tenant<'c> {
            tenant: &'c str,
        }
        let id = TestIssuer::new("https://id.shop.example");
        let token = id.token().subject("job").client("job").claim("tenant", "house").claim("amr", vec!["hwk"]);
        let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token.sign(NOW), NOW).unwrap();
        let caller = Caller::bearer(verified, Mask::EMPTY, Mask::EMPTY);
        assert_eq!(caller.kind(), Some(CallerKind::Client));
        assert_eq!(caller.claims_as::<Tenant<'_>>().map(|claims| claims.tenant), Ok("house"));
        assert!(caller.authentication_methods().eq(["hwk"]));

        let key = Caller::api_key(StoredKey::new("k1", "billing-job"), Mask::EMPTY, Mask::EMPTY);
        assert_eq!(key.kind(), Some(CallerKind::ApiKey));
        assert_eq!(key.claims_as::<Tenant<'_>>().map(|_| ()), Err(TokenError::ClaimsDoNotFit));
        assert_eq!(key.authentication_methods().count(), 0);
    }

    #[test]
    fn rule_18_debug_shows_no_claim_values() {
        let id = TestIssuer::new("https://id.shop.example");
        let token = id.token().subject("alice").claim("email", "a@b.example").sign(NOW);
        let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token, NOW).unwrap();
        let shown = format!("{verified:?} {:?}", Caller::bearer(verified_again(&id), Mask::EMPTY, Mask::EMPTY));
        assert!(!shown.contains("alice") && !shown.contains("a@b.example"), "{shown}");
    }

    fn verified_again(id: &TestIssuer) -> Verified {
        let token = id.token().subject("alice").claim("email", "a@b.example").sign(NOW);
        id.tokens(TestIssuer::AUDIENCE).verify(&token, NOW).unwrap()
    }

    #[test]
    fn a_caller_with_an_api_key_has_no_time_of_authentication() {
        let key = StoredKey::new("k1", "billing-job");
        let caller = Caller::api_key(key, Mask::EMPTY, Mask::EMPTY);
        assert_eq!(caller.principal(), ("urn:palisade:api-key", "billing-job"));
        assert_eq!((caller.client(), caller.authenticated_at()), (Some("k1"), None));
        assert!(caller.claims().is_empty());
    }
}
