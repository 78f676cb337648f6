//! An authorization server that is asked about tokens (RFC 7662): it counts, waits and fails as it is told.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use palisade::auth::{ClientAuthentication, Fetch, FetchError, Fetched, Introspection, IntrospectionBuilder, Secret};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::world::{API, ISSUER, NOW};

/// Clones are the same server.
#[derive(Clone)]
pub(crate) struct Introspector {
    state: Arc<Mutex<State>>,
    /// Whether it answers now, or later.
    answers: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    asked: usize,
    outage: Option<Outage>,
    tokens: HashMap<String, Value>,
}

/// How it fails.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outage {
    Unreachable,
    Slow,
    TooLarge,
    Status(u16),
    Html,
}

impl Introspector {
    pub(crate) fn new() -> Self {
        Self { state: Arc::default(), answers: watch::Sender::new(true) }
    }

    /// Issues a token with these members beside those that a good one has. `null` takes one away.
    pub(crate) fn issue(&self, token: &str, members: Value) {
        let mut answer = json!({
            "active": true, "iss": ISSUER, "aud": API, "sub": "alice", "client_id": "shop-web", "scope": "orders:read",
            "jti": token, "iat": NOW - 10, "exp": NOW + 600,
        });
        let Value::Object(members) = members else { panic!("members are an object") };
        for (name, value) in members {
            match value {
                Value::Null => _ = answer.as_object_mut().and_then(|answer| answer.remove(&name)),
                value => answer[name] = value,
            }
        }
        self.state.lock().unwrap().tokens.insert(token.into(), answer);
    }

    pub(crate) fn revoke(&self, token: &str) {
        self.state.lock().unwrap().tokens.remove(token);
    }

    /// Keeps everybody waiting, or no longer.
    pub(crate) fn answers(&self, now: bool) {
        self.answers.send_replace(now);
    }

    pub(crate) fn fails(&self, outage: Option<Outage>) {
        self.state.lock().unwrap().outage = outage;
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    /// What asks it.
    pub(crate) fn introspection(&self) -> IntrospectionBuilder {
        Introspection::at(format!("{ISSUER}/introspect"))
            .issuer(ISSUER)
            .audience(API)
            .client(ClientAuthentication::basic("orders-api", Secret::new(String::from("secret"))))
            .fetch(self.clone())
    }

    fn answer(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
        let state = self.state.lock().unwrap();
        let (status, body) = match state.outage {
            Some(Outage::Unreachable) => return Err(FetchError::Unreachable),
            Some(Outage::Slow) => return Err(FetchError::Slow),
            Some(Outage::TooLarge) => return Err(FetchError::TooLarge),
            Some(Outage::Status(status)) => (status, String::from(r#"{"active": true}"#)),
            Some(Outage::Html) => (200, String::from("<html>a portal of the hotel</html>")),
            None => (200, state.known(request).to_string()),
        };
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        Ok(response)
    }
}

impl State {
    fn known(&self, request: &Request<Bytes>) -> Value {
        assert_eq!(request.uri(), &*format!("{ISSUER}/introspect"), "nobody else is asked");
        assert_eq!(request.headers()[header::AUTHORIZATION], "Basic b3JkZXJzLWFwaTpzZWNyZXQ=");
        let form = str::from_utf8(request.body()).expect("a form");
        let token = form.split('&').find_map(|pair| pair.strip_prefix("token=")).expect("it says which token");
        // RFC 7662, section 2.2: nothing more is said of one that is not good.
        self.tokens.get(token).cloned().unwrap_or_else(|| json!({"active": false}))
    }
}

impl Fetch for Introspector {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        self.state.lock().unwrap().asked += 1;
        let mut answers = self.answers.subscribe();
        Box::pin(async move {
            answers.wait_for(|now| *now).await.map_err(|_| FetchError::Unreachable)?;
            self.answer(&request)
        })
    }
}
