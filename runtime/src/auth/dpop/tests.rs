//! Proofs with one defect each, what is remembered of good ones, and what cannot be said.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Dpop, NotAccepted, Proof, ProofAdvice, ProofError, Proven, PublicOrigin};
use crate::{
    auth::{Algorithm, Mark, ReplayFault, ReplayStore, Secret, Sighted, Sighting},
    testing::{ProofBuilder, ProofKey},
};

const NOW: u64 = 1_800_000_000;
const URI: &str = "https://api.shop.example/orders/7";
const TOKEN: &str = "e30.e30.c2ln";

/// Remembers marks, or has a fault.
#[derive(Default)]
struct Replays {
    fault: Option<ReplayFault>,
    seen: Mutex<BTreeMap<[u8; 32], u64>>,
}

impl ReplayStore for Replays {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, until| now <= *until);
        let again = seen.insert(*mark.as_bytes(), until).is_some();
        let sighting = if again { Sighting::Again } else { Sighting::First };
        Box::pin(std::future::ready(self.fault.map_or(Ok(sighting), Err)))
    }
}

fn dpop() -> Dpop {
    Dpop::new(Replays::default())
}

fn origin() -> PublicOrigin {
    PublicOrigin::new("https://api.shop.example").unwrap()
}

fn verify_with(dpop: &Dpop, proof: &str, now: u64) -> Result<Proof, ProofError> {
    dpop.verify(proof, &Proven::new(&Method::POST, &origin(), "/orders/7", TOKEN), now)
}

fn verify(proof: &str) -> Result<Proof, ProofError> {
    verify_with(&dpop(), proof, NOW)
}

async fn accept(dpop: &Dpop, key: &ProofKey, proof: &str, now: u64) -> Result<Option<String>, NotAccepted> {
    let bound = crate::auth::jose::base64url::decode(&key.thumbprint()).unwrap();
    let origin = origin();
    let proven = Proven::new(&Method::POST, &origin, "/orders/7", TOKEN);
    dpop.accept(proof, &proven, |thumbprint| thumbprint[..] == bound[..], now).await
}

/// Holds each changed proof against the refusal that is expected of it.
fn check(cases: Vec<(&str, Change, ProofError)>) {
    let key = ProofKey::new();
    for (name, change, expected) in cases {
        let proof = change(key.proof("POST", URI, TOKEN)).sign(NOW);
        assert_eq!(verify(&proof), Err(expected), "{name}");
    }
}

type Change = Box<dyn Fn(ProofBuilder<'_>) -> ProofBuilder<'_>>;

fn claim(name: &'static str, value: Value) -> Change {
    Box::new(move |proof| proof.claim(name, value.clone()))
}

fn header(name: &'static str, value: Value) -> Change {
    Box::new(move |proof| proof.header(name, value.clone()))
}

fn without(name: &'static str) -> Change {
    Box::new(move |proof| proof.without(name))
}

#[test]
fn rule_57_a_proof_of_every_asymmetric_algorithm_is_good() {
    for algorithm in Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric()) {
        let key = ProofKey::new().algorithm(algorithm);
        let proof = verify(&key.proof("POST", URI, TOKEN).sign(NOW)).expect(algorithm.name());
        assert_eq!(base64_simd::URL_SAFE_NO_PAD.encode_to_string(proof.thumbprint()), key.thumbprint());
    }
    let renamed =
        ProofKey::new().algorithm(Algorithm::EdDsa).proof("POST", URI, TOKEN).header("alg", "Ed25519").sign(NOW);
    assert!(verify(&renamed).is_ok());
}

#[test]
fn rule_57_the_header_is_that_of_a_proof() {
    let jwk = |member: &'static str, value: Value| -> Change {
        Box::new(move |proof| {
            let mut jwk = ProofKey::new().jwk();
            jwk[member] = value.clone();
            proof.header("jwk", jwk)
        })
    };
    check(vec![
        ("no typ", without("typ"), ProofError::WrongType),
        ("typ of a token", header("typ", json!("at+jwt")), ProofError::WrongType),
        ("typ of any token", header("typ", json!("JWT")), ProofError::WrongType),
        ("typ no text", header("typ", json!(["dpop+jwt"])), ProofError::WrongType),
        ("no alg", without("alg"), ProofError::AlgorithmNotAccepted),
        ("none", header("alg", json!("none")), ProofError::AlgorithmNotAccepted),
        ("symmetric", header("alg", json!("HS256")), ProofError::AlgorithmNotAccepted),
        ("unknown", header("alg", json!("ES512")), ProofError::AlgorithmNotAccepted),
        ("of another curve", header("alg", json!("ES384")), ProofError::BadKey),
        ("of another kind", header("alg", json!("RS256")), ProofError::BadKey),
        ("no jwk", without("jwk"), ProofError::BadHeader),
        ("jwk no object", header("jwk", json!("{}")), ProofError::BadHeader),
        ("jwk empty", header("jwk", json!({})), ProofError::BadKey),
        ("jwk with another alg", jwk("alg", json!("ES384")), ProofError::BadKey),
        ("jwk for encryption", jwk("use", json!("enc")), ProofError::BadKey),
        ("secret", header("jwk", json!({"kty": "oct", "k": "A".repeat(43)})), ProofError::PrivateKey),
        ("d", jwk("d", json!("AA")), ProofError::PrivateKey),
        ("p", jwk("p", json!("AA")), ProofError::PrivateKey),
        ("oth", jwk("oth", json!([])), ProofError::PrivateKey),
        ("off the curve", jwk("y", json!("A".repeat(43))), ProofError::BadKey),
        ("crit", header("crit", json!(["b64"])), ProofError::BadHeader),
        ("no crit", header("crit", json!([])), ProofError::BadHeader),
        ("nested", header("cty", json!("JWT")), ProofError::BadHeader),
        ("compressed", header("zip", json!("DEF")), ProofError::BadHeader),
        ("another key", jwk("kid", json!("me")), ProofError::BadSignature),
    ]);
}

#[test]
fn rule_25_a_key_that_is_pointed_at_is_no_key() {
    for member in ["jku", "x5u"] {
        let proof =
            ProofKey::new().proof("POST", URI, TOKEN).without("jwk").header(member, "https://evil.example").sign(NOW);
        assert_eq!(verify(&proof), Err(ProofError::BadHeader), "{member}");
    }
}

#[test]
fn rule_57_the_claims_are_those_of_a_proof() {
    let text = |length| json!("j".repeat(length));
    check(vec![
        ("no jti", without("jti"), ProofError::BadClaims),
        ("jti empty", claim("jti", json!("")), ProofError::BadClaims),
        ("jti too long", claim("jti", text(257)), ProofError::BadClaims),
        ("jti no text", claim("jti", json!(7)), ProofError::BadClaims),
        ("no htm", without("htm"), ProofError::BadClaims),
        ("another method", claim("htm", json!("GET")), ProofError::WrongMethod),
        ("method in lower case", claim("htm", json!("post")), ProofError::WrongMethod),
        ("no htu", without("htu"), ProofError::BadClaims),
        ("another path", claim("htu", json!("https://api.shop.example/orders/8")), ProofError::WrongTarget),
        ("another host", claim("htu", json!("https://evil.example/orders/7")), ProofError::WrongTarget),
        ("another scheme", claim("htu", json!("http://api.shop.example/orders/7")), ProofError::WrongTarget),
        ("no iat", without("iat"), ProofError::BadClaims),
        ("iat as text", claim("iat", json!(NOW.to_string())), ProofError::BadClaims),
        ("iat negative", claim("iat", json!(-1)), ProofError::BadClaims),
        ("iat endless", claim("iat", json!(1e300)), ProofError::BadClaims),
        ("too old", claim("iat", json!(NOW - 61)), ProofError::Stale),
        ("too new", claim("iat", json!(NOW + 6)), ProofError::Early),
        ("over by its own word", claim("exp", json!(NOW)), ProofError::Stale),
        ("not yet by its own word", claim("nbf", json!(NOW + 6)), ProofError::Early),
        ("an end in words", claim("exp", json!("tomorrow")), ProofError::BadClaims),
        ("no ath", without("ath"), ProofError::BadClaims),
        ("ath of another token", claim("ath", json!("A".repeat(43))), ProofError::WrongToken),
        ("ath too long", claim("ath", text(400)), ProofError::BadClaims),
        ("ath empty", claim("ath", json!("")), ProofError::WrongToken),
        ("nonce no text", claim("nonce", json!(7)), ProofError::BadClaims),
    ]);
    for iat in [json!(NOW - 60), json!(NOW + 5), json!(1_800_000_000.75)] {
        let key = ProofKey::new();
        assert!(verify(&key.proof("POST", URI, TOKEN).claim("iat", iat.clone()).sign(NOW)).is_ok(), "{iat}");
    }
}

#[test]
fn rule_57_only_a_compact_jwt_is_read() {
    let key = ProofKey::new();
    let good = key.proof("POST", URI, TOKEN).sign(NOW);
    let long = key.proof("POST", URI, TOKEN).claim("more", "a".repeat(4_096)).sign(NOW);
    let json_form = json!({"protected": good, "payload": "", "signature": ""}).to_string();
    for (proof, expected) in [
        (String::new(), ProofError::NotCompact),
        (format!("{good}.{good}"), ProofError::NotCompact),
        (format!("{good}, {good}"), ProofError::NotCompact),
        (format!("{good}="), ProofError::NotCompact),
        (format!(" {good}"), ProofError::NotCompact),
        (json_form, ProofError::NotCompact),
        (long, ProofError::TooLong),
        (good[..good.len() - 2].to_owned(), ProofError::BadSignature),
        (key.sign_raw(r#"{"typ":"dpop+jwt","typ":"dpop+jwt"}"#, "{}"), ProofError::BadHeader),
        (key.sign_raw("[]", "{}"), ProofError::BadHeader),
        (key.sign_raw("\u{feff}{}", "{}"), ProofError::BadHeader),
    ] {
        assert_eq!(verify(&proof), Err(expected), "{proof}");
    }
    let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk()}).to_string();
    for claims in ["[]", "", r#"{"jti":"a","jti":"b"}"#] {
        assert_eq!(verify(&key.sign_raw(&header, claims)), Err(ProofError::BadClaims), "{claims}");
    }
}

#[test]
fn rule_57_only_the_named_algorithms_are_accepted() {
    let dpop = dpop().algorithms([Algorithm::EdDsa, Algorithm::Hs256]);
    let proof = |algorithm| ProofKey::new().algorithm(algorithm).proof("POST", URI, TOKEN).sign(NOW);
    assert!(verify_with(&dpop, &proof(Algorithm::EdDsa), NOW).is_ok());
    for algorithm in [Algorithm::Es256, Algorithm::Rs256, Algorithm::Hs256] {
        assert_eq!(verify_with(&dpop, &proof(algorithm), NOW), Err(ProofError::AlgorithmNotAccepted), "{algorithm}");
    }
    assert_eq!(dpop.algorithms_named().collect::<Vec<_>>(), ["EdDSA", "Ed25519"]);
    assert!(Dpop::new(Replays::default()).algorithms([Algorithm::Hs256]).accepts_nothing());
}

#[tokio::test]
async fn rule_55_a_proof_is_good_once() {
    let (dpop, key) = (dpop(), ProofKey::new());
    let proof = key.proof("POST", URI, TOKEN).claim("jti", "one").sign(NOW);
    assert!(accept(&dpop, &key, &proof, NOW).await.is_ok());
    for later in [0, 1, 60] {
        let again = accept(&dpop, &key, &proof, NOW + later).await;
        assert_eq!(again.unwrap_err(), NotAccepted::Proof(ProofError::Replayed), "{later}");
    }
    assert_eq!(accept(&dpop, &key, &proof, NOW + 61).await.unwrap_err(), NotAccepted::Proof(ProofError::Stale));
    // Another key may use the same name.
    let other = ProofKey::new();
    assert!(accept(&dpop, &other, &other.proof("POST", URI, TOKEN).claim("jti", "one").sign(NOW), NOW).await.is_ok());
}

#[tokio::test]
async fn rule_55_a_store_that_cannot_say_accepts_nothing() {
    for fault in [ReplayFault::Full, ReplayFault::Outage] {
        let dpop = Dpop::new(Replays { fault: Some(fault), ..Replays::default() });
        let key = ProofKey::new();
        let proof = key.proof("POST", URI, TOKEN).sign(NOW);
        assert_eq!(accept(&dpop, &key, &proof, NOW).await.unwrap_err(), NotAccepted::Store(fault));
    }
}

#[tokio::test]
async fn rule_57_a_proof_by_another_key_is_refused_and_takes_no_room() {
    let replays = Replays { fault: Some(ReplayFault::Outage), ..Replays::default() };
    let (dpop, key) = (Dpop::new(replays), ProofKey::new());
    let proof = ProofKey::new().proof("POST", URI, TOKEN).sign(NOW);
    assert_eq!(accept(&dpop, &key, &proof, NOW).await.unwrap_err(), NotAccepted::Proof(ProofError::OtherKey));
    assert_eq!(ProofError::OtherKey.advice(), ProofAdvice::AnotherToken);
}

#[tokio::test]
async fn rule_55_nonces_are_demanded_and_renewed() {
    let secret = || Secret::new(vec![7; 32]);
    let (dpop, key) = (dpop().require_nonces(secret()), ProofKey::new());
    let bare = key.proof("POST", URI, TOKEN).sign(NOW);
    assert_eq!(accept(&dpop, &key, &bare, NOW).await.unwrap_err(), NotAccepted::Proof(ProofError::NoNonce));
    assert_eq!(ProofError::NoNonce.advice(), ProofAdvice::WithNonce);

    let nonce = dpop.nonce(NOW).unwrap();
    let with = |now| key.proof("POST", URI, TOKEN).nonce(&nonce).sign(now);
    assert_eq!(accept(&dpop, &key, &with(NOW), NOW).await, Ok(None));
    let later = NOW + 130;
    let next = accept(&dpop, &key, &with(later), later).await.unwrap();
    assert_eq!(next, dpop.nonce(later));
    let late = NOW + 250;
    let stale = accept(&dpop, &key, &with(late), late).await.unwrap_err();
    assert_eq!(stale, NotAccepted::Proof(ProofError::StaleNonce));
    // Another process with the same key makes the same.
    assert_eq!(self::dpop().require_nonces(secret()).nonce(NOW), dpop.nonce(NOW));
}

#[test]
fn a_lifetime_is_bounded() {
    let key = ProofKey::new();
    let proof = key.proof("POST", URI, TOKEN).sign(NOW);
    let dpop = dpop().lifetime(Duration::from_secs(3_600));
    assert!(verify_with(&dpop, &proof, NOW + 300).is_ok());
    assert_eq!(verify_with(&dpop, &proof, NOW + 301), Err(ProofError::Stale));
    let dpop = self::dpop().lifetime(Duration::ZERO);
    assert!(verify_with(&dpop, &proof, NOW + 1).is_ok());
    assert_eq!(verify_with(&dpop, &proof, NOW + 2), Err(ProofError::Stale));
}

/// RFC 9449, section 7.1, figures 13 and 14: a request for a protected resource.
#[test]
fn rule_57_the_proof_that_the_standard_prints_is_good() {
    let proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZ\
        OXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAt\
        MjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm\
        90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFby\
        J9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
    let origin = PublicOrigin::new("https://resource.example.org").unwrap();
    let proven =
        Proven::new(&Method::GET, &origin, "/protectedresource", "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
    let read = dpop().verify(proof, &proven, 1_562_262_618).unwrap();
    assert_eq!((read.id(), read.issued_at()), ("e1j3V_bKic8-LAEB", 1_562_262_618));
    let thumbprint = base64_simd::URL_SAFE_NO_PAD.encode_to_string(read.thumbprint());
    assert_eq!(thumbprint, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_none_is_good(proof in "[A-Za-z0-9_.-]{0,200}") {
        prop_assert!(verify(&proof).is_err());
    }
}
