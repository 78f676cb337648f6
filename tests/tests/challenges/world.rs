//! An API that asks for everything a client can be challenged for, and a client of it.

use std::{future::ready, net::SocketAddr};

use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use http::{Method, Request};
use http_body_util::BodyExt;
use palisade::{
    auth::{Algorithm, ApiKeys, Dpop, Mark, MemoryKeys, MemoryReplays, ReplayFault, ReplayStore, Secret, Sighted},
    gate::GateBuilder,
    prelude::*,
    testing::{FakeClock, ProofKey, TestIssuer},
};
use serde_json::Value;
use tower::ServiceExt;

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://id.shop.example";
pub(crate) const ORIGIN: &str = "https://api.shop.example";

#[derive(Scopes)]
enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    Read,
    /// Write orders.
    #[secure("orders:write")]
    Write,
}

#[derive(Roles)]
enum Role {
    /// Works here.
    #[secure("staff")]
    Staff,
}

#[secure(get = "/orders", scope = Scope::Read)]
async fn orders() -> NoContent {
    NoContent
}

#[secure(post = "/orders", scope = Scope::Write)]
async fn place_order() -> NoContent {
    NoContent
}

#[secure(get = "/keys", auth = "api_key")]
async fn keys() -> NoContent {
    NoContent
}

#[secure(get = "/staff", role = Role::Staff)]
async fn staff() -> NoContent {
    NoContent
}

#[secure(get = "/fresh", fresh = minutes(5))]
async fn fresh_login() -> NoContent {
    NoContent
}

#[secure(get = "/gold", acr = "urn:gold")]
async fn gold() -> NoContent {
    NoContent
}

#[secure(get = "/mfa", mfa)]
async fn several_factors() -> NoContent {
    NoContent
}

#[secure(get = "/either", allow = scope(Scope::Read) && (fresh(minutes(5)) || acr("urn:gold")))]
async fn either() -> NoContent {
    NoContent
}

#[secure(get = "/both", allow = fresh(minutes(5)) && acr("urn:silver"))]
async fn both() -> NoContent {
    NoContent
}

#[secure(get = "/bound", sender_constrained)]
async fn bound() -> NoContent {
    NoContent
}

#[secure(get = "/open", public = "a test")]
async fn open() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", auth(oauth2, api_key), scopes = Scope, roles = Role,
         default(rate = "1000000/min per ip"),
         endpoints(orders, place_order, keys, staff, fresh_login, gold, several_factors, either, both, bound, open))]
struct Shop;

/// Says nothing but its fault.
struct Failing(ReplayFault);

impl ReplayStore for Failing {
    fn sight<'a>(&'a self, _mark: &'a Mark, _now: u64, _until: u64) -> Sighted<'a> {
        Box::pin(ready(Err(self.0)))
    }
}

pub(crate) struct World {
    app: Router,
    pub(crate) clock: FakeClock,
    pub(crate) id: TestIssuer,
    pub(crate) key: ProofKey,
    pub(crate) api_key: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::open(dpop(MemoryReplays::new(1_000))).await
    }

    pub(crate) async fn with_nonces() -> Self {
        Self::open(dpop(MemoryReplays::new(1_000)).require_nonces(Secret::new(vec![7; 32]))).await
    }

    pub(crate) async fn failing(fault: ReplayFault) -> Self {
        Self::open(dpop(Failing(fault))).await
    }

    /// What a gate without a public origin says.
    pub(crate) async fn without_origin() -> Result<(), String> {
        start(plain().dpop(dpop(MemoryReplays::new(1)))).await
    }

    /// What a gate with this origin says.
    pub(crate) async fn at(origin: &str) -> Result<(), String> {
        start(plain().dpop(dpop(MemoryReplays::new(1))).public_origin(origin)).await
    }

    /// What a gate says whose key for nonces could be guessed.
    pub(crate) async fn with_short_nonce_key() -> Result<(), String> {
        let dpop = dpop(MemoryReplays::new(1)).require_nonces(Secret::new(vec![7; 31]));
        start(plain().dpop(dpop).public_origin(ORIGIN)).await
    }

    async fn open(dpop: Dpop) -> Self {
        let (id, clock, key) = (TestIssuer::new(ISSUER), FakeClock::at(NOW), ProofKey::new());
        let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).expect("sound keys");
        let issued = keys.issue("job").expect("a key");
        let api_key = issued.key.expose().clone();
        keys.store().put(issued.stored.scopes(["orders:read"]));
        let builder = builder(&id, &clock).api_keys(keys).dpop(dpop).public_origin(ORIGIN);
        let gate = builder.resource_documentation("https://docs.shop.example").build().await;
        let app: Router = Shop::application(gate.expect("the gate opens"));
        Self { app: app.with_state(()), clock, id, key, api_key }
    }

    /// A good token that is bound to the client's key.
    pub(crate) fn bound(&self) -> String {
        self.id.token().scope("orders:read").expires_in(600).claim("cnf", self.key.confirmation()).sign(NOW)
    }

    /// A good proof.
    pub(crate) fn proof(&self, method: &str, path: &str, token: &str) -> String {
        self.key.proof(method, &format!("{ORIGIN}{path}"), token).sign(NOW)
    }

    pub(crate) async fn send(&self, sent: Sent<'_>) -> Response {
        // `Host` is the client's word, and says nothing.
        let mut request = Request::builder().method(sent.method).uri(sent.path).header("host", "shop.internal");
        for (name, value) in &sent.headers {
            request = request.header(*name, value);
        }
        if let Some(tag) = sent.if_none_match {
            request = request.header("if-none-match", tag);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))));
        self.app.clone().oneshot(request).await.unwrap_or_else(|never| match never {})
    }
}

/// A request without a body.
#[derive(Debug, Clone)]
pub(crate) struct Sent<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) if_none_match: Option<&'a str>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl<'a> Sent<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self { method: Method::GET, path, if_none_match: None, headers: Vec::new() }
    }

    pub(crate) fn token(self, scheme: &str, token: &str) -> Self {
        self.with("authorization", format!("{scheme} {token}"))
    }

    pub(crate) fn proof(self, proof: &str) -> Self {
        self.with("dpop", proof.to_owned())
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.with("x-api-key", key.to_owned())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

pub(crate) async fn text(answer: Response) -> String {
    let body = answer.into_body().collect().await.expect("a whole body").to_bytes();
    String::from_utf8(body.to_vec()).expect("a text")
}

pub(crate) async fn json(answer: Response) -> Value {
    serde_json::from_str(&text(answer).await).expect("JSON")
}

fn dpop(replays: impl ReplayStore) -> Dpop {
    Dpop::new(replays).algorithms([Algorithm::Es256, Algorithm::EdDsa])
}

/// A gate with all but keys and proofs.
fn builder(id: &TestIssuer, clock: &FakeClock) -> GateBuilder {
    let tokens = id.tokens(TestIssuer::AUDIENCE);
    let tokens = tokens.acr_levels(["urn:silver", "urn:gold"]).multi_factor_acr(["urn:gold"]);
    Gate::builder()
        .bearer(tokens)
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .clock(clock.clone())
}

/// A gate that lacks no more than what a test says.
fn plain() -> GateBuilder {
    let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).expect("sound keys");
    builder(&TestIssuer::new(ISSUER), &FakeClock::at(NOW)).api_keys(keys)
}

/// What the gate says at its start.
async fn start(builder: GateBuilder) -> Result<(), String> {
    builder.build::<Shop>().await.map(|_gate| ()).map_err(|error| error.to_string())
}
