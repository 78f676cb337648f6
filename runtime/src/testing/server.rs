//! The server of a test issuer, without a network: metadata, keys, and what it says about opaque tokens.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base64_simd::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Request, Response, StatusCode, header::CONTENT_TYPE};
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Map, Value, json};
use tokio::time::sleep;

use super::{TestIssuer, TokenBuilder};
use crate::auth::{ClientAuthentication, Fetch, FetchError, Fetched, Introspection, IntrospectionBuilder, Secret};

/// The server of a [`TestIssuer`]: what a gate asks for metadata, keys and opaque tokens goes the real way, up to the socket.
/// Clones are the same server.
///
/// It counts what it is asked, waits, fails, publishes other keys and takes tokens back, as it is told:
///
/// ```
/// use palisade::{auth::{FetchError, Tokens}, prelude::*, testing::{FakeClock, TestIssuer}};
///
/// # #[secure(get = "/me", auth = "oauth2", rate = "60/min per caller")]
/// # async fn me() -> NoContent { NoContent }
/// # #[secure(title = "Door", version = "1.0.0", auth(oauth2), endpoints(me))]
/// # struct Door;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let id = TestIssuer::new("https://id.shop.example");
/// let server = id.server();
/// let gate = Gate::builder()
///     .bearer(Tokens::issuer("https://id.shop.example").audience(TestIssuer::AUDIENCE).fetch(server.clone()))
///     .clock(FakeClock::at(1_800_000_000))
///     .limiter(Limiter::memory())
///     .audit(Audit::none("a test"))
///     .build::<Door>()
///     .await?;
/// assert!(gate.issuers().iter().all(|issuer| issuer.is_ready()));
/// assert_eq!((server.metadata_reads(), server.key_reads()), (1, 1));
///
/// let after = id.rotated();
/// server.publish([&id, &after]); // both, until the last token of the old keys is gone
/// server.fail(FetchError::Unreachable); // from now on
/// server.recover();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct IssuerServer(Arc<Shared>);

struct Shared {
    issuer: String,
    state: Mutex<State>,
}

struct State {
    keys: Vec<Value>,
    opaque: HashMap<String, Map<String, Value>>,
    delay: Duration,
    failure: Option<FetchError>,
    metadata_reads: usize,
    key_reads: usize,
    questions: usize,
}

impl IssuerServer {
    pub(super) fn of(issuer: &TestIssuer) -> Self {
        let state = State {
            keys: Vec::new(),
            opaque: HashMap::new(),
            delay: Duration::ZERO,
            failure: None,
            metadata_reads: 0,
            key_reads: 0,
            questions: 0,
        };
        let server = Self(Arc::new(Shared { issuer: issuer.identifier().to_owned(), state: Mutex::new(state) }));
        server.publish([issuer]);
        server
    }

    /// Publishes the keys of these, and no others.
    pub fn publish<'i>(&self, issuers: impl IntoIterator<Item = &'i TestIssuer>) {
        let keys = issuers.into_iter().flat_map(|issuer| {
            let set: Value = serde_json::from_str(&issuer.jwks()).unwrap_or_default();
            set.get("keys").and_then(Value::as_array).cloned().unwrap_or_default()
        });
        self.state().keys = keys.collect();
    }

    /// Answers so much later, by the clock of tokio.
    pub fn delay(&self, time: Duration) {
        self.state().delay = time;
    }

    /// Fails like this, until it [recovers](Self::recover).
    pub fn fail(&self, failure: FetchError) {
        self.state().failure = Some(failure);
    }

    /// Answers again.
    pub fn recover(&self) {
        self.state().failure = None;
    }

    /// How often its metadata were asked for.
    #[must_use]
    pub fn metadata_reads(&self) -> usize {
        self.state().metadata_reads
    }

    /// How often its keys were asked for.
    #[must_use]
    pub fn key_reads(&self) -> usize {
        self.state().key_reads
    }

    /// How often it was asked about a token.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.state().questions
    }

    /// Issues an opaque token at `now`: only the server knows its claims, and says them to who [asks](Self::introspection).
    ///
    /// ```
    /// use palisade::testing::TestIssuer;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let id = TestIssuer::new("https://id.shop.example");
    /// let server = id.server();
    /// let now = 1_800_000_000;
    /// let opaque = server.issue(id.token().subject("alice").scope("orders:read"), now);
    ///
    /// // What a gate is given: `.opaque(introspection)`.
    /// let introspection = server.introspection(TestIssuer::AUDIENCE).build()?;
    /// assert_eq!(introspection.verify(&opaque, now).await?.verified().subject(), "alice");
    ///
    /// server.revoke(&opaque);
    /// assert!(introspection.verify(&opaque, now).await.is_ok(), "remembered for half a minute");
    /// assert!(introspection.verify(&opaque, now + 31).await.is_err());
    /// assert_eq!(server.questions(), 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    #[must_use]
    pub fn issue(&self, token: TokenBuilder<'_>, now: u64) -> String {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).expect("random bytes for a test token");
        let text = URL_SAFE_NO_PAD.encode_to_string(bytes);
        self.state().opaque.insert(text.clone(), token.claims(now));
        text
    }

    /// Takes an opaque token back. Who asks from now on hears that it is not good.
    pub fn revoke(&self, token: &str) {
        self.state().opaque.remove(token);
    }

    /// What asks this server about tokens, for an audience.
    pub fn introspection(&self, audience: &str) -> IntrospectionBuilder {
        Introspection::at(self.address("/introspect"))
            .issuer(self.0.issuer.as_str())
            .audience(audience)
            .client(ClientAuthentication::basic("test", Secret::new(String::from("nobody checks it"))))
            .fetch(self.clone())
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.0.issuer.trim_end_matches('/'))
    }

    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let mut state = self.state();
        let address = request.uri().to_string();
        let document = if address == self.address("/jwks") {
            state.key_reads += 1;
            json!({"keys": state.keys})
        } else if address == self.address("/introspect") {
            state.questions += 1;
            state.known(request.body())
        } else if address.contains("/.well-known/") {
            state.metadata_reads += 1;
            json!({
                "issuer": self.0.issuer,
                "jwks_uri": self.address("/jwks"),
                "introspection_endpoint": self.address("/introspect"),
            })
        } else {
            let mut absent = Response::new(Bytes::new());
            *absent.status_mut() = StatusCode::NOT_FOUND;
            return absent;
        };
        let mut answer = Response::new(Bytes::from(document.to_string()));
        answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        answer
    }

    /// What a panicking test leaves behind is still what it was told.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// RFC 7662, section 2.2: nothing more is said of a token that is not good.
    fn known(&self, form: &[u8]) -> Value {
        let token = form_urlencoded::parse(form).find(|(name, _)| name == "token");
        match token.and_then(|(_, token)| self.opaque.get(&*token)) {
            Some(claims) => {
                let mut answer = claims.clone();
                answer.insert(String::from("active"), Value::Bool(true));
                Value::Object(answer)
            }
            None => json!({"active": false}),
        }
    }
}

impl Fetch for IssuerServer {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        Box::pin(async move {
            let (delay, failure) = {
                let state = self.state();
                (state.delay, state.failure)
            };
            // No timer where none is asked for, so that a runtime without one will do.
            if !delay.is_zero() {
                sleep(delay).await;
            }
            let answer = self.answer(&request);
            match failure {
                Some(failure) => Err(failure),
                None => Ok(answer),
            }
        })
    }
}

impl fmt::Debug for IssuerServer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("IssuerServer").field("issuer", &self.0.issuer).finish_non_exhaustive()
    }
}
