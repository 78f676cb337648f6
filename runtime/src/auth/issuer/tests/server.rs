//! An issuer's server without a network, whose answers a test changes while it runs, and a clock that goes with tokio's.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response, header::CACHE_CONTROL};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    Clock,
    auth::{Algorithm, Fetch, FetchError, Fetched},
    testing::TestIssuer,
};

/// When all tests begin, in seconds since 1970.
pub(super) const START: u64 = 1_800_000_000;

/// The clock that tokio's tests move.
pub(super) struct TokioClock(Instant);

impl TokioClock {
    pub(super) fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for TokioClock {
    fn unix_seconds(&self) -> u64 {
        START + self.0.elapsed().as_secs()
    }

    fn nanos(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_nanos()).unwrap()
    }
}

/// A server under the addresses of one issuer.
#[derive(Clone)]
pub(super) struct Server(Arc<Mutex<State>>);

pub(super) struct State {
    /// Path to document.
    pub(super) documents: BTreeMap<String, String>,
    pub(super) status: u16,
    pub(super) cache_control: Option<&'static str>,
    pub(super) delay: Duration,
    pub(super) failure: Option<FetchError>,
    pub(super) panics: bool,
    /// The addresses that were asked for.
    pub(super) asked: Vec<String>,
    /// Requests on their way, and the most there were at once.
    open: usize,
    pub(super) most_open: usize,
}

impl Server {
    pub(super) const JWKS: &'static str = "/jwks";

    /// A server with the metadata and the keys of an issuer.
    pub(super) fn of(issuer: &str, jwks: String) -> Self {
        let metadata = json!({"issuer": issuer, "jwks_uri": format!("{issuer}{}", Self::JWKS)}).to_string();
        let documents = BTreeMap::from([
            (String::from("/.well-known/openid-configuration"), metadata),
            (String::from(Self::JWKS), jwks),
        ]);
        Self(Arc::new(Mutex::new(State {
            documents,
            status: 200,
            cache_control: None,
            delay: Duration::ZERO,
            failure: None,
            panics: false,
            asked: Vec::new(),
            open: 0,
            most_open: 0,
        })))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Publishes other keys.
    pub(super) fn publish(&self, jwks: String) {
        self.state().documents.insert(String::from(Self::JWKS), jwks);
    }

    /// How often the keys were asked for.
    pub(super) fn fetches(&self) -> usize {
        self.state().asked.iter().filter(|address| address.ends_with(Self::JWKS)).count()
    }
}

impl Fetch for Server {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        Box::pin(async move {
            let delay = {
                let mut state = self.state();
                state.asked.push(request.uri().to_string());
                state.open += 1;
                state.most_open = state.most_open.max(state.open);
                state.delay
            };
            sleep(delay).await;
            let mut state = self.state();
            state.open -= 1;
            assert!(!state.panics, "the client panics");
            if let Some(failure) = state.failure {
                return Err(failure);
            }
            let mut answer = Response::builder();
            if let Some(value) = state.cache_control {
                answer = answer.header(CACHE_CONTROL, value);
            }
            Ok(match state.documents.get(request.uri().path()) {
                Some(document) => answer.status(state.status).body(Bytes::from(document.clone())),
                None => answer.status(404).body(Bytes::new()),
            }
            .unwrap())
        })
    }
}

/// A JWK Set of Ed25519 keys: each issuer's own, under a name.
pub(super) fn jwks(keys: &[(&TestIssuer, &str)]) -> String {
    let keys: Vec<Value> = keys.iter().map(|(issuer, kid)| jwk(issuer, kid)).collect();
    json!({ "keys": keys }).to_string()
}

/// The Ed25519 key of an issuer, under a name.
pub(super) fn jwk(issuer: &TestIssuer, kid: &str) -> Value {
    let set: Value = serde_json::from_str(&issuer.jwks()).unwrap();
    let list = set["keys"].as_array().unwrap();
    let mut key = list.iter().find(|key| key["alg"] == Algorithm::EdDsa.name()).unwrap().clone();
    key["kid"] = kid.into();
    key
}
