//! When something of ours fails, or the client is gone: nothing is allowed, and the log knows.

use std::{net::SocketAddr, pin::Pin, time::Duration};

use palisade::{
    auth::{ApiKeyStore, MemoryKeys, Outage, Secret, StoredKey},
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use shop::{
    app::{self, App},
    demo,
    deployment::{self, Identities},
    orders::Orders,
};

use crate::{
    client::Ask,
    world::{Log, NOW, World, listen, order, serve, with_partners},
};

#[tokio::test]
async fn without_its_store_the_shop_allows_nothing() {
    let world = World::new().await;
    let own = format!("/v1/orders/{}", world.place("alice").await);
    world.orders.clone().close().await.unwrap();
    world.log.take();
    let good = order().to_string();
    let rows = [
        ("alice", Ask::new("GET", "/v1/orders"), 503),
        ("alice", Ask::new("POST", "/v1/orders").json(good), 503),
        ("alice", Ask::new("GET", &own), 503),
        ("bob", Ask::new("GET", &own), 503),
        ("alice", Ask::new("PATCH", &own).json("{}"), 503),
        ("support", Ask::new("DELETE", &own), 503),
        ("support", Ask::new("GET", "/v1/admin/orders"), 503),
        ("key", Ask::new("GET", "/v1/reports/daily"), 503),
        // What is refused before the store is asked is refused as ever.
        ("anonymous", Ask::new("GET", &own), 401),
        ("reader", Ask::new("DELETE", &own), 403),
        ("stale", Ask::new("DELETE", &own), 401),
        ("alice", Ask::new("POST", "/v1/orders").json("{}"), 422),
        ("anonymous", Ask::new("GET", "/health"), 204),
    ];
    for (who, ask, status) in rows {
        let what = format!("{ask:?} as {who}");
        let answer = world.send(who, ask).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        let event = world.log.only();
        assert_eq!(event.verdict == "error", status == 503, "{what}: {event:?}");
        if status == 503 {
            assert_eq!(answer.problem(), "unavailable", "{what}");
            assert!(answer.header("retry-after").is_some(), "{what}");
            assert!(!answer.body.to_lowercase().contains("sql"), "{what}: {}", answer.body);
        }
    }
}

/// A store that is there and does not answer.
struct Down;

impl palisade::limit::Store for Down {
    fn admit<'a>(
        &'a self,
        _charges: &'a [palisade::limit::Charge<'a>],
        _now: u64,
    ) -> Promise<'a, palisade::limit::Admission, palisade::limit::Outage> {
        Box::pin(async { Err(palisade::limit::Outage::Unavailable) })
    }
}

impl ApiKeyStore for Down {
    fn find<'a>(&'a self, _id: &'a str) -> Promise<'a, Option<StoredKey>, Outage> {
        Box::pin(async { Err(Outage) })
    }
}

type Promise<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

#[tokio::test]
async fn without_its_limiter_the_shop_allows_nothing() {
    let identity = TestIssuer::new("https://id.shop.example");
    let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap();
    let (address, log) = shop(&identity, keys, Limiter::shared(Down)).await;
    let token = identity.token().scope("orders:read").sign(NOW);
    for ask in [Ask::new("GET", "/health"), Ask::new("GET", "/v1/orders").bearer(&token), Ask::new("GET", "/v1/orders")]
    {
        assert_eq!(ask.send(address).await.status, 503, "{ask:?}");
        assert_eq!(log.only().reason, "store_outage");
    }
}

#[tokio::test]
async fn without_its_keys_the_shop_allows_no_machine() {
    let identity = TestIssuer::new("https://id.shop.example");
    let pepper = || Secret::new(vec![7; 32]);
    let key = ApiKeys::new("shop", MemoryKeys::new([]), pepper()).unwrap().issue("a machine").unwrap().key;
    let (address, log) = shop(&identity, ApiKeys::new("shop", Down, pepper()).unwrap(), Limiter::memory()).await;
    for target in ["/v1/reports/daily", "/v1/orders", "/health"] {
        let answer = Ask::new("GET", target).header("x-api-key", key.expose()).send(address).await;
        assert_eq!((answer.status, log.only().reason.as_str()), (503, "store_outage"), "{target}");
    }
    let token = identity.token().scope("orders:read").sign(NOW);
    let answer = Ask::new("GET", "/v1/orders").bearer(&token).send(address).await;
    assert_eq!(answer.status, 200, "tokens need no store: {}", answer.body);
}

/// A store with a mistake in it.
struct Broken;

impl ApiKeyStore for Broken {
    fn find<'a>(&'a self, _id: &'a str) -> Promise<'a, Option<StoredKey>, Outage> {
        panic!("the words of a panic are nobody's business")
    }
}

#[tokio::test]
async fn a_store_that_panics_is_answered_for_and_recorded() {
    let identity = TestIssuer::new("https://id.shop.example");
    let pepper = || Secret::new(vec![7; 32]);
    let key = ApiKeys::new("shop", MemoryKeys::new([]), pepper()).unwrap().issue("a machine").unwrap().key;
    let (address, log) = shop(&identity, ApiKeys::new("shop", Broken, pepper()).unwrap(), Limiter::memory()).await;
    let answer = Ask::new("GET", "/v1/reports/daily").header("x-api-key", key.expose()).send(address).await;
    assert_eq!((answer.status, answer.problem().as_str()), (500, "internal"));
    let event = log.only();
    assert_eq!(
        (event.verdict, event.stage.as_str(), event.reason.as_str(), event.status),
        ("error", "authenticate", "panicked", 500)
    );
}

async fn shop(identity: &TestIssuer, keys: ApiKeys<impl ApiKeyStore>, limiter: Limiter) -> (SocketAddr, Log) {
    let log = Log::default();
    let gate = with_partners(Gate::builder())
        .bearer(identity.tokens(TestIssuer::AUDIENCE))
        .api_keys(keys)
        .limiter(limiter)
        .idempotency(Idempotency::memory())
        .clients(Clients::direct())
        .audit(Audit::sink(log.clone()))
        .clock(FakeClock::at(NOW))
        .build()
        .await
        .unwrap();
    (serve(gate, Orders::in_memory().await.unwrap()).await, log)
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_waited_for_when_the_request_is_refused() {
    let world = World::new().await;
    let own = format!("/v1/orders/{}", world.place("alice").await);
    let endless = |method: &str, target: &str| Ask::new(method, target).json("").endless();
    let rows = [
        ("anonymous", endless("POST", "/v1/orders"), 401),
        ("expired", endless("POST", "/v1/orders"), 401),
        ("reader", endless("POST", "/v1/orders"), 403),
        ("bob", endless("PATCH", &own), 404),
        ("alice", Ask::new("PATCH", &own).endless(), 415),
        ("alice", Ask::new("POST", "/v1/orders").header("idempotency-key", "mugs").endless(), 400),
        ("anonymous", endless("POST", "/nowhere"), 404),
        ("anonymous", endless("PUT", "/v1/orders"), 405),
    ];
    for (who, ask, status) in rows {
        let answer = world.send(who, ask).await;
        assert_eq!(answer.status, status, "{who}: {}", answer.body);
    }
    for _ in 0..60 {
        world.send("bob", Ask::new("POST", "/v1/orders").json("{}")).await;
    }
    assert_eq!(world.send("bob", endless("POST", "/v1/orders")).await.status, 429);
}

#[tokio::test]
async fn without_the_address_of_the_client_nothing_is_allowed() {
    let (log, identities) = (Log::default(), Identities::new().unwrap());
    let token = identities.tokens(NOW)[0].1.clone();
    let clock = FakeClock::at(NOW);
    let gate = deployment::gate(identities, clock, Audit::sink(log.clone())).await.unwrap();
    let (listener, address) = listen().await;
    let orders = Orders::in_memory().await.unwrap();
    let app = app::router(gate, App { orders, document: deployment::document(address) });
    // Plain `axum::serve` hands no addresses on.
    tokio::spawn(async move { axum::serve(listener, app).await });
    for target in ["/health", "/v1/orders"] {
        let answer = Ask::new("GET", target).bearer(&token).send(address).await;
        assert_eq!((answer.status, answer.problem().as_str()), (503, "unavailable"), "{target}");
        let event = log.only();
        assert_eq!(
            (event.verdict, event.stage.as_str(), event.reason.as_str()),
            ("error", "admit", "no_connection_info")
        );
    }
}

#[tokio::test]
async fn the_demonstration_comes_out_as_it_says() {
    let identities = Identities::new().unwrap();
    let tokens = identities.tokens(palisade::Clock::unix_seconds(&palisade::SystemClock));
    let report_key = identities.report_key().to_owned();
    let payments = identities.payment_provider().unwrap();
    let orders = Orders::in_memory().await.unwrap();
    let samples = demo::sample(&orders).await.unwrap();
    let gate = deployment::gate(identities, palisade::SystemClock, Audit::tracing()).await.unwrap();
    let address = serve(gate, orders).await;
    let calls = demo::calls(&tokens, &report_key, &payments, &samples).unwrap();
    let mut told = Vec::new();
    let surprises = demo::show(address, &calls, &mut told).await.unwrap();
    assert_eq!(surprises, 0, "{}", String::from_utf8_lossy(&told));
}

/// Panics, as a handler with a mistake does.
#[secure(get = "/panic", public = "a test")]
async fn panics() -> NoContent {
    panic!("the words of a panic are nobody's business");
}

/// Never answers, as a handler does whose store hangs.
#[secure(get = "/hang", public = "a test")]
async fn hangs() -> NoContent {
    std::future::pending().await
}

#[secure(title = "Troubles", version = "1.0.0", default(rate = "60/min per ip"), endpoints(panics, hangs))]
struct Troubles;

async fn troubles() -> (SocketAddr, Log) {
    let log = Log::default();
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::sink(log.clone()))
        .build()
        .await
        .unwrap();
    let (listener, address) = listen().await;
    tokio::spawn(palisade::axum::serve(listener, Troubles::router(gate), std::future::pending()));
    (address, log)
}

#[tokio::test]
async fn a_handler_that_panics_is_answered_for_and_recorded() {
    let (address, log) = troubles().await;
    let answer = Ask::new("GET", "/panic").send(address).await;
    assert_eq!((answer.status, answer.problem().as_str()), (500, "internal"));
    assert!(!answer.body.contains("business"), "{}", answer.body);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let event = log.only();
    assert_eq!(
        (event.verdict, event.stage.as_str(), event.reason.as_str(), event.status),
        ("error", "handler", "panicked", 500)
    );
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_any_more_is_recorded() {
    let (address, log) = troubles().await;
    Ask::new("GET", "/hang").abandon(address).await;
    let mut events = log.take();
    for _ in 0..100 {
        if !events.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        events = log.take();
    }
    let [event] = &events[..] else { panic!("one event: {events:?}") };
    assert_eq!(
        (event.verdict, event.stage.as_str(), event.reason.as_str(), event.status),
        ("abandoned", "handler", "abandoned", 499)
    );
}
