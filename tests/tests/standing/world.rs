//! A small API whose gate asks others about what it is shown.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, Response, header};
use palisade::{
    access::Decision,
    audit::{Event, Sink},
    auth::{ClientCertificate, Issued, MemoryKeys, Outage, Secret},
    gate::{Channel, GateBuilder},
    policy::Action,
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use serde::Serialize;
use tower::ServiceExt;

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://id.shop.example";
pub(crate) const API: &str = "https://api.shop.example";

/// What a token may be good for.
#[derive(Scopes)]
enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    Read,
    /// Place orders.
    #[secure("orders:write")]
    Write,
}

/// An order.
#[derive(Serialize, Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = 64))]
    owner: String,
}

impl Object for Order {
    type Id = u32;
    type Store = ();

    async fn load(id: u32, (): &()) -> Result<Option<Self>, Outage> {
        Ok(["alice", "bob"].get(id as usize).map(|owner| Self { owner: String::from(*owner) }))
    }

    fn rule(&self, caller: &Caller, _action: Action) -> Decision {
        Decision::allow_if(caller.subject() == self.owner)
    }
}

/// Says that there are orders.
#[secure(get = "/orders", scope = Scope::Read)]
async fn list() -> NoContent {
    NoContent
}

/// Places one.
#[secure(post = "/orders", scope = Scope::Write)]
async fn place() -> NoContent {
    NoContent
}

/// Reads one.
#[secure(get = "/orders/{id}", scope = Scope::Read, object(id: Order))]
async fn read(order: Authorized<Order>) -> Json<Order> {
    Json(order.into_inner())
}

/// Anybody may look.
#[secure(get = "/door", public = "there is nothing behind it")]
async fn door() -> NoContent {
    NoContent
}

/// Orders.
#[secure(title = "Orders", version = "1.0.0", auth(oauth2, api_key(header = "X-Api-Key")), scopes = Scope,
         default(rate = "1000000/min per ip"), endpoints(list, place, read, door))]
struct Orders;

/// An application, its clock, and those who issue credentials for it.
pub(crate) struct World {
    app: Router,
    pub(crate) clock: FakeClock,
    pub(crate) issuer: TestIssuer,
    pub(crate) key: Issued,
    pub(crate) log: Log,
}

/// What the log was told: why, and of whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<&'static str>>>);

impl Sink for Log {
    fn record(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.reason);
    }
}

impl World {
    /// An application that knows an issuer of signed tokens, an API key, and what the gate is told more.
    pub(crate) async fn with(more: impl FnOnce(GateBuilder) -> GateBuilder) -> Self {
        let (issuer, clock, log) = (TestIssuer::new(ISSUER), FakeClock::at(NOW), Log::default());
        let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new([7; 32])).expect("sound keys");
        let key = keys.issue("billing-job").expect("randomness");
        keys.store().put(key.stored.clone().scopes(["orders:read"]));
        let gate = Gate::builder()
            .bearer(issuer.tokens(API))
            .api_keys(keys)
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::sink(log.clone()))
            .clock(clock.clone());
        let app: Router = Orders::router(more(gate).build().await.expect("the gate opens"));
        Self { app, clock, issuer, key, log }
    }

    /// The answer to a request with this token.
    pub(crate) async fn ask(&self, method: &str, path: &str, token: &str) -> Answer {
        self.send(request(method, path).header(header::AUTHORIZATION, format!("Bearer {token}"))).await
    }

    /// The status of a request with this token for what most may do.
    pub(crate) async fn status(&self, token: &str) -> u16 {
        self.ask("GET", "/orders", token).await.status
    }

    /// The status of a request with this token over TLS, with this certificate.
    pub(crate) async fn status_with_certificate(&self, token: &str, der: &[u8]) -> u16 {
        let certificate = Some(ClientCertificate::for_binding(der));
        let request = request("GET", "/orders").header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.send(request.extension(Channel::Tls { certificate })).await.status
    }

    /// The status of a request with the API key.
    pub(crate) async fn status_with_key(&self) -> u16 {
        self.send(request("GET", "/orders").header("x-api-key", self.key.key.expose())).await.status
    }

    /// Why the last request went as it did.
    pub(crate) fn reason(&self) -> &'static str {
        self.log.0.lock().unwrap().last().copied().unwrap_or("nothing was asked")
    }

    async fn send(&self, request: http::request::Builder) -> Answer {
        let request = request.body(Body::empty()).expect("a request");
        let answer = self.app.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        Answer::of(&answer)
    }
}

/// What of an answer matters here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) challenge: String,
    pub(crate) comes_back: bool,
}

impl Answer {
    fn of(answer: &Response<Body>) -> Self {
        let challenges = answer.headers().get_all(header::WWW_AUTHENTICATE).iter();
        Self {
            status: answer.status().as_u16(),
            challenge: challenges.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(", "),
            comes_back: answer.headers().contains_key(header::RETRY_AFTER),
        }
    }
}

fn request(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).extension(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))))
}
