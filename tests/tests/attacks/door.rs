//! The API behind a real server, a listener that nobody may connect to, and what every refusal has to look like.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use palisade::{
    auth::{ApiKeys, Keys, MemoryKeys, Secret, Tokens},
    prelude::*,
    testing::{FakeClock, TestIssuer, TokenBuilder},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    api::Attacked,
    client::{Answer, Ask},
    log::Log,
};

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://id.shop.example";

const CHALLENGE: &str = r#"Bearer realm="Shop""#;
const INVALID_TOKEN: &str = r#"Bearer realm="Shop", error="invalid_token""#;
const INVALID_REQUEST: &str = r#"Bearer realm="Shop", error="invalid_request""#;
const INSUFFICIENT_SCOPE: &str = r#"Bearer realm="Shop", error="insufficient_scope", scope="orders:read""#;
/// What has to become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong with it: the attack has no effect.
    Harmless,
    /// 401: the token is refused, and the log is told why.
    InvalidToken(&'static str),
    /// 401 without an error: what was sent is no credential here.
    NoCredential(&'static str),
    /// 400: the request says who it is from in a forbidden way.
    InvalidRequest(&'static str),
    /// 403: the token is good, but not for this.
    InsufficientScope,
    /// 413: a body where none is read.
    TooLarge,
}

/// The API, its issuer, and what tokens may not make it do.
pub(crate) struct Door {
    pub(crate) id: TestIssuer,
    address: SocketAddr,
    log: Log,
    trap: Trap,
}

impl Door {
    /// A door for the asymmetric keys of a test issuer.
    pub(crate) async fn new() -> Self {
        Self::with(TestIssuer::keys).await
    }

    /// A door for these keys of it.
    pub(crate) async fn with(keys: impl FnOnce(&TestIssuer) -> Keys) -> Self {
        Self::believing(|id| Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(keys(id))).await
    }

    /// A door that believes these tokens of it.
    pub(crate) async fn believing(tokens: impl FnOnce(&TestIssuer) -> Tokens) -> Self {
        let id = TestIssuer::new(ISSUER);
        let log = Log::default();
        let pepper = Secret::new("a pepper of at least thirty-two bytes".to_owned());
        let gate = Gate::builder()
            .bearer(tokens(&id))
            .api_keys(ApiKeys::new("shop", MemoryKeys::new([]), pepper).expect("a sound prefix"))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::sink(log.clone()))
            .clock(FakeClock::at(NOW))
            .build()
            .await
            .expect("the gate opens");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let app: axum::Router = Attacked::router(gate);
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { id, address, log, trap: Trap::set().await }
    }

    /// A token that nothing is wrong with.
    pub(crate) fn token(&self) -> TokenBuilder<'_> {
        self.id.token().scope("orders:read")
    }

    /// An address at which a connection would be noticed.
    pub(crate) fn trap(&self) -> &str {
        &self.trap.url
    }

    /// Sends each token to the endpoint that needs one and to the public one: both refuse it, for the reason that the log
    /// is told.
    pub(crate) async fn refuses<N: AsRef<str>>(&self, tokens: impl IntoIterator<Item = (N, String, &'static str)>) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        assert!(!tokens.is_empty(), "an attack that was never made");
        for target in ["/orders", "/health"] {
            let ordinary = Ask::get(target).bearer("an.ordinary.token").send(self.address).await.timeless();
            self.log.take();
            for (name, token, reason) in &tokens {
                let name = format!("{} at {target}", name.as_ref());
                let outcome = Outcome::InvalidToken(reason);
                let answer = self.answers(&name, Ask::get(target).bearer(token), outcome).await;
                assert_eq!(answer.timeless(), ordinary, "{name}: the answer tells it from others");
            }
        }
    }

    /// Sends each token and has it accepted: what is odd about it has no effect.
    pub(crate) async fn accepts<N: AsRef<str>>(&self, tokens: impl IntoIterator<Item = (N, String)>) {
        for (name, token) in tokens {
            self.answers(name.as_ref(), Ask::get("/orders").bearer(token), Outcome::Harmless).await;
        }
    }

    /// Sends a request and holds its answer, its event and the trap against what has to become of it.
    pub(crate) async fn answers(&self, name: &str, ask: Ask, outcome: Outcome) -> Answer {
        let answer = ask.send(self.address).await;
        let event = self.log.only();
        assert_eq!((event.status, answer.status), (outcome.status(), outcome.status()), "{name}: {event:?} {answer:?}");
        assert_eq!(event.reason, outcome.reason(), "{name}");
        assert!(event.verdict == if outcome == Outcome::Harmless { "allow" } else { "deny" }, "{name}: {event:?}");
        let known = matches!(outcome, Outcome::Harmless | Outcome::InsufficientScope);
        assert_eq!(event.caller.is_some(), known, "{name}: {event:?}");
        let challenges = answer.all("www-authenticate");
        let expected = outcome.challenges();
        assert!(expected.iter().all(|challenge| challenges.contains(challenge)), "{name}: {challenges:?}");
        if outcome != Outcome::Harmless {
            assert_eq!(answer.json(), outcome.body(), "{name}");
            assert_eq!(answer.all("cache-control"), ["no-store"], "{name}");
            assert_eq!(answer.all("content-type"), ["application/problem+json"], "{name}");
        }
        for secret in ask.words() {
            assert!(!event.whole.contains(secret) && !answer.body.contains(secret), "{name}: {secret} is repeated");
        }
        assert_eq!(self.trap.sprung(), 0, "{name}: somebody connected to where the token points");
        answer
    }
}

impl Outcome {
    const fn status(self) -> u16 {
        match self {
            Self::Harmless => 200,
            Self::InvalidToken(_) | Self::NoCredential(_) => 401,
            Self::InvalidRequest(_) => 400,
            Self::InsufficientScope => 403,
            Self::TooLarge => 413,
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Self::Harmless => "ok",
            Self::InvalidToken(reason) | Self::NoCredential(reason) | Self::InvalidRequest(reason) => reason,
            Self::InsufficientScope => "insufficient_scope",
            Self::TooLarge => "too_large",
        }
    }

    /// The challenges that have to be among those sent.
    const fn challenges(self) -> &'static [&'static str] {
        match self {
            Self::Harmless | Self::TooLarge => &[],
            Self::InvalidToken(_) => &[INVALID_TOKEN],
            Self::NoCredential(_) => &[CHALLENGE],
            Self::InvalidRequest(_) => &[INVALID_REQUEST],
            Self::InsufficientScope => &[INSUFFICIENT_SCOPE],
        }
    }

    /// The whole body, which is the same for every reason.
    fn body(self) -> Value {
        let (kind, title) = match self {
            Self::Harmless => ("", ""),
            Self::InvalidToken(_) | Self::NoCredential(_) => ("unauthenticated", "a valid credential is needed"),
            Self::InvalidRequest(_) => ("invalid-request", "present one credential, once"),
            Self::InsufficientScope => ("forbidden", "the caller may not do this"),
            Self::TooLarge => ("too-large", "the body is larger than this endpoint accepts"),
        };
        json!({ "type": format!("urn:palisade:problem:{kind}"), "title": title, "status": self.status() })
    }
}

/// A listener that counts who connects to it. Tokens point at it; nobody is to follow.
struct Trap {
    url: String,
    sprung: Arc<AtomicUsize>,
}

impl Trap {
    async fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let sprung = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sprung);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { url, sprung }
    }

    fn sprung(&self) -> usize {
        self.sprung.load(Ordering::Relaxed)
    }
}

/// Claims that nothing is wrong with.
pub(crate) fn claims() -> String {
    json!({
        "iss": ISSUER, "aud": TestIssuer::AUDIENCE, "sub": "alice", "client_id": "shop-web", "scope": "orders:read",
        "iat": NOW, "exp": NOW + 300, "jti": "a token",
    })
    .to_string()
}
