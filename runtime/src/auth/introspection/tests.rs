//! An authorization server in memory, which counts what it is asked and answers as it is told.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use futures_util::FutureExt;
use http::{Request, Response};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::*;
use crate::auth::{Claim, FetchError, Fetched, OptionalClaim};

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://id.shop.example";
const API: &str = "https://api.shop.example";

struct Server {
    asked: AtomicUsize,
    delay: Duration,
    answer: Mutex<Result<(u16, Vec<u8>), FetchError>>,
}

impl Server {
    fn saying(answer: &Value) -> Arc<Self> {
        Self::answering(Ok((200, answer.to_string().into_bytes())), Duration::ZERO)
    }

    fn answering(answer: Result<(u16, Vec<u8>), FetchError>, delay: Duration) -> Arc<Self> {
        Arc::new(Self { asked: AtomicUsize::new(0), delay, answer: Mutex::new(answer) })
    }

    fn now_says(&self, answer: &Value) {
        *self.answer.lock().unwrap() = Ok((200, answer.to_string().into_bytes()));
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

struct To(Arc<Server>);

impl Fetch for To {
    fn fetch(&self, _request: Request<Bytes>) -> Fetched<'_> {
        self.0.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {
            sleep(self.0.delay).await;
            let (status, body) = self.0.answer.lock().unwrap().clone()?;
            Ok(Response::builder().status(status).body(Bytes::from(body)).unwrap())
        })
    }
}

fn builder(server: &Arc<Server>) -> IntrospectionBuilder {
    Introspection::at("https://id.shop.example/introspect")
        .issuer(ISSUER)
        .audience(API)
        .client(ClientAuthentication::basic("api", Secret::new(String::from("secret"))))
        .fetch(To(Arc::clone(server)))
}

fn good() -> Value {
    json!({
        "active": true, "iss": ISSUER, "aud": API, "sub": "alice", "client_id": "shop-web", "token_type": "Bearer",
        "scope": "orders:read", "jti": "1", "iat": NOW - 10, "exp": NOW + 300,
    })
}

/// What the server says when some members are other than good. `null` takes one away.
fn but(changes: &Value) -> Value {
    let mut answer = good();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => _ = answer.as_object_mut().unwrap().remove(name),
            value => answer[name] = value.clone(),
        }
    }
    answer
}

async fn verify(builder: IntrospectionBuilder) -> Result<Introspected, IntrospectionError> {
    builder.build().unwrap().verify("opaque", NOW).await
}

async fn refusal(answer: &Value) -> Option<TokenError> {
    match verify(builder(&Server::saying(answer))).await {
        Ok(_) => None,
        Err(IntrospectionError::Refused(error)) => Some(error),
        Err(IntrospectionError::Unavailable(fault)) => panic!("{fault:?} for {answer}"),
    }
}

#[tokio::test]
async fn rule_54_nothing_but_true_is_active() {
    assert_eq!(refusal(&good()).await, None);
    let mut missing = good();
    missing.as_object_mut().unwrap().remove("active");
    assert_eq!(refusal(&missing).await, Some(TokenError::Inactive));
    for active in [json!(false), json!("true"), json!(1), json!([true]), json!({}), json!("")] {
        assert_eq!(refusal(&but(&json!({"active": active}))).await, Some(TokenError::Inactive), "{active}");
    }
    let mut null = good();
    null["active"] = Value::Null;
    assert_eq!(refusal(&null).await, Some(TokenError::Inactive));
}

#[tokio::test]
async fn rule_54_what_is_active_is_still_held_to_the_rules_of_tokens() {
    for (changes, expected) in [
        (json!({"iss": "https://id.shop.example/"}), TokenError::WrongIssuer),
        (json!({"iss": [ISSUER]}), TokenError::MalformedClaim(Claim::Issuer)),
        (json!({"aud": "https://other.example"}), TokenError::WrongAudience),
        (json!({"aud": null}), TokenError::MissingClaim(Claim::Audience)),
        (json!({"aud": [API, 1]}), TokenError::MalformedClaim(Claim::Audience)),
        (json!({"exp": NOW - 30}), TokenError::Expired),
        (json!({"exp": null}), TokenError::MissingClaim(Claim::ExpiresAt)),
        (json!({"exp": "1900000000"}), TokenError::MalformedClaim(Claim::ExpiresAt)),
        (json!({"nbf": NOW + 31}), TokenError::NotYetValid),
        (json!({"iat": NOW + 31}), TokenError::IssuedInFuture),
        (json!({"iat": null}), TokenError::MissingClaim(Claim::IssuedAt)),
        (json!({"jti": null}), TokenError::MissingClaim(Claim::TokenId)),
        (json!({"sub": null}), TokenError::MissingClaim(Claim::Subject)),
        (json!({"sub": ""}), TokenError::MalformedClaim(Claim::Subject)),
        (json!({"scope": 1}), TokenError::MalformedClaim(Claim::Scope)),
        (json!({"cnf": {"what": "ever"}}), TokenError::MalformedClaim(Claim::Confirmation)),
        (json!({"token_type": "refresh_token"}), TokenError::NotAnAccessToken),
        (json!({"token_type": ["Bearer"]}), TokenError::NotAnAccessToken),
        (json!({"token_use": "refresh_token"}), TokenError::NotAnAccessToken),
        (json!({"typ": "Refresh"}), TokenError::NotAnAccessToken),
        (json!({"nonce": "1"}), TokenError::NotAnAccessToken),
    ] {
        assert_eq!(refusal(&but(&changes)).await, Some(expected), "{changes}");
    }
}

#[tokio::test]
async fn rule_54_what_the_standard_leaves_open_is_relaxed_by_name_only() {
    let server = Server::saying(&but(&json!({"iss": null, "aud": null, "sub": null, "jti": null, "iat": null})));
    let relaxed = builder(&server)
        .accept_missing_audience()
        .accept_missing(OptionalClaim::TokenId)
        .accept_missing(OptionalClaim::IssuedAt)
        .clients_are_subjects();
    let found = verify(relaxed).await.unwrap();
    assert_eq!((found.verified().issuer(), found.verified().subject()), (ISSUER, "shop-web"));
    assert!(found.verified().scopes().eq(["orders:read"]));

    let other = Server::saying(&but(&json!({"aud": "https://other.example"})));
    let refused = verify(builder(&other).accept_missing_audience()).await.unwrap_err();
    assert_eq!(refused, IntrospectionError::Refused(TokenError::WrongAudience));
}

#[tokio::test]
async fn rule_17_rule_54_without_a_proper_answer_nobody_can_tell() {
    use IntrospectionFault::{Fetch, Malformed, Status};
    let body = || good().to_string().into_bytes();
    let twice = br#"{"active": false, "active": true}"#.to_vec();
    for (answer, expected) in [
        (Err(FetchError::Unreachable), Fetch(FetchError::Unreachable)),
        (Err(FetchError::Slow), Fetch(FetchError::Slow)),
        (Err(FetchError::TooLarge), Fetch(FetchError::TooLarge)),
        (Ok((500, body())), Status(500)),
        (Ok((401, body())), Status(401)),
        (Ok((201, body())), Status(201)),
        (Ok((302, body())), Status(302)),
        (Ok((200, Vec::new())), Malformed),
        (Ok((200, b"true".to_vec())), Malformed),
        (Ok((200, b"<html>".to_vec())), Malformed),
        (Ok((200, b"[{\"active\":true}]".to_vec())), Malformed),
        (Ok((200, twice)), Malformed),
        (Ok((200, b"{\"active\":true}\xFF".to_vec())), Malformed),
        (Ok((200, "[".repeat(100_000).into_bytes())), Malformed),
    ] {
        let server = Server::answering(answer, Duration::ZERO);
        let introspection = builder(&server).build().unwrap();
        for asked in 1..3 {
            let outcome = introspection.verify("opaque", NOW).await.unwrap_err();
            assert_eq!(outcome, IntrospectionError::Unavailable(expected));
            assert_eq!(server.asked(), asked, "an outage is not remembered");
        }
    }
}

#[tokio::test]
async fn rule_54_good_and_bad_answers_are_remembered_for_a_while() {
    let server = Server::saying(&good());
    let introspection = builder(&server).build().unwrap();
    for (now, asked) in [(NOW, 1), (NOW + 29, 1), (NOW + 30, 2)] {
        assert_eq!(
            introspection.verify("good", now).await.unwrap().until(),
            if asked == 1 { NOW + 30 } else { NOW + 60 }
        );
        assert_eq!(server.asked(), asked, "{now}");
    }
    server.now_says(&json!({"active": false}));
    for (now, asked) in [(NOW, 3), (NOW + 4, 3), (NOW + 5, 4)] {
        assert!(introspection.verify("bad", now).await.is_err());
        assert_eq!(server.asked(), asked, "{now}");
    }
    // The whole token is what is remembered.
    assert!(introspection.verify("goo", NOW + 31).await.is_err());
    assert!(introspection.verify("good", NOW + 31).await.is_ok());
    assert!(introspection.verify("good", NOW + 60).await.is_err());
}

#[tokio::test]
async fn rule_54_whoever_invents_long_tokens_fills_no_memory_with_them() {
    let introspection = builder(&Server::saying(&json!({"active": false}))).build().unwrap();
    let invented = "x".repeat(jws::LONGEST_TOKEN);
    assert!(introspection.verify(&invented, NOW).await.is_err());
    let mark = Mark::new("introspection", b"", invented.as_bytes());
    assert_eq!(introspection.asker.bad.get(&invented, NOW), None);
    assert_eq!(introspection.asker.bad.get(mark.as_bytes(), NOW), Some(TokenError::Inactive));
}

#[tokio::test]
async fn rule_54_nothing_is_remembered_longer_than_the_token_lives() {
    let server = Server::saying(&but(&json!({"exp": NOW + 7})));
    let introspection = builder(&server).build().unwrap();
    assert_eq!(introspection.verify("short", NOW).await.unwrap().until(), NOW + 7);
    let _still_within_the_skew = introspection.verify("short", NOW + 7).await;
    assert_eq!(server.asked(), 2);

    let server = Server::saying(&good());
    let introspection = builder(&server).remember(Duration::ZERO).build().unwrap();
    for asked in 1..4 {
        assert!(introspection.verify("each", NOW).await.is_ok());
        assert_eq!(server.asked(), asked);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_54_a_thousand_requests_with_one_token_are_one_question() {
    for answer in [good(), json!({"active": false})] {
        let server = Server::answering(Ok((200, answer.to_string().into_bytes())), Duration::from_millis(300));
        let introspection = builder(&server).build().unwrap();
        let requests = (0..1_000).map(|_| introspection.verify("one", NOW));
        let outcomes = futures_util::future::join_all(requests).await;
        let active = answer["active"] == true;
        assert!(outcomes.iter().all(|outcome| outcome.is_ok() == active));
        assert_eq!(server.asked(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_54_an_outage_answers_all_who_wait_and_the_next_is_asked_anew() {
    let server = Server::answering(Err(FetchError::Slow), Duration::from_millis(300));
    let introspection = builder(&server).build().unwrap();
    let outcomes = futures_util::future::join_all((0..100).map(|_| introspection.verify("one", NOW))).await;
    assert!(outcomes.iter().all(Result::is_err));
    assert_eq!(server.asked(), 1);
    server.now_says(&good());
    assert!(introspection.verify("one", NOW).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn rule_54_who_asked_first_may_go_and_the_others_hear_the_answer() {
    let server = Server::answering(Ok((200, good().to_string().into_bytes())), Duration::from_millis(300));
    let introspection = builder(&server).build().unwrap();
    let mut first = Box::pin(introspection.verify("one", NOW));
    let mut second = Box::pin(introspection.verify("one", NOW));
    assert!((&mut first).now_or_never().is_none());
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    assert!(second.await.is_ok());
    assert_eq!(server.asked(), 1);

    // A question that nobody waits for any more is asked again by the next.
    let mut gone = Box::pin(introspection.verify("two", NOW));
    assert!((&mut gone).now_or_never().is_none());
    drop(gone);
    assert!(introspection.verify("two", NOW).await.is_ok());
    assert_eq!(server.asked(), 3);
}

/// A client of a user's, which is not what it should be.
enum Broken {
    Panicking,
    Hanging,
}

impl Fetch for Broken {
    fn fetch(&self, _request: Request<Bytes>) -> Fetched<'_> {
        match self {
            Self::Panicking => panic!("a client that panics"),
            Self::Hanging => Box::pin(std::future::pending()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rule_17_a_client_that_panics_or_hangs_is_an_outage_for_all_who_wait() {
    for (broken, error) in [(Broken::Panicking, FetchError::Unreachable), (Broken::Hanging, FetchError::Slow)] {
        let introspection = builder(&Server::saying(&good())).fetch(broken).build().unwrap();
        let (one, other) = tokio::join!(introspection.verify("opaque", NOW), introspection.verify("opaque", NOW));
        for outcome in [one, other] {
            let expected = IntrospectionError::Unavailable(IntrospectionFault::Fetch(error));
            assert_eq!(outcome.err(), Some(expected));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rule_54_a_flood_of_invented_tokens_is_bounded_and_delays_no_known_one() {
    let server = Server::saying(&good());
    let introspection = builder(&server).concurrency(8).build().unwrap();
    assert!(introspection.verify("known", NOW).await.is_ok());

    let slow = Server::answering(Ok((200, json!({"active": false}).to_string().into_bytes())), Duration::from_secs(3));
    let flooded = builder(&slow).concurrency(8).build().unwrap();
    let tokens: Vec<_> = (0..100).map(|number| format!("invented-{number}")).collect();
    let outcomes = futures_util::future::join_all(tokens.iter().map(|token| flooded.verify(token, NOW))).await;
    let busy = |outcome: &&Outcome| matches!(outcome, Err(IntrospectionError::Unavailable(IntrospectionFault::Busy)));
    assert_eq!(outcomes.iter().filter(busy).count(), 92);
    assert_eq!(slow.asked(), 8);
    // Afterwards there is room again.
    slow.now_says(&good());
    assert!(flooded.verify("another", NOW).await.is_ok());

    let waiting: Vec<_> = tokens.iter().map(|token| introspection.verify(token, NOW)).collect();
    assert!(introspection.verify("known", NOW).await.is_ok());
    drop(waiting);
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn rule_4_a_token_that_is_too_long_is_not_sent_anywhere() {
    let server = Server::saying(&good());
    let introspection = builder(&server).build().unwrap();
    let outcome = introspection.verify(&"a".repeat(8 * 1024 + 1), NOW).await.unwrap_err();
    assert_eq!(outcome, IntrospectionError::Refused(TokenError::TooLong));
    assert_eq!(server.asked(), 0);
}

#[test]
fn a_signed_token_is_not_sent_around_unless_that_was_asked_for() {
    let server = Server::saying(&good());
    let introspection = builder(&server).build().unwrap();
    assert!(
        introspection.takes("2YotnFZFEjr1zCsicMWpAA") && introspection.takes("a.b") && introspection.takes("a.b.c.d")
    );
    assert!(!introspection.takes("e30.e30.c2ln"));
    let asking = builder(&server).introspect_jwts().build().unwrap();
    let naming = |issuer: &str| {
        let claims = json!({ "iss": issuer }).to_string();
        format!("e30.{}.c2ln", base64_simd::URL_SAFE_NO_PAD.encode_to_string(claims))
    };
    assert!(asking.takes("2YotnFZFEjr1zCsicMWpAA") && asking.takes(&naming(ISSUER)));
    for token in [naming("https://other.example"), naming(""), String::from("e30.e30.c2ln"), String::from("..")] {
        assert!(!asking.takes(&token), "{token}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let server = Server::saying(&good());
    for (builder, expected) in [
        (builder(&server).issuer(""), IntrospectionSetupError::NoIssuer),
        (builder(&server).audience(""), IntrospectionSetupError::NoAudience),
        (Introspection::at("/introspect").issuer(ISSUER), IntrospectionSetupError::Endpoint),
        (Introspection::at("http://id.shop.example/introspect"), IntrospectionSetupError::Endpoint),
        (Introspection::at("https://id.shop.example").issuer(ISSUER).audience(API), IntrospectionSetupError::NoClient),
    ] {
        assert_eq!(builder.build().err(), Some(expected));
    }
}

#[tokio::test]
async fn rule_69_debug_shows_neither_token_nor_secret() {
    let introspection = builder(&Server::saying(&good())).build().unwrap();
    let found = introspection.verify("opaque-token", NOW).await.unwrap();
    let shown = format!("{introspection:?} {found:?} {:?}", builder(&Server::saying(&good())));
    assert!(!shown.contains("opaque-token") && !shown.contains("secret") && !shown.contains("alice"), "{shown}");
}
