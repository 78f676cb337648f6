//! Somebody who signs with keys of both kinds, and publishes each kind as a JWK Set.

use base64_simd::URL_SAFE_NO_PAD;
use palisade::{auth::Algorithm, testing::TestIssuer};
use ring::hmac;
use serde_json::{Value, json};

use crate::mutants::ISSUER;

/// Their keys.
pub(crate) struct Signer {
    id: TestIssuer,
    secret: [u8; 64],
}

impl Signer {
    pub(crate) fn new(secret: [u8; 64]) -> Self {
        Self { id: TestIssuer::new(ISSUER), secret }
    }

    /// What tokens by any of these algorithms are verified with.
    pub(crate) fn jwks(&self, algorithms: &[Algorithm]) -> Value {
        if !algorithms.iter().any(|algorithm| algorithm.is_symmetric()) {
            return serde_json::from_str(&self.id.jwks()).expect("a test issuer publishes JSON");
        }
        let secret = URL_SAFE_NO_PAD.encode_to_string(self.secret);
        let key = |algorithm: &Algorithm| json!({"kty": "oct", "k": secret, "alg": algorithm.name(), "kid": TestIssuer::kid(*algorithm)});
        json!({"keys": algorithms.iter().map(key).collect::<Vec<_>>()})
    }

    /// Signs exactly these bytes.
    pub(crate) fn sign(&self, algorithm: Algorithm, header: &[u8], claims: &[u8]) -> String {
        let hash = match algorithm {
            Algorithm::Hs256 => hmac::HMAC_SHA256,
            Algorithm::Hs384 => hmac::HMAC_SHA384,
            Algorithm::Hs512 => hmac::HMAC_SHA512,
            _ => return self.id.sign_raw(algorithm, header, claims),
        };
        let [header, claims] = [header, claims].map(|bytes| URL_SAFE_NO_PAD.encode_to_string(bytes));
        let signed = format!("{header}.{claims}");
        let tag = hmac::sign(&hmac::Key::new(hash, &self.secret), signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode_to_string(tag))
    }
}
