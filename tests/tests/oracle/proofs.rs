//! `DPoP` proofs that are nearly good, for one token and one request.

use std::collections::BTreeMap;

use base64_simd::URL_SAFE_NO_PAD;
use palisade::{auth::Algorithm, testing::TestIssuer};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use crate::{
    mutants::{ISSUER, Mutant, NOW},
    values::{times, values},
};

/// The request that they are for.
pub(crate) const METHOD: &str = "GET";
pub(crate) const ORIGIN: &str = "https://api.shop.example";
pub(crate) const PATH: &str = "/orders";

const MEMBERS: [&str; 9] = ["typ", "alg", "jwk", "kid", "crit", "b64", "zip", "jku", "extra"];
const CLAIMS: [&str; 9] = ["jti", "htm", "htu", "iat", "ath", "nonce", "exp", "nbf", "extra"];

/// Somebody who holds a key, a token that is bound to it, and who vouches for that.
pub(crate) struct Prover {
    issuer: TestIssuer,
    holder: TestIssuer,
    algorithm: Algorithm,
    pub(crate) token: String,
}

impl Prover {
    /// A holder of a key for this algorithm.
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let [issuer, holder] = [(), ()].map(|()| TestIssuer::new(ISSUER));
        let token = issuer.token().claim("cnf", json!({"jkt": thumbprint(&jwk(&holder, algorithm))})).sign(NOW);
        Self { issuer, holder, algorithm, token }
    }

    /// What the token is verified with.
    pub(crate) fn jwks(&self) -> Value {
        serde_json::from_str(&self.issuer.jwks()).expect("a test issuer publishes JSON")
    }

    /// A good proof, and each change of one.
    pub(crate) fn each(&self) -> Vec<Mutant> {
        let mut proofs = vec![self.signed("nothing", |_, _| {})];
        for value in values() {
            for name in MEMBERS {
                proofs.push(self.with_member(name, value.clone()));
            }
            for name in CLAIMS {
                proofs.push(self.with_claim(name, value.clone()));
            }
        }
        for time in times() {
            for name in ["iat", "exp", "nbf"] {
                proofs.push(self.with_claim(name, time.clone()));
            }
        }
        for name in MEMBERS {
            proofs.push(self.signed(&format!("header without {name}"), |header, _| drop(header.remove(name))));
        }
        for name in CLAIMS {
            proofs.push(self.signed(&format!("without claim {name}"), |_, claims| drop(claims.remove(name))));
        }
        proofs.extend(targets().map(|target| self.with_claim("htu", target.into())));
        proofs.extend(["get", "GET ", "POST", "HEAD", "*"].map(|method| self.with_claim("htm", method.into())));
        proofs.extend(self.keys().into_iter().map(|key| self.with_member("jwk", key)));
        proofs.push(self.with_member("alg", "RS256".into()));
        proofs
    }

    /// Keys that are nearly the holder's.
    fn keys(&self) -> Vec<Value> {
        let own = jwk(&self.holder, self.algorithm);
        let with = |name: &str, value: Value| {
            let mut key = own.clone();
            key[name] = value;
            key
        };
        let mut keys = vec![jwk(&self.issuer, self.algorithm), jwk(&self.holder, Algorithm::Es384)];
        for (name, value) in [
            ("use", json!("sig")),
            ("use", json!("enc")),
            ("key_ops", json!(["verify"])),
            ("key_ops", json!(["sign"])),
            ("kid", json!("mine")),
            ("alg", json!(self.algorithm.name())),
            ("alg", json!("ES384")),
            ("d", json!("AAAA")),
            ("k", json!("AAAA")),
            ("x", json!("AAAA")),
            ("x", json!(null)),
            ("kty", json!("RSA")),
            ("crv", json!("P-521")),
            ("extra", json!({})),
        ] {
            keys.push(with(name, value));
        }
        keys
    }

    fn with_member(&self, name: &str, value: Value) -> Mutant {
        self.signed(&format!("header {name}: {value}"), |header, _| drop(header.insert(name.into(), value)))
    }

    fn with_claim(&self, name: &str, value: Value) -> Mutant {
        self.signed(&format!("claim {name}: {value}"), |_, claims| drop(claims.insert(name.into(), value)))
    }

    fn signed(&self, what: &str, change: impl FnOnce(&mut Map<String, Value>, &mut Map<String, Value>)) -> Mutant {
        let own = jwk(&self.holder, self.algorithm);
        let header = json!({"typ": "dpop+jwt", "alg": self.algorithm.name(), "jwk": own});
        let hash = URL_SAFE_NO_PAD.encode_to_string(digest(&SHA256, self.token.as_bytes()));
        let target = format!("{ORIGIN}{PATH}");
        let claims = json!({"jti": "a proof", "htm": METHOD, "htu": target, "iat": NOW, "ath": hash});
        let [mut header, mut claims] = [header, claims].map(|value| value.as_object().cloned().unwrap_or_default());
        change(&mut header, &mut claims);
        let texts = [Value::Object(header).to_string(), Value::Object(claims).to_string()];
        let token = self.holder.sign_raw(self.algorithm, &texts[0], &texts[1]);
        Mutant { token, changes: vec![what.to_owned()] }
    }
}

/// Addresses that are, or are nearly, the one of the request.
fn targets() -> impl Iterator<Item = &'static str> {
    [
        "https://api.shop.example/orders?page=2",
        "https://api.shop.example/orders#top",
        "https://api.shop.example/orders?",
        "https://api.shop.example:443/orders",
        "HTTPS://API.SHOP.EXAMPLE/orders",
        "https://api.shop.example/orders/",
        "https://api.shop.example/Orders",
        "https://api.shop.example//orders",
        "https://api.shop.example/./orders",
        "https://api.shop.example/x/../orders",
        "https://api.shop.example/%6frders",
        "https://api.shop.example/orders%20",
        "https://api.shop.example/orders;a=b",
        "https://api.shop.example",
        "https://api.shop.example:8443/orders",
        "http://api.shop.example/orders",
        "http://api.shop.example:443/orders",
        "//api.shop.example/orders",
        "api.shop.example/orders",
        "/orders",
        "https://user@api.shop.example/orders",
        "https://api.shop.example@evil.example/orders",
        "https://evil.example/orders",
        "https://api.shop.example.evil.example/orders",
        "https://api.shop.example./orders",
        "https://api.shop.example\\orders",
        " https://api.shop.example/orders",
        "https://api.shop.example/orders\n",
    ]
    .into_iter()
}

/// The public key for an algorithm, with what it takes and no more.
fn jwk(holder: &TestIssuer, algorithm: Algorithm) -> Value {
    let set: Value = serde_json::from_str(&holder.jwks()).expect("a key set");
    let keys = set["keys"].as_array().expect("keys");
    let key = keys.iter().find(|key| key["alg"] == algorithm.name()).expect("a key for it");
    let needed = ["kty", "crv", "x", "y"].into_iter().filter(|name| !key[*name].is_null());
    Value::Object(needed.map(|name| (name.to_owned(), key[name].clone())).collect())
}

/// The name of a key by RFC 7638: the digest of its members in the order of their names.
fn thumbprint(key: &Value) -> String {
    let members: BTreeMap<_, _> = key.as_object().expect("an object").iter().collect();
    let text = serde_json::to_vec(&members).expect("JSON");
    URL_SAFE_NO_PAD.encode_to_string(digest(&SHA256, &text))
}
