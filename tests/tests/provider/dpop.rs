//! Rules 13, 14, 55, 57 and 58: tokens that a real provider has bound to a key, and proofs that npm `jose` makes of it.

use std::time::Duration;

use palisade::{
    Redis,
    auth::{Dpop, MemoryReplays, RedisReplays, Secret, Tokens},
    gate::GateBuilder,
};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::{
    client::{Answer, Ask},
    holder::Holder,
    op::{Provider, RESOURCE},
    redis::RedisServer,
    world::World,
};

/// What clients know the API by: no address that the server could see.
const ORIGIN: &str = "https://api.shop.example";
const ORDERS: &str = "https://api.shop.example/orders";

/// An API that takes proofs, and somebody who makes them.
struct Stage {
    provider: Provider,
    world: World,
    holder: Holder,
    token: String,
}

impl Stage {
    async fn set(algorithm: &str, dpop: impl FnOnce(Dpop) -> Dpop) -> Option<Self> {
        let provider = Provider::start()?;
        let dpop = dpop(Dpop::new(MemoryReplays::new(1_000)));
        let tokens = Tokens::issuer(provider.issuer()).audience(RESOURCE);
        let gate = |gate: GateBuilder| gate.bearer(tokens).dpop(dpop).public_origin(ORIGIN);
        let (world, mut holder) = (World::with(gate).await, Holder::of(algorithm));
        let token = holder.token(provider.issuer(), RESOURCE);
        Some(Self { provider, world, holder, token })
    }

    /// A good proof but for what is said here.
    fn proof(&mut self, odd: &Value) -> String {
        let mut wish = json!({"htm": "GET", "htu": ORDERS, "token": self.token});
        wish.as_object_mut().expect("an object").extend(odd.as_object().expect("an object").clone());
        self.holder.proof(&wish)
    }

    async fn send(&self, ask: Ask) -> Answer {
        self.world.log.take();
        ask.send(self.world.address).await
    }

    /// Asks with the token and this proof.
    async fn ask(&self, proof: &str) -> Answer {
        let ask = Ask::get("/orders").header("authorization", format!("DPoP {}", self.token)).header("dpop", proof);
        self.send(ask).await
    }

    /// It is refused with this word, for this reason.
    fn refused(&self, name: &str, answer: &Answer, error: &str, reason: &str) {
        assert_eq!((answer.status, self.world.log.only().reason.as_str()), (401, reason), "{name}: {answer:?}");
        let challenges = answer.all("www-authenticate");
        let told = format!("error=\"{error}\"");
        let told = challenges.iter().any(|challenge| challenge.starts_with("DPoP ") && challenge.contains(&told));
        assert!(told, "{name}: {challenges:?}");
        assert!(!answer.body.contains(&self.token), "{name}");
    }
}

#[tokio::test]
async fn rule_57_a_real_token_with_a_real_proof_is_good_once() {
    for algorithm in ["ES256", "EdDSA"] {
        let Some(mut stage) = Stage::set(algorithm, |dpop| dpop).await else { return };
        let proof = stage.proof(&json!({}));
        let answer = stage.ask(&proof).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"by": "dpop"})), "{algorithm}");
        let answer = stage.ask(&proof).await;
        stage.refused("a proof that was seen", &answer, "invalid_dpop_proof", "proof_replayed");
    }
}

#[tokio::test]
async fn rule_57_each_of_the_twelve_checks_is_made() {
    let Some(mut stage) = Stage::set("ES256", |dpop| dpop).await else { return };
    for odd in [
        json!({"htu": "https://api.shop.example/orders?page=2"}),
        json!({"htu": "https://api.shop.example/orders#top"}),
        json!({"htu": "HTTPS://API.shop.example:443/orders"}),
        json!({"header": {"typ": "DPoP+JWT"}}),
        json!({"claims": {"more": "than is needed"}}),
    ] {
        let proof = stage.proof(&odd);
        assert_eq!(stage.ask(&proof).await.status, 200, "{odd}");
    }
    let now = palisade::Clock::unix_seconds(&palisade::SystemClock);
    let own = stage.proof(&json!({}));
    let key = jwk(&own);
    let private = |member: &str| {
        let mut key = key.clone();
        key[member] = "AAAA".into();
        json!({"header": {"jwk": key}})
    };
    let bad = "invalid_dpop_proof";
    for (odd, error, reason) in [
        (json!({"header": {"typ": "JWT"}}), bad, "proof_wrong_type"),
        (json!({"header": {"typ": null}}), bad, "proof_wrong_type"),
        (json!({"header": {"jwk": null}}), bad, "proof_bad_header"),
        (json!({"header": {"jwk": {"kty": "oct", "k": "AAAA"}}}), bad, "proof_private_key"),
        (private("d"), bad, "proof_private_key"),
        (json!({"claims": {"jti": null}}), bad, "proof_bad_claims"),
        (json!({"claims": {"htm": null}}), bad, "proof_bad_claims"),
        (json!({"claims": {"htu": null}}), bad, "proof_bad_claims"),
        (json!({"claims": {"iat": null}}), bad, "proof_bad_claims"),
        (json!({"claims": {"ath": null}}), bad, "proof_bad_claims"),
        (json!({"claims": {"iat": "now"}}), bad, "proof_bad_claims"),
        (json!({"htm": "POST"}), bad, "proof_wrong_method"),
        (json!({"htm": "get"}), bad, "proof_wrong_method"),
        (json!({"htu": "https://api.shop.example/"}), bad, "proof_wrong_target"),
        (json!({"htu": "https://api.shop.example/orders/"}), bad, "proof_wrong_target"),
        (json!({"htu": "https://api.shop.example/Orders"}), bad, "proof_wrong_target"),
        (json!({"htu": "http://api.shop.example/orders"}), bad, "proof_wrong_target"),
        (json!({"htu": "https://api.shop.example:8443/orders"}), bad, "proof_wrong_target"),
        (json!({"htu": "https://evil.example/orders"}), bad, "proof_wrong_target"),
        (json!({"htu": "https://api.shop.example@evil.example/orders"}), bad, "proof_wrong_target"),
        (json!({"claims": {"iat": now - 120}}), bad, "proof_stale"),
        (json!({"claims": {"iat": now + 60}}), bad, "proof_early"),
        (json!({"token": "another"}), bad, "proof_wrong_token"),
        (json!({"stranger": true}), "invalid_token", "proof_other_key"),
    ] {
        let proof = stage.proof(&odd);
        let answer = stage.ask(&proof).await;
        stage.refused(&odd.to_string(), &answer, error, reason);
    }
    let stranger = stage.proof(&json!({"stranger": true}));
    let (signed, _) = own.rsplit_once('.').expect("three segments");
    let forged = format!("{signed}.{}", stranger.rsplit_once('.').expect("three segments").1);
    let answer = stage.ask(&forged).await;
    stage.refused("a signature of another key", &answer, bad, "proof_bad_signature");
    for text in ["", "no proof", "a.b", &stage.token.clone()] {
        let answer = stage.ask(text).await;
        assert_eq!(answer.status, 401, "{text}");
    }
}

#[tokio::test]
async fn rule_57_there_is_one_proof_of_one_token() {
    let Some(mut stage) = Stage::set("ES256", |dpop| dpop).await else { return };
    let (first, second) = (stage.proof(&json!({})), stage.proof(&json!({})));
    let bound = || Ask::get("/orders").header("authorization", format!("DPoP {}", stage.token));
    let answer = stage.send(bound()).await;
    stage.refused("none", &answer, "invalid_dpop_proof", "proof_missing");
    let answer = stage.send(bound().header("dpop", &first).header("DPoP", &second)).await;
    stage.refused("two", &answer, "invalid_dpop_proof", "proof_repeated");
    let answer = stage.send(bound().header("dpop", format!("{first}, {second}"))).await;
    assert_eq!(answer.status, 401, "two in one header: {answer:?}");
}

#[tokio::test]
async fn rule_14_the_scheme_says_whether_a_token_is_bound() {
    let Some(mut stage) = Stage::set("ES256", |dpop| dpop).await else { return };
    let proof = stage.proof(&json!({}));
    let bearer = Ask::get("/orders").bearer(&stage.token);
    for ask in [bearer.clone(), bearer.header("dpop", &proof)] {
        assert_eq!(stage.send(ask).await.status, 401, "a bound token alone");
        assert_eq!(stage.world.log.only().reason, "sender_constrained");
    }
    let unbound = stage.provider.token("ES256", RESOURCE).await;
    let proof = stage.proof(&json!({ "token": unbound }));
    let ask = Ask::get("/orders").header("authorization", format!("DPoP {unbound}")).header("dpop", proof);
    let answer = stage.send(ask).await;
    stage.refused("a token that is bound to nothing", &answer, "invalid_token", "proof_unbound_token");
}

#[tokio::test]
async fn rule_13_a_proof_without_our_nonce_is_sent_back_with_one() {
    let key = || Secret::new(vec![7; 32]);
    let Some(mut stage) = Stage::set("ES256", |dpop| dpop.require_nonces(key())).await else { return };
    for odd in [json!({}), json!({"nonce": "made up"})] {
        let proof = stage.proof(&odd);
        let answer = stage.ask(&proof).await;
        assert_eq!(answer.status, 401, "{odd}");
        let challenges = answer.all("www-authenticate");
        assert!(challenges.iter().any(|challenge| challenge.contains("use_dpop_nonce")), "{challenges:?}");
        let [nonce] = answer.all("dpop-nonce")[..] else { panic!("one nonce: {answer:?}") };
        let proof = stage.proof(&json!({ "nonce": nonce }));
        assert_eq!(stage.ask(&proof).await.status, 200, "{odd}");
    }
}

#[tokio::test]
async fn rule_55_a_full_store_of_proofs_lets_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let tokens = Tokens::issuer(provider.issuer()).audience(RESOURCE);
    let dpop = Dpop::new(MemoryReplays::new(3));
    let world = World::with(|gate| gate.bearer(tokens).dpop(dpop).public_origin(ORIGIN)).await;
    let mut holder = Holder::of("ES256");
    let token = holder.token(provider.issuer(), RESOURCE);
    for number in 0..10 {
        let proof = holder.proof(&json!({"htm": "GET", "htu": ORDERS, "token": token}));
        let ask = Ask::get("/orders").header("authorization", format!("DPoP {token}")).header("dpop", proof);
        let answer = ask.send(world.address).await;
        assert_eq!(answer.status, if number < 3 { 200 } else { 503 }, "{number}: {answer:?}");
        assert_eq!(answer.all("retry-after").is_empty(), number < 3, "{answer:?}");
    }
}

#[tokio::test]
async fn rule_55_a_stopped_store_of_proofs_lets_nobody_in() {
    let (Some(provider), Some(mut redis)) = (Provider::start(), RedisServer::start()) else { return };
    let tokens = Tokens::issuer(provider.issuer()).audience(RESOURCE);
    let dpop = Dpop::new(RedisReplays::new(Redis::at(&redis.url()).expect("an address")));
    let world = World::with(|gate| gate.bearer(tokens).dpop(dpop).public_origin(ORIGIN)).await;
    let mut holder = Holder::of("ES256");
    let token = holder.token(provider.issuer(), RESOURCE);
    let mut ask = || {
        let proof = holder.proof(&json!({"htm": "GET", "htu": ORDERS, "token": token}));
        Ask::get("/orders").header("authorization", format!("DPoP {token}")).header("dpop", proof)
    };
    let once = ask();
    assert_eq!(once.send(world.address).await.status, 200);
    assert_eq!(once.send(world.address).await.status, 401, "it was seen");
    redis.stop();
    for _ in 0..5 {
        let answer = ask().send(world.address).await;
        assert_eq!((answer.status, answer.all("retry-after").is_empty()), (503, false), "{answer:?}");
    }
    redis.restart();
    let back = async {
        while ask().send(world.address).await.status != 200 {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(60), back).await.expect("it is asked again");
}

/// The key in the header of a proof.
fn jwk(proof: &str) -> Value {
    let header = proof.split('.').next().expect("a header");
    let header = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(header).expect("base64url");
    serde_json::from_slice::<Value>(&header).expect("JSON")["jwk"].clone()
}
