//! Tokens of a test issuer: good unless they are told otherwise.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use base64_simd::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{ProofKey, TestIssuer};
use crate::auth::{Algorithm, ClientCertificate};

/// A token in the making: good unless it is told otherwise.
#[derive(Clone)]
#[must_use = "call `.sign(now)` to have the token"]
pub struct TokenBuilder<'i> {
    issuer: &'i TestIssuer,
    algorithm: Algorithm,
    lifetime: i64,
    authenticated_ago: Option<u64>,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    without: Vec<String>,
}

impl<'i> TokenBuilder<'i> {
    pub(super) fn of(issuer: &'i TestIssuer) -> Self {
        let claims = json!({
            "iss": issuer.identifier(), "aud": TestIssuer::AUDIENCE, "sub": "alice", "client_id": "shop-web",
        });
        Self {
            issuer,
            algorithm: Algorithm::EdDsa,
            lifetime: 300,
            authenticated_ago: None,
            header: object(json!({"typ": "at+jwt"})),
            claims: object(claims),
            without: Vec::new(),
        }
    }
    /// Whom the token speaks for.
    pub fn subject(self, subject: &str) -> Self {
        self.claim("sub", subject)
    }

    /// The client it is issued to.
    pub fn client(self, client: &str) -> Self {
        self.claim("client_id", client)
    }

    /// The resource it is for.
    pub fn audience(self, audience: &str) -> Self {
        self.claim("aud", audience)
    }

    /// What it is good for, separated by spaces. Said again, it adds to what was said before.
    pub fn scope(self, scopes: &str) -> Self {
        let scopes = match self.claims.get("scope").and_then(Value::as_str) {
            Some(before) => format!("{before} {scopes}"),
            None => String::from(scopes),
        };
        self.claim("scope", scopes)
    }

    /// A role of the subject. Said again, it adds one more.
    pub fn role(self, role: &str) -> Self {
        let mut roles = self.claims.get("roles").and_then(Value::as_array).cloned().unwrap_or_default();
        roles.push(role.into());
        self.claim("roles", roles)
    }

    /// How many seconds it is good for; a negative number makes one that has expired.
    pub fn expires_in(self, seconds: i64) -> Self {
        Self { lifetime: seconds, ..self }
    }

    /// How many seconds ago the user proved who they are.
    pub fn authenticated(self, seconds_ago: u64) -> Self {
        Self { authenticated_ago: Some(seconds_ago), ..self }
    }

    /// It speaks for its client alone, on the client's own account (RFC 6749, section 4.4).
    pub fn for_client(self, client: &str) -> Self {
        self.client(client).subject(client)
    }

    /// Bound to the key of a client (RFC 9449): it comes with [proofs](ProofKey::proof), by `Authorization: DPoP`.
    pub fn bound_to_key(self, key: &ProofKey) -> Self {
        self.claim("cnf", key.confirmation())
    }

    /// Bound to the certificate of a client (RFC 8705).
    ///
    /// ```
    /// use palisade::{auth::ClientCertificate, testing::TestIssuer};
    ///
    /// let certificate = ClientCertificate::for_binding(b"the client's certificate in DER");
    /// let id = TestIssuer::new("https://id.shop.example");
    /// let token = id.token().bound_to_certificate(&certificate).sign(1_800_000_000);
    ///
    /// let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token, 1_800_000_000)?;
    /// assert_eq!(verified.confirmation().and_then(|bound| bound.certificate()), Some(certificate.thumbprint()));
    /// # Ok::<(), palisade::auth::TokenError>(())
    /// ```
    pub fn bound_to_certificate(self, certificate: &ClientCertificate) -> Self {
        self.claim("cnf", json!({"x5t#S256": URL_SAFE_NO_PAD.encode_to_string(certificate.thumbprint())}))
    }

    /// Any claim, also one that would be filled in.
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(String::from(name), value.into());
        self
    }

    /// Leaves a claim out that would be filled in.
    pub fn without(mut self, claim: &str) -> Self {
        self.without.push(String::from(claim));
        self
    }

    /// Any header member, `alg` and `kid` included.
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header.insert(String::from(name), value.into());
        self
    }

    /// Leaves `typ` out.
    pub fn untyped(mut self) -> Self {
        self.header.remove("typ");
        self
    }

    /// The algorithm, and with it the key. The symmetric ones need [`TestIssuer::symmetric_keys`].
    pub fn algorithm(self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self }
    }

    /// The token, issued at `now`.
    #[must_use]
    pub fn sign(self, now: u64) -> String {
        let (issuer, algorithm, mut header, claims) = self.written(now);
        header.entry("alg").or_insert(algorithm.name().into());
        header.entry("kid").or_insert(issuer.current_kid(algorithm).into());
        issuer.sign_raw(algorithm, Value::Object(header).to_string(), Value::Object(claims).to_string())
    }

    /// The claims of the token, issued at `now`.
    pub(super) fn claims(self, now: u64) -> Map<String, Value> {
        self.written(now).3
    }

    /// Who signs it.
    pub(super) const fn issuer(&self) -> &'i TestIssuer {
        self.issuer
    }

    /// Who signs, with what, a header that lacks `alg` and `kid`, and all claims.
    fn written(self, now: u64) -> (&'i TestIssuer, Algorithm, Map<String, Value>, Map<String, Value>) {
        static ISSUED: AtomicU64 = AtomicU64::new(1);
        let Self { issuer, algorithm, lifetime, authenticated_ago, header, mut claims, without } = self;

        let mut fill = |name: &str, value: Value| {
            claims.entry(name).or_insert(value);
        };
        fill("iat", now.into());
        fill("exp", now.saturating_add_signed(lifetime).into());
        fill("jti", format!("test-{}", ISSUED.fetch_add(1, Ordering::Relaxed)).into());
        if let Some(seconds) = authenticated_ago {
            fill("auth_time", now.saturating_sub(seconds).into());
        }
        for claim in &without {
            claims.remove(claim);
        }
        (issuer, algorithm, header, claims)
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

impl fmt::Debug for TokenBuilder<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TokenBuilder").field("claims", &self.claims).finish_non_exhaustive()
    }
}
