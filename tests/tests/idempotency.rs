//! A request that is sent again, over a real socket: it is carried out once, and answered as it was the first time.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use palisade::{
    Outage,
    audit::{Event, Sink},
    idempotency::{Capacity, Claim, Claimed, KeptAnswer, Promise, Slot, Sqlite, Store, Ticket},
    openapi::Operation,
    prelude::*,
    respond::{Answer, Body, Broken, Recipient, Respond},
    testing::{FakeClock, TestIssuer},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[path = "shop/client.rs"]
#[expect(dead_code, reason = "the shop asks for more")]
mod client;

use client::Ask;

const NOW: u64 = 1_800_000_000;

/// How often handlers ran.
#[derive(Debug, Clone, Default)]
struct Till(Arc<AtomicU64>);

/// What becomes of a payment.
#[derive(Debug, Clone, Copy, Deserialize, Secure)]
#[serde(rename_all = "lowercase")]
enum Fate {
    Paid,
    Slow,
    Declined,
    Failed,
    Panicked,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Payment {
    #[secure(range(min = 1, max = 1_000))]
    amount: u32,
    fate: Fate,
}

#[derive(Debug, Serialize, Secure)]
#[secure(output)]
struct Receipt {
    number: u64,
    amount: u32,
}

async fn charge(till: &Till, payment: &Payment) -> Result<Created<Json<Receipt>>, Problem> {
    let number = till.0.fetch_add(1, Ordering::SeqCst) + 1;
    match payment.fate {
        Fate::Paid => {}
        Fate::Slow => tokio::time::sleep(Duration::from_millis(300)).await,
        Fate::Declined => return Err(Problem::conflict("the card is declined")),
        Fate::Failed => return Err(Problem::unavailable()),
        Fate::Panicked => panic!("a handler with a mistake in it"),
    }
    Ok(Created::at(format!("/payments/{number}"), Json(Receipt { number, amount: payment.amount })))
}

/// Pays.
#[secure(post = "/payments", auth = "oauth2", idempotent)]
async fn pay(State(till): State<Till>, Json(payment): Json<Payment>) -> Result<Created<Json<Receipt>>, Problem> {
    charge(&till, &payment).await
}

/// Pays back.
#[secure(post = "/refunds", auth = "oauth2", idempotent(keep = minutes(2)))]
async fn refund(State(till): State<Till>, Json(payment): Json<Payment>) -> Result<Created<Json<Receipt>>, Problem> {
    charge(&till, &payment).await
}

/// Empties the till, and answers with nothing.
#[secure(delete = "/payments", auth = "oauth2", idempotent)]
async fn empty(State(till): State<Till>) -> NoContent {
    till.0.fetch_add(1, Ordering::SeqCst);
    NoContent
}

/// What a token may be good for.
#[derive(Scopes)]
enum Scope {
    #[secure("margins")]
    Margins,
}

#[derive(Debug, Serialize, Secure)]
#[secure(output)]
struct Sale {
    number: u64,
    #[secure(visible(allow = scope(Scope::Margins) && fresh(minutes(15))))]
    margin: u32,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Terms {
    #[serde(rename = "X-Price")]
    price: u32,
}

/// Buys at the price that a header field says.
#[secure(post = "/purchases", auth = "oauth2", idempotent)]
async fn buy(State(till): State<Till>, Headers(terms): Headers<Terms>) -> Json<Receipt> {
    Json(Receipt { number: till.0.fetch_add(1, Ordering::SeqCst) + 1, amount: terms.price })
}

/// Sells.
#[secure(post = "/sales", auth = "oauth2", idempotent)]
async fn sell(State(till): State<Till>) -> Json<Sale> {
    Json(Sale { number: till.0.fetch_add(1, Ordering::SeqCst) + 1, margin: 42 })
}

/// A body that is made while it is sent.
struct Ticker;

impl Respond for Ticker {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        let ticks = http_body_util::combinators::UnsyncBoxBody::new(http_body_util::Full::from("tick"));
        let ticks =
            http_body_util::BodyExt::map_err(ticks, |never: std::convert::Infallible| -> Broken { match never {} });
        Answer::new(Body::Stream(Box::pin(ticks)))
    }

    fn document(operation: &mut Operation) {
        operation.empty_answer(http::StatusCode::OK);
    }
}

/// Ticks.
#[secure(post = "/ticks", auth = "oauth2", idempotent)]
async fn tick(State(till): State<Till>) -> Ticker {
    till.0.fetch_add(1, Ordering::SeqCst);
    Ticker
}

#[secure(
    title = "Payments",
    version = "1.0.0",
    auth(oauth2),
    scopes = Scope,
    default(rate = "6000/min per ip"),
    endpoints(pay, refund, empty, buy, sell, tick)
)]
struct Payments;

/// What the audit log was told: verdict, stage, reason and status.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Sink for Log {
    fn record(&self, event: &Event<'_>) {
        let line = format!("{} {} {} {}", event.verdict.name(), event.stage, event.reason, event.status);
        self.0.lock().unwrap().push(line);
    }
}

impl Log {
    fn last(&self) -> String {
        self.0.lock().unwrap().last().cloned().unwrap_or_default()
    }
}

struct World {
    address: SocketAddr,
    clock: FakeClock,
    till: Till,
    log: Log,
    issuer: TestIssuer,
}

impl World {
    async fn new(idempotency: Idempotency) -> Self {
        let (clock, log, till) = (FakeClock::at(NOW), Log::default(), Till::default());
        let issuer = TestIssuer::new("https://id.pay.example");
        let gate = Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .limiter(Limiter::memory())
            .idempotency(idempotency)
            .clients(Clients::direct())
            .audit(Audit::sink(log.clone()))
            .clock(clock.clone())
            .build()
            .await
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Payments::application(gate).with_state(till.clone());
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { address, clock, till, log, issuer }
    }

    fn runs(&self) -> u64 {
        self.till.0.load(Ordering::SeqCst)
    }

    fn sign(&self, who: &str, ask: Ask) -> Ask {
        ask.bearer(&self.issuer.token().subject(who).expires_in(100_000).sign(NOW))
    }

    async fn send(&self, who: &str, ask: Ask) -> client::Answer {
        self.sign(who, ask).send(self.address).await
    }
}

fn ask(target: &str, key: &str, amount: u32, fate: &str) -> Ask {
    let ask = Ask::new("POST", target).json(json!({ "amount": amount, "fate": fate }).to_string());
    ask.header("idempotency-key", &format!("\"{key}\""))
}

fn pay_once(key: &str) -> Ask {
    ask("/payments", key, 5, "paid")
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_caller_to_one_endpoint() {
    let world = World::new(Idempotency::memory()).await;
    let pays = |key, amount, fate| ask("/payments", key, amount, fate);
    let bare = || Ask::new("POST", "/payments").json(r#"{"amount":5,"fate":"paid"}"#);
    let keyed = |value: &str| bare().header("idempotency-key", value);
    let long = format!("\"{}\"", "k".repeat(256));
    // Who, what; status, problem or receipt, how often handlers ran by then, and what the log says.
    #[rustfmt::skip]
    let rows = [
        ("alice", pays("a", 5, "paid"), 201, "1", 1, "allow respond ok 201"),
        ("alice", pays("a", 5, "paid"), 201, "1", 1, "allow respond replayed 201"),
        ("alice", pays("a", 6, "paid"), 422, "idempotency-key-reused", 1, "deny idempotency idempotency_key_reused 422"),
        ("alice", pays("b", 5, "paid"), 201, "2", 2, "allow respond ok 201"),
        ("bob", pays("a", 6, "paid"), 201, "3", 3, "allow respond ok 201"),
        ("alice", ask("/refunds", "a", 5, "paid"), 201, "4", 4, "allow respond ok 201"),
        ("alice", pays("a", 5, "paid"), 201, "1", 4, "allow respond replayed 201"),
        ("alice", bare(), 400, "idempotency-key", 4, "deny idempotency no_idempotency_key 400"),
        ("alice", keyed("a"), 400, "idempotency-key", 4, "deny idempotency malformed_idempotency_key 400"),
        ("alice", keyed("\"\""), 400, "idempotency-key", 4, "deny idempotency malformed_idempotency_key 400"),
        ("alice", keyed(&long), 400, "idempotency-key", 4, "deny idempotency malformed_idempotency_key 400"),
        ("alice", keyed("\"a\"").header("idempotency-key", "\"a\""), 400, "idempotency-key", 4, "deny idempotency malformed_idempotency_key 400"),
        // What the handler says no to is an answer like another.
        ("alice", pays("c", 5, "declined"), 409, "conflict", 5, "allow respond ok 409"),
        ("alice", pays("c", 5, "declined"), 409, "conflict", 5, "allow respond replayed 409"),
        // What fails, or never comes to the handler, gives the key back.
        ("alice", pays("d", 5, "failed"), 503, "unavailable", 6, "error respond handler_error 503"),
        ("alice", pays("d", 5, "failed"), 503, "unavailable", 7, "error respond handler_error 503"),
        ("alice", pays("d", 5, "panicked"), 500, "internal", 8, "error handler panicked 500"),
        ("alice", pays("d", 0, "paid"), 422, "validation", 8, "deny input invalid 422"),
        ("alice", pays("d", 5, "paid").header("x", "y"), 201, "9", 9, "allow respond ok 201"),
        ("alice", pays("d", 5, "paid"), 201, "9", 9, "allow respond replayed 201"),
        // The same text as another type of content is another request.
        ("alice", Ask::new("POST", "/payments").header("content-type", "application/json; charset=utf-8")
            .header("idempotency-key", "\"a\"").body(r#"{"amount":5,"fate":"paid"}"#), 422, "idempotency-key-reused", 9,
            "deny idempotency idempotency_key_reused 422"),
        ("alice", pays("e", 5, "paid").chunked(), 201, "10", 10, "allow respond ok 201"),
        ("alice", Ask::new("POST", "/payments").json("x".repeat(100_000)).header("idempotency-key", "\"f\"").chunked(),
            413, "too-large", 10, "deny idempotency too_large 413"),
        // A stream cannot be kept, so it is no answer.
        ("alice", Ask::new("POST", "/ticks").header("idempotency-key", "\"a\""), 500, "internal", 11, "error handler streamed_answer 500"),
    ];
    for (who, ask, status, expected, runs, logged) in rows {
        let what = format!("{ask:?} as {who}");
        let answer = world.send(who, ask).await;
        assert_eq!((answer.status, world.runs()), (status, runs), "{what}: {}", answer.body);
        let found = if status == 201 { answer.json()["number"].to_string() } else { answer.problem() };
        assert_eq!(found, expected, "{what}");
        assert_eq!(world.log.last(), logged, "{what}");
        let replayed = logged.contains("replayed").then_some("true");
        assert_eq!(answer.header("idempotent-replayed"), replayed, "{what}");
        if status == 201 {
            assert_eq!(answer.header("location"), Some(format!("/payments/{expected}").as_str()), "{what}");
            assert_eq!(answer.header("content-type"), Some("application/json"), "{what}");
        }
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}: the gate adds its own");
    }
}

#[tokio::test]
async fn a_header_field_that_is_read_makes_another_request() {
    let world = World::new(Idempotency::memory()).await;
    let buy = |price: &str, trace: &str| {
        let ask = Ask::new("POST", "/purchases").header("idempotency-key", "\"a\"");
        ask.header("x-price", price).header("x-trace", trace)
    };
    for (price, trace, status) in [("5", "a", 200), ("5", "b", 200), ("6", "a", 422)] {
        assert_eq!(world.send("alice", buy(price, trace)).await.status, status, "{price} {trace}");
    }
    assert_eq!(world.runs(), 1);
}

#[tokio::test]
async fn an_answer_without_a_body_is_kept_too() {
    let world = World::new(Idempotency::memory()).await;
    for replayed in [None, Some("true")] {
        let answer = world.send("alice", Ask::new("DELETE", "/payments").header("idempotency-key", "\"a\"")).await;
        assert_eq!((answer.status, world.runs()), (204, 1));
        assert_eq!(answer.header("idempotent-replayed"), replayed);
    }
}

#[tokio::test]
async fn of_fifty_at_once_one_is_carried_out() {
    let (file, world) = {
        let file = File::new("fifty");
        let store = Sqlite::open(&file.0).await.unwrap();
        (file, World::new(Idempotency::shared(store)).await)
    };
    for world in [World::new(Idempotency::memory()).await, world] {
        let world = Arc::new(world);
        let asked: Vec<_> = (0..50)
            .map(|_| {
                let world = Arc::clone(&world);
                tokio::spawn(async move { world.send("alice", ask("/payments", "a", 5, "slow")).await })
            })
            .collect();
        let mut answered = 0;
        for asked in asked {
            let answer = asked.await.unwrap();
            match answer.status {
                201 => answered += 1,
                409 => {
                    assert_eq!(answer.problem(), "still-running");
                    assert_eq!(answer.header("retry-after"), Some("1"));
                }
                other => panic!("{other}: {}", answer.body),
            }
        }
        assert!(1 <= answered);
        let last = world.send("alice", ask("/payments", "a", 5, "slow")).await;
        assert_eq!((last.status, last.header("idempotent-replayed"), world.runs()), (201, Some("true"), 1));
    }
    drop(file);
}

#[tokio::test]
async fn a_client_that_goes_away_finds_its_answer_when_it_comes_back() {
    let world = World::new(Idempotency::memory()).await;
    let slow = || ask("/payments", "a", 5, "slow");
    world.sign("alice", slow()).abandon(world.address).await;
    let mut answer = world.send("alice", slow()).await;
    for _ in 0..100 {
        if answer.status != 409 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = world.send("alice", slow()).await;
    }
    assert_eq!((answer.status, answer.header("idempotent-replayed"), world.runs()), (201, Some("true"), 1));
}

#[tokio::test]
async fn an_answer_is_kept_for_as_long_as_it_says() {
    let world = World::new(Idempotency::memory()).await;
    let seconds = |seconds| world.clock.advance(Duration::from_secs(seconds));
    let refund = || ask("/refunds", "a", 5, "paid");
    for (wait, target, runs) in [(0, refund(), 1), (0, pay_once("a"), 2), (119, refund(), 2), (1, refund(), 3)] {
        seconds(wait);
        assert_eq!((world.send("alice", target).await.status, world.runs()), (201, runs), "after {wait} s more");
    }
    seconds(86_400 - 121);
    assert_eq!((world.send("alice", pay_once("a")).await.status, world.runs()), (201, 3));
    seconds(1);
    assert_eq!((world.send("alice", pay_once("a")).await.status, world.runs()), (201, 4));
}

/// A database of its own, which is gone with it.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let file = Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("idempotency_{name}.db")));
        file.remove();
        file
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}

#[tokio::test]
async fn what_is_in_a_file_survives_a_restart() {
    let file = File::new("restart");
    let store = Sqlite::open(&file.0).await.unwrap();
    let before = World::new(Idempotency::shared(store.clone())).await;
    let first = before.send("alice", pay_once("a")).await;
    assert_eq!((first.status, before.runs()), (201, 1));
    store.close().await.unwrap();
    let closed = before.send("alice", pay_once("a")).await;
    assert_eq!(
        (closed.status, before.runs(), before.log.last().as_str()),
        (503, 1, "error idempotency store_outage 503")
    );

    let after = World::new(Idempotency::shared(Sqlite::open(&file.0).await.unwrap())).await;
    let again = after.send("alice", pay_once("a")).await;
    assert_eq!((again.status, again.body, after.runs()), (201, first.body, 0));
    assert_eq!(after.send("bob", pay_once("a")).await.status, 201);
    assert_eq!(after.runs(), 1);
}

#[tokio::test]
async fn a_store_without_room_forgets_nothing_and_refuses() {
    let world = World::new(Idempotency::memory_with(Capacity { keys: 2, bytes: 1 << 20 }).unwrap()).await;
    for (key, status) in [("a", 201), ("b", 201), ("c", 503), ("a", 201), ("b", 201), ("c", 503)] {
        let answer = world.send("alice", pay_once(key)).await;
        assert_eq!((answer.status, answer.header("retry-after").is_some()), (status, status == 503), "{key}");
    }
    assert_eq!((world.runs(), world.log.last().as_str()), (2, "error idempotency store_full 503"));
    world.clock.advance(Duration::from_secs(86_400));
    assert_eq!((world.send("alice", pay_once("c")).await.status, world.runs()), (201, 3));
}

/// A store that fails at one of its steps.
struct Failing {
    at_claim: bool,
}

impl Store for Failing {
    fn claim<'a>(&'a self, _claim: &'a Claim) -> Promise<'a, Claimed> {
        Box::pin(async { if self.at_claim { Err(Outage) } else { Ok(Claimed::Granted(Ticket::new(1))) } })
    }

    fn keep<'a>(&'a self, _slot: &'a Slot, _ticket: Ticket, _answer: &'a KeptAnswer, _until: u64) -> Promise<'a, ()> {
        Box::pin(async { Err(Outage) })
    }

    fn release<'a>(&'a self, _slot: &'a Slot, _ticket: Ticket) -> Promise<'a, ()> {
        Box::pin(async { Err(Outage) })
    }
}

#[tokio::test]
async fn without_its_store_nothing_is_carried_out() {
    let world = World::new(Idempotency::shared(Failing { at_claim: true })).await;
    let answer = world.send("alice", pay_once("a")).await;
    assert_eq!((answer.status, answer.problem().as_str(), world.runs()), (503, "unavailable", 0));
    assert!(answer.header("retry-after").is_some());
    assert_eq!(world.log.last(), "error idempotency store_outage 503");
}

#[tokio::test]
async fn what_was_carried_out_is_not_denied_when_it_cannot_be_kept() {
    let world = World::new(Idempotency::shared(Failing { at_claim: false })).await;
    assert_eq!((world.send("alice", pay_once("a")).await.status, world.runs()), (201, 1));
    let invalid = world.send("alice", ask("/payments", "a", 0, "paid")).await;
    assert_eq!((invalid.status, world.runs()), (422, 1));
}

#[tokio::test]
async fn who_sees_less_than_they_saw_does_not_get_the_answer_again() {
    let world = World::new(Idempotency::memory()).await;
    let sell = |scope: &str, login, key: &str| {
        let token = world.issuer.token().subject("alice").scope(scope).authenticated(login).expires_in(100_000);
        Ask::new("POST", "/sales").header("idempotency-key", key).bearer(&token.sign(NOW))
    };
    let (margin, none) = (r#"{"number":1,"margin":42}"#, r#"{"number":2}"#);
    #[rustfmt::skip]
    let rows = [
        ("margins", 60, "\"a\"", 200, margin),
        ("margins", 60, "\"a\"", 200, margin),
        ("", 60, "\"a\"", 403, ""),
        ("margins", 3_600, "\"a\"", 403, ""),
        ("", 60, "\"b\"", 200, none),
        // Who sees more by now is told what they were told.
        ("margins", 60, "\"b\"", 200, none),
    ];
    for (scope, login, key, status, body) in rows {
        let answer = sell(scope, login, key).send(world.address).await;
        assert_eq!(answer.status, status, "{scope} {login} {key}: {}", answer.body);
        assert!(answer.header("palisade-sight").is_none());
        if status == 200 {
            assert_eq!(answer.body, body, "{scope} {login} {key}");
        } else {
            assert!(!answer.body.contains("42"), "{}", answer.body);
            assert_eq!(world.log.last(), "deny idempotency forbidden 403");
        }
    }
    assert_eq!(world.runs(), 2);
    let document = Payments::openapi(&Deployment::at("https://pay.example")).to_value();
    let says = |path: &str| document["paths"][path]["post"]["responses"].get("403").is_some();
    assert!(says("/sales") && !says("/payments"));
}

#[tokio::test]
async fn who_may_not_call_does_not_learn_what_was_answered() {
    let world = World::new(Idempotency::memory()).await;
    assert_eq!(world.send("alice", pay_once("a")).await.status, 201);
    let nobody = pay_once("a").send(world.address).await;
    assert_eq!((nobody.status, world.log.last().as_str()), (401, "deny authenticate no_credential 401"));
    // Nor is a key, or a body, looked at before the caller is known.
    let endless = Ask::new("POST", "/payments").json("").endless().send(world.address).await;
    assert_eq!(endless.status, 401);
}
