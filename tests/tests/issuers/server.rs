//! An issuer on loopback: metadata and keys over a real connection, which a test delays, breaks and rotates.

use std::{
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use palisade::{auth::Algorithm, testing::TestIssuer};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

/// An issuer that serves until it is dropped.
pub(crate) struct Server {
    /// Its identifier.
    pub(crate) issuer: String,
    pub(crate) answers: Answers,
    task: JoinHandle<()>,
}

/// What it answers, and how often it was asked.
#[derive(Clone)]
pub(crate) struct Answers(Arc<Mutex<Inner>>);

pub(crate) struct Inner {
    pub(crate) metadata: Value,
    pub(crate) keys: Value,
    pub(crate) status: u16,
    pub(crate) delay: Duration,
    pub(crate) location: Option<String>,
    pub(crate) cache_control: Option<&'static str>,
    /// Bytes of nothing behind the keys.
    pub(crate) padding: usize,
    pub(crate) fetches: usize,
    pub(crate) metadata_reads: usize,
}

impl Server {
    /// A server without keys yet.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let answers = Answers(Arc::new(Mutex::new(Inner {
            metadata: json!({"issuer": issuer, "jwks_uri": format!("{issuer}/jwks")}),
            keys: json!({"keys": []}),
            status: 200,
            delay: Duration::ZERO,
            location: None,
            cache_control: None,
            padding: 0,
            fetches: 0,
            metadata_reads: 0,
        })));
        let app = Router::new()
            .route("/.well-known/oauth-authorization-server", get(metadata))
            .route("/jwks", get(jwks))
            .with_state(answers.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("the issuer serves") });
        Self { issuer, answers, task }
    }

    /// Stops it: connections are refused from then on.
    pub(crate) async fn stop(&self) {
        self.task.abort();
        let address = self.issuer.trim_start_matches("http://");
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    /// Signs as this issuer, with keys of its own.
    pub(crate) fn signer(&self) -> TestIssuer {
        TestIssuer::new(self.issuer.as_str())
    }

    /// Publishes exactly these keys, under these names.
    pub(crate) fn publish(&self, keys: &[(&TestIssuer, &str)]) {
        let keys: Vec<Value> = keys.iter().map(|(signer, kid)| jwk(signer, kid)).collect();
        self.inner().keys = json!({ "keys": keys });
    }

    /// Everything it answers by.
    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.answers.inner()
    }

    /// How often the keys were fetched.
    pub(crate) fn fetches(&self) -> usize {
        self.inner().fetches
    }

    /// How often the metadata were.
    pub(crate) fn metadata_reads(&self) -> usize {
        self.inner().metadata_reads
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Answers {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("no test panics holding it")
    }
}

/// The Ed25519 key of a signer, under a name.
pub(crate) fn jwk(signer: &TestIssuer, kid: &str) -> Value {
    let set: Value = serde_json::from_str(&signer.jwks()).expect("a JWK Set");
    let keys = set["keys"].as_array().expect("keys");
    let mut key = keys.iter().find(|key| key["alg"] == Algorithm::EdDsa.name()).expect("an Ed25519 key").clone();
    key["kid"] = kid.into();
    key
}

async fn metadata(State(answers): State<Answers>) -> Response {
    let mut inner = answers.inner();
    inner.metadata_reads += 1;
    ([(header::CONTENT_TYPE, "application/json")], inner.metadata.to_string()).into_response()
}

async fn jwks(State(answers): State<Answers>) -> Response {
    let delay = {
        let mut inner = answers.inner();
        inner.fetches += 1;
        inner.delay
    };
    sleep(delay).await;
    let inner = answers.inner();
    let body = format!("{}{}", inner.keys, " ".repeat(inner.padding));
    let status = StatusCode::from_u16(inner.status).expect("a status");
    let mut answer = (status, [(header::CONTENT_TYPE, "application/jwk-set+json")], body).into_response();
    if let Some(location) = &inner.location {
        answer.headers_mut().insert(header::LOCATION, location.parse().expect("a location"));
    }
    if let Some(value) = inner.cache_control {
        answer.headers_mut().insert(header::CACHE_CONTROL, value.parse().expect("a value"));
    }
    answer
}
