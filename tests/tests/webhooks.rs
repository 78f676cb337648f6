//! Webhooks over a real socket: who is let in, and that no delivery counts twice.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use http::HeaderMap;
use palisade::{
    audit::{Event, Sink},
    auth::{
        Caller, Mark, MemoryReplays, Reloading, ReplayFault, ReplayStore, Secret, SecretFault, Sighted, WebhookSecrets,
        WebhookSender, Webhooks,
    },
    prelude::*,
    testing::FakeClock,
};
use serde::Deserialize;

#[path = "shop/client.rs"]
#[expect(dead_code, reason = "the shop asks for more")]
mod client;

use client::{Answer, Ask};

const NOW: u64 = 1_800_000_000;
const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW: &str = "whsec_c2VjcmV0LW9mLWEtcm90YXRlZC1lbmRwb2ludA==";

/// How often the handler ran.
#[derive(Debug, Clone, Default)]
struct Till(Arc<AtomicU64>);

/// What was paid.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Payment {
    #[secure(range(min = 1, max = 1_000))]
    amount: u32,
}

/// Takes note of a payment.
#[secure(post = "/hooks/payments", auth = "payments")]
async fn paid(State(till): State<Till>, caller: Caller, Json(payment): Json<Payment>) -> NoContent {
    assert_eq!(caller.principal(), ("urn:palisade:webhook", "payments"));
    till.0.fetch_add(u64::from(payment.amount), Ordering::SeqCst);
    NoContent
}

/// What a webhook may do.
#[derive(Scopes)]
enum Scope {
    #[secure("ledger:close")]
    Close,
}

/// Closes the ledger.
#[secure(post = "/hooks/ledger", auth = "payments", scope = Scope::Close)]
async fn close() -> NoContent {
    NoContent
}

/// Somebody else's payments.
#[secure(
    title = "Hooks",
    version = "1.0.0",
    auth(webhook(name = "payments")),
    scopes = Scope,
    default(rate = "6000/min per ip"),
    endpoints(paid, close)
)]
struct Hooks;

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
    till: Till,
    log: Log,
}

impl World {
    async fn new(webhooks: Webhooks) -> Self {
        let (clock, log, till) = (FakeClock::at(NOW), Log::default(), Till::default());
        let gate = Gate::builder()
            .webhooks("payments", webhooks)
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::sink(log.clone()))
            .clock(clock.clone())
            .build()
            .await
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Hooks::application(gate).with_state(till.clone());
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { address, clock, till, log }
    }

    async fn memory() -> Self {
        Self::new(known(&[OLD]).replays(MemoryReplays::new(1_000))).await
    }

    async fn send(&self, ask: &Ask) -> (Answer, String) {
        let answer = ask.send(self.address).await;
        let line = self.log.0.lock().unwrap().last().cloned().unwrap_or_default();
        (answer, line)
    }

    fn paid(&self) -> u64 {
        self.till.0.load(Ordering::SeqCst)
    }
}

fn known(secrets: &[&str]) -> palisade::auth::WebhooksNeedReplays {
    Webhooks::secrets(WebhookSecrets::new(secrets).unwrap())
}

const BODY: &str = r#"{"amount":5}"#;

fn signed(secrets: &[&str], id: &str, body: &str, now: u64) -> Vec<(String, String)> {
    let mut headers = HeaderMap::new();
    WebhookSender::new(secrets).unwrap().sign(&mut headers, id, body.as_bytes(), now).unwrap();
    headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn ask(target: &str, fields: &[(String, String)], body: &str) -> Ask {
    fields.iter().fold(Ask::new("POST", target), |ask, (name, value)| ask.header(name, value)).json(body)
}

fn hook(id: &str, now: u64) -> Ask {
    ask("/hooks/payments", &signed(&[OLD], id, BODY, now), BODY)
}

#[tokio::test]
async fn a_delivery_counts_once_and_a_later_one_of_the_same_webhook_again() {
    let world = World::memory().await;
    let first = hook("msg_1", NOW);
    let (answer, line) = world.send(&first).await;
    assert_eq!((answer.status, world.paid()), (204, 5), "{line}");
    let (answer, line) = world.send(&first).await;
    assert_eq!((answer.status, line.as_str(), world.paid()), (401, "authenticate replayed 401", 5));
    assert_eq!((world.send(&hook("msg_1", NOW + 5)).await.0.status, world.paid()), (204, 10));
    world.clock.advance(Duration::from_secs(300));
    assert_eq!(world.send(&first).await.1, "authenticate replayed 401");
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.send(&first).await.1, "authenticate too_old 401");
    assert_eq!(world.send(&hook("msg_2", NOW)).await.1, "authenticate too_old 401");
    assert_eq!(world.send(&hook("msg_2", NOW + 602)).await.1, "authenticate not_yet_valid 401");
    assert_eq!(world.paid(), 10);
}

#[tokio::test]
async fn what_its_sender_did_not_sign_is_refused_and_a_refusal_tells_nothing() {
    let world = World::memory().await;
    let good = signed(&[OLD], "msg_1", BODY, NOW);
    let with = |name: &str, value: &str| {
        let mut fields = good.clone();
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    let without = |name: &str| good.iter().filter(|(known, _)| known != name).cloned().collect::<Vec<_>>();
    let twice = [good.clone(), good.clone()].concat();
    #[rustfmt::skip]
    let rows = [
        ("nothing", ask("/hooks/payments", &[], BODY), "no_credential"),
        ("no signature", ask("/hooks/payments", &without("webhook-signature"), BODY), "no_credential"),
        ("no id", ask("/hooks/payments", &without("webhook-id"), BODY), "missing"),
        ("no time", ask("/hooks/payments", &without("webhook-timestamp"), BODY), "missing"),
        ("everything twice", ask("/hooks/payments", &twice, BODY), "malformed"),
        ("another id", ask("/hooks/payments", &with("webhook-id", "msg_2"), BODY), "wrong_signature"),
        ("another time", ask("/hooks/payments", &with("webhook-timestamp", "1800000001"), BODY), "wrong_signature"),
        ("no time at all", ask("/hooks/payments", &with("webhook-timestamp", "now"), BODY), "malformed"),
        ("another way of signing", ask("/hooks/payments", &with("webhook-signature", "v2,AAAA"), BODY), "wrong_signature"),
        ("no way of signing", ask("/hooks/payments", &with("webhook-signature", "AAAA"), BODY), "malformed"),
        ("another body", ask("/hooks/payments", &good, r#"{"amount":6}"#), "wrong_signature"),
        ("another secret", ask("/hooks/payments", &signed(&[NEW], "msg_1", BODY, NOW), BODY), "wrong_signature"),
    ];
    for (what, ask, reason) in rows {
        let (answer, line) = world.send(&ask).await;
        assert_eq!((answer.status, line.as_str()), (401, format!("authenticate {reason} 401").as_str()), "{what}");
        assert_eq!(answer.problem(), "unauthenticated", "{what}");
        assert_eq!(answer.header("www-authenticate"), Some(r#"Webhook realm="Hooks""#), "{what}");
    }
    assert_eq!(world.paid(), 0);
    assert_eq!(world.send(&ask("/hooks/payments", &good, BODY)).await.0.status, 204);
}

#[tokio::test]
async fn a_webhook_may_do_what_its_secrets_carry() {
    let world = World::memory().await;
    let close = |id| ask("/hooks/ledger", &signed(&[OLD], id, "", NOW), "");
    assert_eq!(world.send(&close("msg_1")).await.0.status, 403);
    let trusted = known(&[OLD]).replays(MemoryReplays::new(10)).scopes(["ledger:close"]);
    let world = World::new(trusted).await;
    assert_eq!(world.send(&close("msg_1")).await.0.status, 204);
    // What it does not take, it does not read.
    let fields = signed(&[OLD], "msg_2", BODY, NOW);
    assert_eq!(world.send(&ask("/hooks/ledger", &fields, BODY)).await.0.status, 413);
}

#[tokio::test]
async fn a_secret_is_replaced_while_the_gate_is_open() {
    let current = Arc::new(Mutex::new(String::from(OLD)));
    let source = Arc::clone(&current);
    let secrets = Reloading::read(
        move || {
            let text = source.lock().unwrap().clone().into_bytes();
            async move { Ok::<_, SecretFault>(Secret::new(text)) }
        },
        WebhookSecrets::read,
    );
    let secrets = secrets.await.unwrap();
    let world = World::new(Webhooks::secrets(secrets.clone()).replays(MemoryReplays::new(100))).await;
    let by = |secret: &str, id: &str| ask("/hooks/payments", &signed(&[secret], id, BODY, NOW), BODY);
    assert_eq!(world.send(&by(OLD, "msg_1")).await.0.status, 204);
    assert_eq!(world.send(&by(NEW, "msg_2")).await.0.status, 401);

    *current.lock().unwrap() = format!("{NEW}\n{OLD}\n");
    secrets.reload().await.unwrap();
    assert_eq!(world.send(&by(OLD, "msg_3")).await.0.status, 204);
    assert_eq!(world.send(&by(NEW, "msg_4")).await.0.status, 204);

    *current.lock().unwrap() = format!("{NEW}\n");
    secrets.reload().await.unwrap();
    assert_eq!(world.send(&by(OLD, "msg_5")).await.0.status, 401);
    assert_eq!(world.send(&by(NEW, "msg_6")).await.0.status, 204);
}

struct Down;

impl ReplayStore for Down {
    fn sight<'a>(&'a self, _: &'a Mark, _: u64, _: u64) -> Sighted<'a> {
        Box::pin(async { Err(ReplayFault::Outage) })
    }
}

#[tokio::test]
async fn rule_17_a_store_that_is_full_or_gone_is_503() {
    let worlds = [
        (World::new(known(&[OLD]).replays(Down)).await, "outage"),
        (World::new(known(&[OLD]).replays(MemoryReplays::new(0))).await, "store_full"),
    ];
    for (world, reason) in worlds {
        let (answer, line) = world.send(&hook("msg_1", NOW)).await;
        assert_eq!((answer.status, line, world.paid()), (503, format!("authenticate {reason} 503"), 0));
    }
}

#[tokio::test]
async fn a_gate_without_the_secrets_does_not_open() {
    let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
    let error = gate.build::<Hooks>().await.expect_err("no gate").to_string();
    assert!(error.contains("add `.webhooks(\"payments\", Webhooks::secrets(..).replays(..))`"), "{error}");
}
