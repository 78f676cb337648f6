//! A client that proves possession of its key (`DPoP`, RFC 9449), for tests.

use std::fmt;

use base64_simd::URL_SAFE_NO_PAD;
use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};
use serde_json::{Map, Value, json};

use super::TestIssuer;
use crate::auth::Algorithm;

/// The keys of a client, made for this run. Tokens are bound to one of them, and it signs the proofs.
///
/// ```
/// use palisade::{
///     auth::{Dpop, ProofError, Proven, PublicOrigin},
///     testing::{ProofKey, TestIssuer},
/// };
/// # use palisade::auth::{Mark, ReplayStore, Sighted, Sighting};
/// # struct Replays;
/// # impl ReplayStore for Replays {
/// #     fn sight<'a>(&'a self, _mark: &'a Mark, _now: u64, _until: u64) -> Sighted<'a> {
/// #         Box::pin(async { Ok(Sighting::First) })
/// #     }
/// # }
/// let (id, key) = (TestIssuer::new("https://id.shop.example"), ProofKey::new());
/// let now = 1_800_000_000;
/// let token = id.token().claim("cnf", key.confirmation()).sign(now);
/// let proof = key.proof("GET", "https://api.shop.example/orders", &token).sign(now);
///
/// let origin = PublicOrigin::new("https://api.shop.example")?;
/// let proven = Proven::new(&http::Method::GET, &origin, "/orders", &token);
/// assert!(Dpop::new(Replays).verify(&proof, &proven, now).is_ok());
/// assert_eq!(Dpop::new(Replays).verify(&proof, &proven, now + 61), Err(ProofError::Stale));
/// # Ok::<(), palisade::auth::OriginError>(())
/// ```
pub struct ProofKey {
    keys: TestIssuer,
    algorithm: Algorithm,
}

/// A proof in the making: good unless it is told otherwise.
#[derive(Clone)]
#[must_use = "call `.sign(now)` to have the proof"]
pub struct ProofBuilder<'k> {
    key: &'k ProofKey,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    without: Vec<String>,
}

impl ProofKey {
    /// A new key for ES256, as most clients have it.
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    #[must_use]
    pub fn new() -> Self {
        Self { keys: TestIssuer::new("a client"), algorithm: Algorithm::Es256 }
    }

    /// The key for another algorithm. RSA keys are the same for every client.
    #[must_use]
    pub fn algorithm(self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self }
    }

    /// The public key as a JWK of its required members; an empty object for a symmetric algorithm.
    #[must_use]
    pub fn jwk(&self) -> Value {
        let set: Value = serde_json::from_str(&self.keys.jwks()).unwrap_or_default();
        let kid = TestIssuer::kid(self.algorithm);
        let keys = set.get("keys").and_then(Value::as_array);
        let key = keys.into_iter().flatten().find(|key| key.get("kid").and_then(Value::as_str) == Some(&kid));
        let required = |(name, _): &(&String, &Value)| ["crv", "e", "kty", "n", "x", "y"].contains(&name.as_str());
        key.and_then(Value::as_object).map_or_else(
            || json!({}),
            |key| key.iter().filter(required).map(|(name, value)| (name.clone(), value.clone())).collect(),
        )
    }

    /// The thumbprint of the key (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // Members of a map are in the order of their names, which is what RFC 7638 wants.
        let sorted: std::collections::BTreeMap<String, Value> =
            self.jwk().as_object().cloned().unwrap_or_default().into_iter().collect();
        let text = serde_json::to_string(&sorted).unwrap_or_default();
        URL_SAFE_NO_PAD.encode_to_string(digest(&SHA256, text.as_bytes()))
    }

    /// What a token bound to the key claims as `cnf`.
    #[must_use]
    pub fn confirmation(&self) -> Value {
        json!({"jkt": self.thumbprint()})
    }

    /// A proof for one request with a token.
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    pub fn proof(&self, method: &str, uri: &str, token: &str) -> ProofBuilder<'_> {
        let mut id = [0; 16];
        SystemRandom::new().fill(&mut id).expect("random bytes for a test proof");
        let header = json!({"typ": "dpop+jwt", "alg": self.algorithm.name(), "jwk": self.jwk()});
        let claims = json!({
            "jti": URL_SAFE_NO_PAD.encode_to_string(id),
            "htm": method,
            "htu": uri,
            "ath": URL_SAFE_NO_PAD.encode_to_string(digest(&SHA256, token.as_bytes())),
        });
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        ProofBuilder { key: self, header: object(header), claims: object(claims), without: Vec::new() }
    }

    /// Signs exactly these bytes, whatever they are: the door for tests of refusals.
    #[must_use]
    pub fn sign_raw(&self, header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
        self.keys.sign_raw(self.algorithm, header, claims)
    }
}

impl Default for ProofKey {
    fn default() -> Self {
        Self::new()
    }
}

impl ProofBuilder<'_> {
    /// With a nonce of the server's.
    pub fn nonce(self, nonce: &str) -> Self {
        self.claim("nonce", nonce)
    }

    /// With a claim, known or not; it replaces what was there.
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(String::from(name), value.into());
        self
    }

    /// Without a claim or a member of the header.
    pub fn without(mut self, name: &str) -> Self {
        self.without.push(String::from(name));
        self
    }

    /// With a member of the header; it replaces what was there.
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header.insert(String::from(name), value.into());
        self
    }

    /// The proof, made at `now`, in seconds since 1970, unless `iat` was said.
    #[must_use]
    pub fn sign(mut self, now: u64) -> String {
        self.claims.entry("iat").or_insert_with(|| Value::from(now));
        for name in &self.without {
            self.claims.remove(name);
            self.header.remove(name);
        }
        self.key.sign_raw(Value::Object(self.header).to_string(), Value::Object(self.claims).to_string())
    }
}

impl fmt::Debug for ProofKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ProofKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl fmt::Debug for ProofBuilder<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ProofBuilder")
            .field("header", &self.header)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}
