//! Signed requests over a real socket: who is let in, what of a request is bound, and what a refusal tells.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use palisade::{
    audit::{Event, Sink},
    auth::{
        Algorithm, Caller, Key, Mark, MemoryReplays, ReplayFault, ReplayStore, Secret, Sighted, SignatureKey,
        Signatures, Signer, SigningKey,
    },
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use serde::{Deserialize, Serialize};

#[path = "shop/client.rs"]
#[expect(dead_code, reason = "the shop asks for more")]
mod client;

use client::{Answer, Ask};

const NOW: u64 = 1_800_000_000;
const ORIGIN: &str = "https://api.shop.example";
const CHALLENGE: &str = concat!(
    r#"Signature realm="Signed", "#,
    r#"resource_metadata="https://api.shop.example/.well-known/oauth-protected-resource""#
);
const ACME: &[u8] = b"32 random bytes, shared with acme";
const BANK: &[u8] = b"32 other bytes, shared with a bank";

/// RFC 9421, appendix B.1.4.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n\
    -----END PRIVATE KEY-----";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n\
    -----END PUBLIC KEY-----";

/// What a key may be good for.
#[derive(Scopes)]
enum Scope {
    #[secure("orders:write")]
    Write,
    #[secure("orders:purge")]
    Purge,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    #[secure(length(max = 64))]
    sku: String,
}

#[derive(Debug, Serialize, Secure)]
#[secure(output)]
struct Placed {
    #[secure(length(max = 128))]
    by: String,
    #[secure(length(max = 8), each(length(max = 128)))]
    beside: Vec<String>,
    #[secure(length(max = 64))]
    sku: String,
}

fn placed(caller: &Caller, sku: String) -> Json<Placed> {
    let name = |caller: &Caller| format!("{} {}", caller.issuer(), caller.subject());
    Json(Placed { by: name(caller), beside: caller.others().iter().map(name).collect(), sku })
}

/// Places an order.
#[secure(post = "/orders", auth = "partner", scope = Scope::Write)]
async fn place(caller: Caller, Json(order): Json<NewOrder>) -> Json<Placed> {
    placed(&caller, order.sku)
}

/// Reads orders.
#[secure(get = "/orders", signed(by = "partner", covers = ["x-tenant", "@query"]))]
async fn list(caller: Caller) -> Json<Placed> {
    placed(&caller, String::new())
}

/// Transfers an order: a user asks, and the application signs.
#[secure(post = "/transfers", auth = "oauth2", signed(by = "partner"))]
async fn transfer(caller: Caller, Json(order): Json<NewOrder>) -> Json<Placed> {
    placed(&caller, order.sku)
}

/// Pays for an order, as a partner or as a bank.
#[secure(post = "/payments", auth = "partner", auth = "bank")]
async fn pay(caller: Caller, Json(order): Json<NewOrder>) -> Json<Placed> {
    placed(&caller, order.sku)
}

/// Removes orders.
#[secure(delete = "/orders", auth = "partner", scope = Scope::Purge)]
async fn purge() -> NoContent {
    NoContent
}

/// Orders that applications sign.
#[secure(
    title = "Signed",
    version = "1.0.0",
    auth(oauth2, signature(name = "partner"), signature(name = "bank")),
    scopes = Scope,
    default(rate = "6000/min per ip"),
    endpoints(place, list, transfer, pay, purge)
)]
struct Shop;

/// What the audit log was told: stage, reason and status.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Sink for Log {
    fn record(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(format!("{} {} {}", event.stage, event.reason, event.status));
    }
}

struct World {
    address: SocketAddr,
    clock: FakeClock,
    log: Log,
    issuer: TestIssuer,
}

fn key(owner: &str, id: &str, secret: &[u8]) -> SignatureKey {
    SignatureKey::new(owner, Key::hmac(Algorithm::Hs256, &Secret::new(secret.to_vec())).unwrap().named(id))
        .scopes(["orders:write"])
}

fn partners(replays: impl ReplayStore) -> Signatures {
    let asymmetric = SignatureKey::new("globex", Key::pem(Algorithm::EdDsa, PUBLIC).unwrap().named("globex-1"));
    Signatures::keys([key("acme", "acme-2026", ACME), asymmetric]).unwrap().replays(replays)
}

impl World {
    async fn new(replays: impl ReplayStore) -> Self {
        let (clock, log) = (FakeClock::at(NOW), Log::default());
        let issuer = TestIssuer::new("https://id.shop.example");
        let bank = Signatures::keys([key("bank", "bank-1", BANK)]).unwrap().replays(MemoryReplays::new(100));
        let gate = Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .signatures("partner", partners(replays))
            .signatures("bank", bank)
            .public_origin(ORIGIN)
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::sink(log.clone()))
            .clock(clock.clone())
            .build()
            .await
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Shop::application(gate).with_state(());
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { address, clock, log, issuer }
    }

    async fn memory() -> Self {
        Self::new(MemoryReplays::new(1_000)).await
    }

    async fn send(&self, ask: Ask) -> (Answer, String) {
        let answer = ask.send(self.address).await;
        let line = self.log.0.lock().unwrap().last().cloned().unwrap_or_default();
        (answer, line)
    }

    fn token(&self) -> String {
        self.issuer.token().subject("alice").sign(NOW)
    }
}

fn acme() -> Signer {
    Signer::new("acme-2026", SigningKey::hmac(&Secret::new(ACME.to_vec())).unwrap())
}

/// The signed form of a request; `fields` are there before it is signed.
fn signed(signer: &Signer, method: &str, target: &str, fields: &[(&str, &str)], body: &str) -> Vec<(String, String)> {
    let uri = format!("{ORIGIN}{target}");
    let request = fields
        .iter()
        .fold(http::Request::builder().method(method).uri(uri), |request, (name, value)| request.header(*name, *value));
    let mut parts = request.body(()).unwrap().into_parts().0;
    signer.sign(&mut parts, body.as_bytes(), NOW).unwrap();
    parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn ask(method: &str, target: &str, fields: &[(String, String)], body: &str) -> Ask {
    let ask = fields.iter().fold(Ask::new(method, target), |ask, (name, value)| ask.header(name, value));
    if body.is_empty() { ask } else { ask.json(body) }
}

const ORDER: &str = r#"{"sku":"A-1"}"#;

fn order(signer: &Signer) -> Ask {
    ask("POST", "/orders", &signed(signer, "POST", "/orders", &[], ORDER), ORDER)
}

#[tokio::test]
async fn rule_62_the_signer_is_the_caller_with_what_the_key_may_do() {
    let world = World::memory().await;
    let (answer, line) = world.send(order(&acme())).await;
    assert_eq!(answer.status, 200, "{line}");
    assert_eq!(answer.json()["by"], "urn:palisade:signature/partner acme");
    assert_eq!(answer.json()["sku"], "A-1");

    let globex = Signer::new("globex-1", SigningKey::pem(Algorithm::EdDsa, &Secret::new(PRIVATE.to_owned())).unwrap());
    let (answer, line) = world.send(order(&globex)).await;
    assert_eq!((answer.status, line.as_str()), (403, "authorize insufficient_scope 403"));

    let fields = signed(&acme(), "DELETE", "/orders", &[], "");
    let (answer, line) = world.send(ask("DELETE", "/orders", &fields, "")).await;
    assert_eq!((answer.status, line.as_str()), (403, "authorize insufficient_scope 403"));
}

#[tokio::test]
async fn rule_62_what_is_signed_cannot_be_changed_and_a_refusal_tells_nothing() {
    let world = World::memory().await;
    let good = signed(&acme(), "POST", "/orders", &[], ORDER);
    let with = |name: &str, value: &str| {
        let mut fields = good.clone();
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    let without = |name: &str| good.iter().filter(|(known, _)| known != name).cloned().collect::<Vec<_>>();
    let twice = [good.clone(), signed(&acme(), "POST", "/orders", &[], ORDER)].concat();
    let digest_of_other = "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:";
    let other_tenant = signed(
        &Signer::new("acme-2026", SigningKey::hmac(&Secret::new(BANK.to_vec())).unwrap()),
        "POST",
        "/orders",
        &[],
        ORDER,
    );
    let elsewhere = {
        let mut parts = http::Request::post("https://other.example/orders").body(()).unwrap().into_parts().0;
        acme().sign(&mut parts, ORDER.as_bytes(), NOW).unwrap();
        let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
        parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect::<Vec<_>>()
    };
    // What is sent, and what the log says.
    #[rustfmt::skip]
    let rows = [
        ("no signature", ask("POST", "/orders", &[], ORDER), "no_credential"),
        ("no input", ask("POST", "/orders", &without("signature-input"), ORDER), "no_credential"),
        ("no signature beside the input", ask("POST", "/orders", &without("signature"), ORDER), "unmatched_label"),
        ("another signature", ask("POST", "/orders", &with("signature", "sig=:AAAA:"), ORDER), "wrong_signature"),
        ("another body", ask("POST", "/orders", &good, r#"{"sku":"A-2"}"#), "digest_mismatch"),
        ("no body", ask("POST", "/orders", &good, ""), "digest_mismatch"),
        ("another digest", ask("POST", "/orders", &with("content-digest", digest_of_other), ORDER), "wrong_signature"),
        ("no digest", ask("POST", "/orders", &without("content-digest"), ORDER), "absent_component"),
        ("another target", ask("POST", "/orders?x=1", &good, ORDER), "wrong_signature"),
        ("signed for another host", ask("POST", "/orders", &elsewhere, ORDER), "wrong_signature"),
        ("two signatures", ask("POST", "/orders", &twice, ORDER), "malformed"),
        ("another secret", ask("POST", "/orders", &other_tenant, ORDER), "wrong_signature"),
        ("damaged input", ask("POST", "/orders", &with("signature-input", "sig=("), ORDER), "malformed"),
        ("a body that is not covered", ask("POST", "/orders", &signed(&acme(), "POST", "/orders", &[], ""), ORDER), "uncovered"),
    ];
    for (what, ask, reason) in rows {
        let (answer, line) = world.send(ask).await;
        assert_eq!((answer.status, line.as_str()), (401, format!("authenticate {reason} 401").as_str()), "{what}");
        assert_eq!(answer.problem(), "unauthenticated", "{what}");
        assert_eq!(answer.header("www-authenticate"), Some(CHALLENGE), "{what}");
        assert!(!answer.body.contains("acme") && !answer.body.contains("digest"), "{what}: {}", answer.body);
    }
    assert_eq!(world.send(ask("POST", "/orders", &good, ORDER)).await.0.status, 200);
}

#[tokio::test]
async fn rule_62_a_signature_comes_once_and_in_time() {
    let world = World::memory().await;
    let first = order(&acme());
    assert_eq!(world.send(first.clone()).await.0.status, 200);
    let (answer, line) = world.send(first.clone()).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate replayed 401"));
    // The same order again is another request, by its nonce.
    assert_eq!(world.send(order(&acme())).await.0.status, 200);
    let (late, latest) = (order(&acme()), order(&acme()));
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(world.send(late).await.0.status, 200);
    world.clock.advance(Duration::from_secs(1));
    let (answer, line) = world.send(latest).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate too_old 401"));
}

#[tokio::test]
async fn rule_62_a_policy_says_what_more_is_covered() {
    let world = World::memory().await;
    let blue = [("x-tenant", "blue")];
    let covering = |names: &[&str]| acme().covering(names.iter().copied()).unwrap();
    let both = signed(&covering(&["x-tenant", "@query"]), "GET", "/orders", &blue, "");
    let (answer, line) = world.send(ask("GET", "/orders", &both, "")).await;
    assert_eq!(answer.status, 200, "{line}");
    let changed = both.iter().cloned().map(|(name, value)| match name.as_str() {
        "x-tenant" => (name, String::from("red")),
        _ => (name, value),
    });
    let changed = changed.collect::<Vec<_>>();
    let (answer, line) = world.send(ask("GET", "/orders", &changed, "")).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate wrong_signature 401"));
    for covered in [&[][..], &["x-tenant"], &["@query"]] {
        let fields = signed(&covering(covered), "GET", "/orders", &blue, "");
        let (answer, line) = world.send(ask("GET", "/orders", &fields, "")).await;
        assert_eq!((answer.status, line.as_str()), (401, "authenticate uncovered 401"), "{covered:?}");
    }
}

#[tokio::test]
async fn a_user_and_a_signature_are_both_demanded() {
    let world = World::memory().await;
    let fields = || signed(&acme(), "POST", "/transfers", &[], ORDER);
    let (answer, line) = world.send(ask("POST", "/transfers", &fields(), ORDER).bearer(&world.token())).await;
    assert_eq!(answer.status, 200, "{line}");
    assert_eq!(answer.json()["by"], "https://id.shop.example alice");
    assert_eq!(answer.json()["beside"][0], "urn:palisade:signature/partner acme");

    for ask in [
        ask("POST", "/transfers", &fields(), ORDER),
        ask("POST", "/transfers", &[], ORDER).bearer(&world.token()),
        ask("POST", "/transfers", &fields(), ORDER).bearer("a.b.c"),
        ask("POST", "/transfers", &fields(), r#"{"sku":"A-2"}"#).bearer(&world.token()),
    ] {
        let (answer, line) = world.send(ask).await;
        assert_eq!(answer.status, 401, "{line}");
        let challenges = answer.headers.iter().filter(|(name, _)| name == "www-authenticate").count();
        assert_eq!(challenges, 2, "{line}");
    }
}

#[tokio::test]
async fn of_several_who_may_sign_the_key_says_who_it_is() {
    let world = World::memory().await;
    let bank = Signer::new("bank-1", SigningKey::hmac(&Secret::new(BANK.to_vec())).unwrap());
    for (signer, by) in [(acme(), "partner acme"), (bank, "bank bank")] {
        let fields = signed(&signer, "POST", "/payments", &[], ORDER);
        let (answer, line) = world.send(ask("POST", "/payments", &fields, ORDER)).await;
        assert_eq!(answer.status, 200, "{line}");
        assert_eq!(answer.json()["by"], format!("urn:palisade:signature/{by}"));
    }
    let stranger = Signer::new("nobody", SigningKey::hmac(&Secret::new(BANK.to_vec())).unwrap());
    let fields = signed(&stranger, "POST", "/payments", &[], ORDER);
    assert_eq!(world.send(ask("POST", "/payments", &fields, ORDER)).await.0.status, 401);
    // A key of the one scheme is none of the other.
    let bank = Signer::new("bank-1", SigningKey::hmac(&Secret::new(BANK.to_vec())).unwrap());
    let (answer, line) = world.send(order(&bank)).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate unknown_key 401"));
}

#[tokio::test]
async fn rule_71_the_body_of_a_request_that_is_not_signed_is_not_read() {
    let world = World::memory().await;
    let mut fields = signed(&acme(), "POST", "/orders", &[], ORDER);
    fields.retain(|(name, _)| name != "signature");
    fields.push((String::from("signature"), String::from("sig=:AAAA:")));
    let (answer, line) = world.send(ask("POST", "/orders", &fields, "").endless()).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate wrong_signature 401"));
}

#[tokio::test]
async fn rule_63_a_body_in_chunks_is_bound_and_one_too_large_is_refused() {
    let world = World::memory().await;
    let fields = signed(&acme(), "POST", "/orders", &[], ORDER);
    assert_eq!(world.send(ask("POST", "/orders", &fields, ORDER).chunked()).await.0.status, 200);
    let uncovered = signed(&acme(), "POST", "/orders", &[], "");
    let (answer, line) = world.send(ask("POST", "/orders", &uncovered, ORDER).chunked()).await;
    assert_eq!((answer.status, line.as_str()), (401, "authenticate uncovered 401"));
    let large = format!(r#"{{"sku":"{}"}}"#, "A".repeat(1_000_000));
    let fields = signed(&acme(), "POST", "/orders", &[], &large);
    assert_eq!(world.send(ask("POST", "/orders", &fields, &large).chunked()).await.0.status, 413);
    // What is signed is still checked as any other input.
    let fields = signed(&acme(), "POST", "/orders", &[], r#"{"sku":1}"#);
    assert_eq!(world.send(ask("POST", "/orders", &fields, r#"{"sku":1}"#)).await.0.status, 422);
}

struct Down;

impl ReplayStore for Down {
    fn sight<'a>(&'a self, _: &'a Mark, _: u64, _: u64) -> Sighted<'a> {
        Box::pin(async { Err(ReplayFault::Outage) })
    }
}

#[tokio::test]
async fn rule_17_a_store_that_is_full_or_gone_is_503() {
    for (world, reason) in [(World::new(Down).await, "outage"), (World::new(MemoryReplays::new(0)).await, "store_full")]
    {
        let (answer, line) = world.send(order(&acme())).await;
        assert_eq!((answer.status, line), (503, format!("authenticate {reason} 503")));
    }
}

#[tokio::test]
async fn a_gate_opens_only_with_the_keys_that_its_policies_need() {
    let issuer = TestIssuer::new("https://id.shop.example");
    let bare = || {
        Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"))
    };
    let keys = || partners(MemoryReplays::new(1));
    let bank = || Signatures::keys([key("bank", "bank-1", BANK)]).unwrap().replays(MemoryReplays::new(1));
    let text = |outcome: Result<Gate<Shop>, palisade::gate::StartError>| outcome.err().map(|error| error.to_string());
    let complete = || bare().signatures("partner", keys()).signatures("bank", bank());
    for (gate, expected) in [
        (
            bare().public_origin(ORIGIN),
            "`place` (POST /orders) is signed by `partner`, and the gate knows no key of that name",
        ),
        (bare().public_origin(ORIGIN).signatures("partner", keys()), "is signed by `bank`"),
        (complete(), "add `.public_origin(\"https://..\")`"),
        (complete().public_origin("api.shop.example"), "`.public_origin(..)`"),
        (complete().public_origin(ORIGIN).signatures("bnak", keys()), "the API has no `signature(name = \"bnak\")`"),
        (complete().public_origin(ORIGIN).signatures("bank", bank()), "told twice who signs as `bank`"),
    ] {
        let error = text(gate.build().await).expect("a gate that does not open");
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(text(complete().public_origin(ORIGIN).build().await), None);
}
