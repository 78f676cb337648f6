//! What an authorization server answers about a token: nothing lets it in but a plain yes, about a token for us.

use std::{
    sync::{LazyLock, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use palisade::{
    auth::{ClientAuthentication, Fetch, Fetched, Introspection, IntrospectionBuilder, OptionalClaim, Secret},
    testing::TestIssuer,
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://id.shop.example";

/// What the server says next.
static ANSWER: Mutex<Bytes> = Mutex::new(Bytes::new());

static INTROSPECTIONS: LazyLock<[Introspection; 2]> = LazyLock::new(|| {
    let relaxed = introspection()
        .accept_missing(OptionalClaim::ClientId)
        .accept_missing(OptionalClaim::IssuedAt)
        .accept_missing(OptionalClaim::TokenId)
        .accept_missing_audience()
        .clients_are_subjects();
    [introspection(), relaxed].map(|builder| builder.build().expect("nothing is missing"))
});

/// With a timer, since an answer is not waited for for ever.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));

struct Server;

impl Fetch for Server {
    fn fetch(&self, _request: Request<Bytes>) -> Fetched<'_> {
        Box::pin(async { Ok(Response::new(ANSWER.lock().unwrap_or_else(PoisonError::into_inner).clone())) })
    }
}

/// One that remembers nothing, so that each input is asked about.
fn introspection() -> IntrospectionBuilder {
    Introspection::at("https://id.shop.example/introspect")
        .issuer(ISSUER)
        .audience(TestIssuer::AUDIENCE)
        .client(ClientAuthentication::basic("api", Secret::new(String::from("secret"))))
        .fetch(Server)
        .remember(Duration::ZERO)
        .remember_bad(Duration::ZERO)
}

/// Runs the target on one input: the body of the answer.
pub fn run(input: &[u8]) {
    *ANSWER.lock().unwrap_or_else(PoisonError::into_inner) = Bytes::copy_from_slice(input);
    let shown = String::from_utf8_lossy(input);
    let [strict, relaxed] = &*INTROSPECTIONS;
    let verify = |introspection: &Introspection| RUNTIME.block_on(introspection.verify("token", NOW)).ok();
    let [strict, relaxed] = [strict, relaxed].map(verify);
    assert!(strict.is_none() || relaxed.is_some(), "what is relaxed takes less: {shown}");
    let Some(found) = relaxed else { return };
    let said: Value = serde_json::from_slice(input).expect("what is good is JSON");
    assert_eq!(said["active"], Value::Bool(true), "{shown}");
    assert!(said.get("iss").is_none_or(|issuer| issuer == ISSUER), "{shown}");
    let heard = |audience: &Value| *audience == TestIssuer::AUDIENCE;
    let aud = said.get("aud");
    assert!(aud.is_none_or(|aud| heard(aud) || aud.as_array().is_some_and(|all| all.iter().any(heard))), "{shown}");
    assert!(strict.is_none() || aud.is_some(), "{shown}");
    assert!(said["exp"].as_f64().is_some_and(|expires| expires > (NOW - 61) as f64), "{shown}");
    let subject = said.get("sub").or(said.get("client_id")).and_then(Value::as_str);
    assert_eq!(Some(found.verified().subject()), subject, "{shown}");
    assert_eq!(found.verified().confirmation().is_some(), said.get("cnf").is_some(), "{shown}");
    assert!(found.until() <= NOW, "nothing is remembered: {shown}");
}
