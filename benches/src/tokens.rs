//! Access tokens: verified by Palisade and by a peer, beside the signature alone; and one that is remembered.

use std::{hint::black_box, sync::Arc};

use base64_simd::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Validation, decode, get_current_timestamp, jwk::JwkSet};
use palisade::{
    auth::{Algorithm, Key, Keys, Secret, TokenCache, Tokens},
    testing::TestIssuer,
};
use ring::{
    hmac,
    signature::{self, RsaPublicKeyComponents, UnparsedPublicKey},
};
use serde::Deserialize;
use serde_json::Value;

use crate::endpoint::token;

/// What is verified, and everything that the three need for it.
struct Signed {
    algorithm: Algorithm,
    token: String,
    now: u64,
    /// The issuer's keys, but for HS256.
    jwks: Option<String>,
}

impl Signed {
    fn with(algorithm: Algorithm) -> Self {
        let now = get_current_timestamp();
        if algorithm.is_symmetric() {
            let token = token::bearer("alice", "orders:read orders:write", token::SECRET);
            return Self { algorithm, token: token.replacen("Bearer ", "", 1), now, jwks: None };
        }
        let id = TestIssuer::new(token::ISSUER);
        let token = id.token().algorithm(algorithm).scope("orders:read orders:write").role("customer");
        let token = token.claim("jti", "5f0c1d7e-9a53-4a57-8f5d-6a4c0e1b2d3f").expires_in(3_600).sign(now);
        Self { algorithm, token, now, jwks: Some(id.jwks()) }
    }

    fn jwk(&self) -> Value {
        let set: Value = serde_json::from_str(self.jwks.as_deref().expect("public keys")).expect("a key set");
        let keys = set["keys"].as_array().expect("keys");
        keys.iter().find(|key| key["alg"] == self.algorithm.name()).expect("a key").clone()
    }
}

/// The signature alone, decoded and over bytes that are at hand.
pub fn raw(algorithm: Algorithm) -> Box<dyn FnMut()> {
    let signed = Signed::with(algorithm);
    let (message, signature) = signed.token.rsplit_once('.').expect("a compact token");
    let (message, signature) = (message.to_owned().into_bytes(), bytes(signature));
    let public = |jwk: &Value, name: &str| bytes(jwk[name].as_str().expect("a text"));
    match algorithm {
        Algorithm::EdDsa => {
            let key = UnparsedPublicKey::new(&signature::ED25519, public(&signed.jwk(), "x"));
            Box::new(move || key.verify(black_box(&message), &signature).expect("a good signature"))
        }
        Algorithm::Es256 => {
            let jwk = signed.jwk();
            let point = [&[4][..], &public(&jwk, "x"), &public(&jwk, "y")].concat();
            let key = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
            Box::new(move || key.verify(black_box(&message), &signature).expect("a good signature"))
        }
        Algorithm::Rs256 => {
            let jwk = signed.jwk();
            let key = RsaPublicKeyComponents { n: public(&jwk, "n"), e: public(&jwk, "e") };
            let parameters = &signature::RSA_PKCS1_2048_8192_SHA256;
            Box::new(move || key.verify(parameters, black_box(&message), &signature).expect("a good signature"))
        }
        _ => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, token::SECRET);
            Box::new(move || hmac::verify(&key, black_box(&message), &signature).expect("a good signature"))
        }
    }
}

/// Palisade: form, header, signature, claims.
pub fn ours(algorithm: Algorithm) -> Box<dyn FnMut()> {
    let (signed, tokens) = verifier(algorithm);
    Box::new(move || {
        let verified = tokens.verify(black_box(&signed.token), signed.now).expect("a good token");
        assert!(verified.scopes().any(|scope| scope == "orders:write"));
        drop(black_box(verified));
    })
}

/// jsonwebtoken, told to demand what it does not by itself, into a type that has what Palisade keeps.
pub fn peer(algorithm: Algorithm) -> Box<dyn FnMut()> {
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "they are decoded")]
    struct Claims {
        sub: String,
        client_id: String,
        scope: String,
        roles: Vec<String>,
        iat: u64,
        exp: u64,
        jti: String,
    }
    let signed = Signed::with(algorithm);
    let key = match &signed.jwks {
        None => DecodingKey::from_secret(token::SECRET),
        Some(jwks) => {
            let set: JwkSet = serde_json::from_str(jwks).expect("a key set");
            let kid = TestIssuer::kid(algorithm);
            DecodingKey::from_jwk(set.find(&kid).expect("a key")).expect("a key it knows")
        }
    };
    let mut validation = Validation::new(algorithm.name().parse().expect("an algorithm it knows"));
    validation.validate_nbf = true;
    validation.set_issuer(&[token::ISSUER]);
    validation.set_audience(&[token::AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    Box::new(move || {
        let verified = decode::<Claims>(black_box(&signed.token), &key, &validation).expect("a good token");
        assert!(verified.claims.scope.split(' ').any(|scope| scope == "orders:write"));
        drop(black_box(verified));
    })
}

/// A token that was verified before.
pub fn remembered() -> Box<dyn FnMut()> {
    let (signed, tokens) = verifier(Algorithm::Rs256);
    let verified = Arc::new(tokens.verify(&signed.token, signed.now).expect("a good token"));
    let cache = TokenCache::new(10_000);
    cache.insert(&signed.token, verified, signed.now + 3_600, signed.now);
    Box::new(move || drop(black_box(cache.get(black_box(&signed.token), signed.now).expect("it is remembered"))))
}

fn verifier(algorithm: Algorithm) -> (Signed, Tokens) {
    let signed = Signed::with(algorithm);
    let keys = match &signed.jwks {
        None => Keys::new([Key::hmac(algorithm, &Secret::new(*token::SECRET)).expect("a secret").named(token::KEY_ID)]),
        Some(jwks) => Keys::jwks(jwks),
    };
    let tokens = Tokens::issuer(token::ISSUER).audience(token::AUDIENCE).keys(keys.expect("keys"));
    (signed, tokens)
}

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode_to_vec(text).expect("base64url")
}
