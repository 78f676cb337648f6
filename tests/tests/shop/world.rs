//! A shop of its own for each test, with a clock that the test moves and an audit log that it reads.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use palisade::{
    audit::{Audit, Event, Sink},
    auth::{Certificates, MemoryReplays, WebhookSecrets, WebhookSender, Webhooks},
    gate::{Gate, GateBuilder},
    testing::{FakeClock, TestIssuer},
};
use serde_json::{Value, json};
use shop::{
    app::{self, App},
    deployment::{self, Identities},
    orders::Orders,
    policy::Shop,
};
use tokio::net::TcpListener;

use crate::client::{Answer, Ask};

pub(crate) const NOW: u64 = 1_800_000_000;

/// A running shop.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    pub(crate) clock: FakeClock,
    pub(crate) log: Log,
    pub(crate) orders: Orders,
    tokens: Vec<(&'static str, String)>,
    report_key: String,
    pub(crate) payments: WebhookSender,
    asked: AtomicU64,
}

/// What the audit log was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) verdict: &'static str,
    pub(crate) stage: String,
    pub(crate) reason: String,
    pub(crate) policy: String,
    pub(crate) method: String,
    pub(crate) route: String,
    pub(crate) caller: Option<String>,
    pub(crate) authenticated_by: Option<String>,
    pub(crate) status: u16,
    /// Everything there is, as text.
    pub(crate) whole: String,
}

/// An audit log that keeps its entries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Entry>>>);

impl Sink for Log {
    fn record(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(Entry {
            verdict: event.verdict.name(),
            stage: event.stage.into(),
            reason: event.reason.into(),
            policy: event.policy.into(),
            method: event.method.into(),
            route: event.route.into(),
            caller: event.caller.map(Into::into),
            authenticated_by: event.authenticated_by.map(Into::into),
            status: event.status,
            whole: format!("{event:?}"),
        });
    }
}

impl Log {
    /// The entries since it was last read.
    pub(crate) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// The only entry since it was last read.
    pub(crate) fn only(&self) -> Entry {
        let mut entries = self.take();
        assert_eq!(entries.len(), 1, "one event for one request: {entries:#?}");
        entries.remove(0)
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let (clock, log) = (FakeClock::at(NOW), Log::default());
        let identities = Identities::new().unwrap();
        let mut tokens = Vec::from(identities.tokens(NOW));
        // The same name and the same kid, another key.
        let stranger = TestIssuer::new("https://id.shop.example");
        let forged = stranger.token().subject("alice").role("support").scope("orders:read orders:write admin:orders");
        tokens.push(("forged", forged.authenticated(0).sign(NOW)));
        let report_key = identities.report_key().to_owned();
        let payments = identities.payment_provider().unwrap();
        let gate = deployment::gate(identities, clock.clone(), Audit::sink(log.clone())).await.unwrap();
        let orders = Orders::in_memory().await.unwrap();
        let address = serve(gate, orders.clone()).await;
        Self { address, clock, log, orders, tokens, report_key, payments, asked: AtomicU64::new(0) }
    }

    /// The token of a person of the demonstration, or `forged`.
    pub(crate) fn token(&self, name: &str) -> &str {
        let found = self.tokens.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("no token of `{name}`")).1
    }

    /// The request with the credential of `who`.
    pub(crate) fn sign(&self, ask: Ask, who: &str) -> Ask {
        let wrong_key = self.report_key.chars().rev().collect::<String>();
        match who {
            "anonymous" => ask,
            "key" => ask.header("x-api-key", &self.report_key),
            "forged key" => ask.header("x-api-key", &wrong_key),
            "token and key" => ask.bearer(self.token("alice")).header("x-api-key", &self.report_key),
            person => ask.bearer(self.token(person)),
        }
    }

    /// Sends `ask` as `who`. What places an order and says no key has one of its own, as it is new.
    pub(crate) async fn send(&self, who: &str, ask: Ask) -> Answer {
        let ask = match ask.is("POST", "/v1/orders") && !ask.has("idempotency-key") {
            true => ask.header("idempotency-key", &format!("\"{}\"", self.asked.fetch_add(1, Ordering::Relaxed))),
            false => ask,
        };
        self.sign(ask, who).send(self.address).await
    }

    /// Places a good order as `who`: its id.
    pub(crate) async fn place(&self, who: &str) -> String {
        let answer = self.send(who, Ask::new("POST", "/v1/orders").json(order().to_string())).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["id"].as_str().expect("an id").to_owned()
    }
}

/// Knows a payment provider and a warehouse, of which the test says nothing.
pub(crate) fn with_partners(gate: GateBuilder) -> GateBuilder {
    let secrets = WebhookSecrets::new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]).unwrap();
    gate.webhooks("payments", Webhooks::secrets(secrets).replays(MemoryReplays::new(100)))
        .certificates(Certificates::spiffe("shop.example").callers(|_| None))
}

/// A shop behind this gate, on a port of its own.
pub(crate) async fn serve(gate: Gate<Shop>, orders: Orders) -> SocketAddr {
    let (listener, address) = listen().await;
    let app = app::router(gate, App { orders, document: deployment::document(address) });
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
    address
}

/// A port that is free.
pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A good order.
pub(crate) fn order() -> Value {
    json!({
        "title": "Two mugs", "sku": "MUG-0007", "quantity": 2, "contact": "bob@example.org", "note": "ring twice",
        "tags": ["kitchen", "gift"],
        "shipTo": {
            "name": "Bob", "street": "2 Main Street", "city": "Springfield", "postalCode": "12345", "country": "US"
        },
    })
}

/// A good order, with `value` at the place `pointer`, which may be a new one.
pub(crate) fn order_with(pointer: &str, value: Value) -> Value {
    let mut order = order();
    match order.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
            order.pointer_mut(parent).expect("a parent")[name] = value;
        }
    }
    order
}
