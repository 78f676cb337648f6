//! Issuers against a server that rotates, delays, lies and dies, in tokio's own time: no test sleeps.

mod server;

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde_json::json;
use tokio::time::{Instant, advance, sleep};

use self::server::{START, Server, TokioClock, jwk, jwks};
use super::*;
use crate::{
    auth::{FetchError, KeySetError},
    testing::TestIssuer,
};

const ISSUER: &str = "https://id.shop.example";
const MINUTE: Duration = Duration::from_secs(60);

fn plan(server: &Server) -> Tokens {
    Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).fetch(server.clone())
}

/// Issuers under the clock of the test.
struct Gate {
    issuers: Issuers,
    clock: Arc<TokioClock>,
}

async fn start(all: Vec<Tokens>) -> Result<Gate, IssuerError> {
    let clock = Arc::new(TokioClock::new());
    let seen: Arc<dyn Clock> = Arc::<TokioClock>::clone(&clock);
    Issuers::start(all, seen).await.map(|issuers| Gate { issuers, clock }).map_err(|(_, error)| error)
}

impl Gate {
    async fn verify(&self, token: &str) -> Result<(), TokenError> {
        self.issuers.verify(token, self.clock.unix_seconds()).await.map(|_| ())
    }

    fn health(&self) -> IssuerHealth {
        self.issuers.health().remove(0)
    }
}

/// A token by the key of this name, good for ten years.
fn signed(id: &TestIssuer, kid: &str) -> String {
    id.token().header("kid", kid).expires_in(315_360_000).sign(START)
}

fn id() -> TestIssuer {
    TestIssuer::new(ISSUER)
}

#[tokio::test(start_paused = true)]
async fn rule_44_keys_are_found_by_the_metadata() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    assert_eq!(gate.verify(&signed(&id, "a")).await, Ok(()));
    assert_eq!(
        server.state().asked,
        [
            "https://id.shop.example/.well-known/oauth-authorization-server",
            "https://id.shop.example/.well-known/openid-configuration",
            "https://id.shop.example/jwks",
        ]
    );
    let health = gate.health();
    assert!(health.is_ready());
    assert_eq!((health.issuer(), health.keys(), health.fetched_at()), (ISSUER, 1, Some(START)));
    assert_eq!((health.stale_since(), health.failure()), (None, None));
}

#[tokio::test(start_paused = true)]
async fn rule_44_the_address_of_keys_may_be_said() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let at = |address| start(vec![plan(&server).jwks_uri(address)]);
    assert_eq!(at("https://id.shop.example/jwks").await.unwrap().verify(&signed(&id, "a")).await, Ok(()));
    assert_eq!(server.state().asked, ["https://id.shop.example/jwks"]);
    assert_eq!(at("http://id.shop.example/jwks").await.err(), Some(IssuerError::Insecure));
}

#[tokio::test(start_paused = true)]
async fn rule_44_what_an_issuer_answers_wrongly_keeps_the_gate_shut() {
    let id = id();
    let set = jwks(&[(&id, "a")]);
    let server = || Server::of(ISSUER, set.clone());
    let answering = |path: &str, document: String| {
        let server = server();
        server.state().documents.insert(String::from(path), document);
        server
    };
    let metadata = |members| answering("/.well-known/openid-configuration", members);
    let keys = |document: serde_json::Value| answering(Server::JWKS, document.to_string());
    let with = |change: fn(&mut server::State)| {
        let server = server();
        change(&mut server.state());
        server
    };
    let secret = json!({"kty": "oct", "alg": "HS256", "k": "A".repeat(64), "kid": "s"});
    for (server, expected) in [
        (
            metadata(json!({"issuer": "https://evil.example", "jwks_uri": "https://a.b/c"}).to_string()),
            IssuerError::OtherIssuer,
        ),
        (metadata(json!({"issuer": ISSUER, "jwks_uri": "http://a.b/c"}).to_string()), IssuerError::InsecureJwksUri),
        (
            metadata(json!({"issuer": ISSUER, "jwks_uri": "http://127.0.0.1/c"}).to_string()),
            IssuerError::InsecureJwksUri,
        ),
        (metadata(json!({"issuer": ISSUER}).to_string()), IssuerError::NoJwksUri),
        (metadata(String::from("<html>")), IssuerError::NotMetadata),
        (with(|state| state.failure = Some(FetchError::Slow)), IssuerError::Fetch(FetchError::Slow)),
        (with(|state| state.failure = Some(FetchError::TooLarge)), IssuerError::Fetch(FetchError::TooLarge)),
        (with(|state| state.panics = true), IssuerError::Fetch(FetchError::Unreachable)),
        (with(|state| state.delay = MINUTE), IssuerError::Fetch(FetchError::Slow)),
        (with(|state| state.status = 302), IssuerError::NotMetadata),
        (keys(json!({"keys": []})), IssuerError::Keys(KeySetError::NoUsableKey(vec![]))),
        (keys(json!("text")), IssuerError::Keys(KeySetError::NotAKeySet)),
        (
            keys(json!({"keys": [jwk(&id, "a"), jwk(&id, "a")]})),
            IssuerError::Keys(KeySetError::DuplicateKid("a".into())),
        ),
        (keys(json!({"keys": [secret]})), IssuerError::PublishedSecrets),
        (keys(json!({"keys": [secret, jwk(&id, "a")]})), IssuerError::Keys(KeySetError::SymmetricAndAsymmetric)),
    ] {
        assert_eq!(start(vec![plan(&server)]).await.err(), Some(expected));
    }
    let elsewhere = with(|state| state.status = 307);
    let said = plan(&elsewhere).jwks_uri("https://id.shop.example/jwks");
    assert_eq!(start(vec![said]).await.err(), Some(IssuerError::Status(307)));
}

#[tokio::test(start_paused = true)]
async fn rule_34_a_broken_key_does_not_lose_the_others() {
    let id = id();
    let set = json!({"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "bad"}, jwk(&id, "a")]});
    let gate = start(vec![plan(&Server::of(ISSUER, set.to_string()))]).await.unwrap();
    assert_eq!(gate.verify(&signed(&id, "a")).await, Ok(()));
    assert_eq!((gate.health().keys(), gate.health().skipped()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn rule_46_a_thousand_requests_with_a_new_kid_cause_one_fetch() {
    let (old, new) = (id(), id());
    let server = Server::of(ISSUER, jwks(&[(&old, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.publish(jwks(&[(&old, "a"), (&new, "b")]));
    server.state().delay = Duration::from_secs(2);
    let token = signed(&new, "b");
    let answers = join_all((0..1_000).map(|_| gate.verify(&token))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!((server.fetches(), server.state().most_open), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn rule_46_unknown_kids_cause_no_more_than_one_fetch_in_an_interval() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    // A new name every second for five minutes.
    for number in 0..300 {
        assert_eq!(gate.verify(&signed(&id, &number.to_string())).await, Err(TokenError::KeyUnknown));
        advance(Duration::from_secs(1)).await;
    }
    assert_eq!(server.fetches(), 1 + 300 / 30);
}

#[tokio::test(start_paused = true)]
async fn rule_46_a_fetch_that_was_under_way_may_have_missed_the_key() {
    let (old, new) = (id(), id());
    let server = Server::of(ISSUER, jwks(&[(&old, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.state().delay = Duration::from_secs(3);
    let (stray, token) = (signed(&old, "stray"), signed(&new, "b"));
    let late = async {
        // The fetch for the stray name is answered after this, but was asked for before it.
        sleep(Duration::from_secs(1)).await;
        gate.verify(&token).await
    };
    let (stray, late) = tokio::join!(gate.verify(&stray), late);
    assert_eq!(stray, Err(TokenError::KeyUnknown));
    // The guard holds: it is told apart from a name that a whole fetch did not find, and is found after the guard.
    assert_eq!(late, Err(TokenError::KeyUnknown));
    server.publish(jwks(&[(&old, "a"), (&new, "b")]));
    advance(Duration::from_secs(30)).await;
    assert_eq!(gate.verify(&token).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn rule_47_an_unknown_kid_is_not_asked_for_again_so_soon() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    let token = signed(&id, "gone");
    for _ in 0..119 {
        assert_eq!(gate.verify(&token).await, Err(TokenError::KeyUnknown));
        advance(Duration::from_secs(1)).await;
    }
    assert_eq!(server.fetches(), 2);
    advance(Duration::from_secs(1)).await;
    assert_eq!(gate.verify(&token).await, Err(TokenError::KeyUnknown));
    assert_eq!(server.fetches(), 3);
}

#[tokio::test(start_paused = true)]
async fn rule_47_a_slow_issuer_delays_no_known_kid() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.state().delay = Duration::from_secs(4);
    let (known, unknown) = (signed(&id, "a"), signed(&id, "new"));
    let begun = Instant::now();
    let waiting = async {
        assert_eq!(gate.verify(&unknown).await, Err(TokenError::KeyUnknown));
        begun.elapsed()
    };
    let passing = async {
        sleep(Duration::from_secs(1)).await;
        let asked = Instant::now();
        for _ in 0..100 {
            assert_eq!(gate.verify(&known).await, Ok(()));
        }
        asked.elapsed()
    };
    let (waited, passed) = tokio::join!(waiting, passing);
    assert_eq!(passed, Duration::ZERO);
    assert!(Duration::from_secs(4) <= waited, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn rule_48_a_bad_signature_or_a_foreign_token_has_nothing_fetched() {
    let (id, thief) = (id(), id());
    let other = TestIssuer::new("https://evil.example");
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    let asked = server.state().asked.len();
    for (token, expected) in [
        (signed(&thief, "a"), TokenError::BadSignature),
        (signed(&other, "unknown"), TokenError::WrongIssuer),
        (
            id.token().header("kid", "a").header("jku", "https://evil.example").untyped().sign(START),
            TokenError::WrongType,
        ),
        (id.token().header("kid", "k".repeat(257)).sign(START), TokenError::BadHeader),
        (id.token().header("kid", "a").expires_in(-60).sign(START), TokenError::Expired),
    ] {
        assert_eq!(gate.verify(&token).await, Err(expected));
    }
    assert_eq!(server.state().asked.len(), asked);
}

#[tokio::test(start_paused = true)]
async fn rule_49_keys_are_fetched_before_they_are_old() {
    let id = id();
    for (cache_control, lifetime) in
        [(None, 600), (Some("max-age=300"), 300), (Some("max-age=1"), 60), (Some("max-age=86400"), 3_600)]
    {
        let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
        server.state().cache_control = cache_control;
        let gate = start(vec![plan(&server)]).await.unwrap();
        sleep(Duration::from_secs(lifetime * 70 / 100)).await;
        assert_eq!(server.fetches(), 1, "{cache_control:?}");
        sleep(Duration::from_secs(lifetime * 26 / 100)).await;
        assert_eq!(server.fetches(), 2, "{cache_control:?}");
        drop(gate);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_50_the_last_good_keys_outlast_an_outage_for_a_while() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server).refresh(Refresh::new().max_stale(MINUTE * 60))]).await.unwrap();
    let (known, unknown) = (signed(&id, "a"), signed(&id, "b"));
    server.state().failure = Some(FetchError::Unreachable);
    sleep(MINUTE * 20).await;
    assert_eq!(gate.verify(&known).await, Ok(()));
    // It might be a new key: nobody can tell.
    assert_eq!(gate.verify(&unknown).await, Err(TokenError::KeysUnavailable));
    let health = gate.health();
    assert!(health.is_ready() && health.stale_since().is_some_and(|since| START < since));
    assert_eq!(health.failure(), Some(&IssuerError::Fetch(FetchError::Unreachable)));
    let asked = server.fetches();
    sleep(MINUTE * 50).await;
    assert_eq!(gate.verify(&known).await, Err(TokenError::KeysUnavailable));
    assert_eq!(gate.health().readiness(), Readiness::Unavailable);
    // It goes on asking, at most every 15 seconds.
    assert!((50..=200).contains(&(server.fetches() - asked)), "{}", server.fetches() - asked);
    server.state().failure = None;
    sleep(MINUTE).await;
    assert_eq!(gate.verify(&known).await, Ok(()));
    assert_eq!((gate.health().stale_since(), gate.health().is_ready()), (None, true));
}

#[tokio::test(start_paused = true)]
async fn rule_50_an_answer_without_good_keys_replaces_nothing() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    for bad in ["", "{}", r#"{"keys":[]}"#, "<html>"] {
        server.publish(String::from(bad));
        sleep(MINUTE * 10).await;
        assert_eq!(gate.verify(&signed(&id, "a")).await, Ok(()), "{bad}");
        assert!(gate.health().failure().is_some());
    }
    assert_eq!(gate.issuers.generation(), 0);
}

#[tokio::test(start_paused = true)]
async fn rule_51_a_key_that_was_removed_stops_verifying() {
    let (old, new) = (id(), id());
    let server = Server::of(ISSUER, jwks(&[(&old, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.publish(jwks(&[(&old, "a"), (&new, "b")]));
    assert_eq!(gate.verify(&signed(&new, "b")).await, Ok(()));
    assert_eq!(gate.issuers.generation(), 0, "a key that was added makes nothing wrong");
    server.publish(jwks(&[(&new, "b")]));
    sleep(MINUTE * 10).await;
    assert_eq!(gate.issuers.generation(), 1);
    assert_eq!(gate.verify(&signed(&old, "a")).await, Err(TokenError::KeyUnknown));
    assert_eq!(gate.verify(&signed(&new, "b")).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn rule_53_another_key_under_the_same_kid_makes_what_is_remembered_old() {
    let (old, new) = (id(), id());
    let server = Server::of(ISSUER, jwks(&[(&old, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.publish(jwks(&[(&new, "a")]));
    sleep(MINUTE * 10).await;
    assert_eq!(gate.issuers.generation(), 1);
    assert_eq!(gate.verify(&signed(&old, "a")).await, Err(TokenError::BadSignature));
}

#[tokio::test(start_paused = true)]
async fn rule_52_a_gate_may_open_before_the_keys_are_there() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    server.state().failure = Some(FetchError::Unreachable);
    assert_eq!(start(vec![plan(&server)]).await.err(), Some(IssuerError::Fetch(FetchError::Unreachable)));
    let late = plan(&server).refresh(Refresh::new().at_start(AtStart::KeysMayCome));
    let gate = start(vec![late]).await.unwrap();
    assert_eq!(gate.verify(&signed(&id, "a")).await, Err(TokenError::KeysUnavailable));
    assert!(!gate.health().is_ready());
    server.state().failure = None;
    sleep(MINUTE).await;
    assert_eq!(gate.verify(&signed(&id, "a")).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn rule_26_each_issuer_has_its_own_keys() {
    let (shop, staff) = (id(), TestIssuer::new("https://login.example/staff"));
    let server = Server::of(ISSUER, jwks(&[(&shop, "same")]));
    let other = Tokens::issuer("https://login.example/staff").audience(TestIssuer::AUDIENCE);
    let keys = crate::auth::Keys::jwks(&jwks(&[(&staff, "same")])).unwrap();
    let gate = start(vec![plan(&server), other.keys(keys)]).await.unwrap();
    assert_eq!(gate.verify(&signed(&shop, "same")).await, Ok(()));
    assert_eq!(gate.verify(&signed(&staff, "same")).await, Ok(()));
    let crossed = staff.token().header("kid", "same").claim("iss", ISSUER).sign(START);
    assert_eq!(gate.verify(&crossed).await, Err(TokenError::BadSignature));
    for stranger in ["https://evil.example", "https://id.shop.example/", "https://login.example", ""] {
        let token = shop.token().header("kid", "same").claim("iss", stranger).sign(START);
        assert_eq!(gate.verify(&token).await, Err(TokenError::WrongIssuer), "{stranger}");
    }
    assert_eq!(gate.issuers.health().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_issuer_said_twice_is_no_issuer() {
    let server = Server::of(ISSUER, jwks(&[(&id(), "a")]));
    let error = start(vec![plan(&server), plan(&server)]).await.err();
    assert_eq!(error, Some(IssuerError::SaidTwice));
    assert_eq!(server.fetches(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_task_ends_with_the_gate() {
    let server = Server::of(ISSUER, jwks(&[(&id(), "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    drop(gate);
    sleep(MINUTE * 60).await;
    assert_eq!(server.fetches(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_panics_costs_one_attempt() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.state().panics = true;
    assert_eq!(gate.verify(&signed(&id, "b")).await, Err(TokenError::KeysUnavailable));
    assert_eq!(gate.verify(&signed(&id, "a")).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn keys_that_move_are_found_again() {
    let id = id();
    let server = Server::of(ISSUER, jwks(&[(&id, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    let moved = json!({"issuer": ISSUER, "jwks_uri": "https://keys.shop.example/new"}).to_string();
    {
        let mut state = server.state();
        state.documents.insert(String::from("/.well-known/openid-configuration"), moved);
        let keys = state.documents.remove(Server::JWKS).unwrap();
        state.documents.insert(String::from("/new"), keys);
    }
    sleep(MINUTE * 11).await;
    assert_eq!(gate.health().failure(), None);
    assert!(server.state().asked.contains(&String::from("https://keys.shop.example/new")));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_goes_away_takes_no_fetch_along() {
    let (old, new) = (id(), id());
    let server = Server::of(ISSUER, jwks(&[(&old, "a")]));
    let gate = start(vec![plan(&server)]).await.unwrap();
    server.publish(jwks(&[(&new, "b")]));
    server.state().delay = Duration::from_secs(2);
    let token = signed(&new, "b");
    let impatient = tokio::time::timeout(Duration::from_secs(1), gate.verify(&token)).await;
    assert!(impatient.is_err());
    assert_eq!(gate.verify(&token).await, Ok(()));
    assert_eq!(server.fetches(), 2);
}
