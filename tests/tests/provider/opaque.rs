//! Rules 17, 54 and 56: tokens that say nothing themselves, and a real provider that is asked about them (RFC 7662).

use std::{sync::Arc, time::Duration};

use palisade::{
    auth::{ClientAuthentication, HttpsClient, Introspection, IntrospectionBuilder, OptionalClaim, Secret, Tokens},
    gate::GateBuilder,
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    client::Ask,
    op::{OPAQUE, Provider, RESOURCE},
    world::World,
};

const PATH: &str = "/token/introspection";

/// What asks the provider, as its client `rs`. Tokens of clients have no `sub` there, and no `jti`.
fn introspection(provider: &Provider) -> IntrospectionBuilder {
    let secret = Secret::new(String::from("rs-secret"));
    Introspection::at(format!("{}{PATH}", provider.issuer()))
        .issuer(provider.issuer())
        .audience(OPAQUE)
        .client(ClientAuthentication::basic("rs", secret))
        .fetch(HttpsClient::new().expect("a client"))
        .accept_missing(OptionalClaim::TokenId)
        .clients_are_subjects()
}

/// An API that takes opaque tokens, by what this makes of the introspection.
async fn asking(provider: &Provider, change: impl FnOnce(IntrospectionBuilder) -> IntrospectionBuilder) -> World {
    let introspection = change(introspection(provider)).build().expect("nothing is missing");
    World::with(|gate: GateBuilder| gate.opaque(introspection)).await
}

#[tokio::test]
async fn rule_54_a_token_is_good_when_its_provider_says_so() {
    let Some(provider) = Provider::start() else { return };
    let world = asking(&provider, |introspection| introspection).await;
    let token = provider.token("RS256", OPAQUE).await;
    for _ in 0..5 {
        let answer = world.ask(&token).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"by": "RS256"})));
    }
    assert_eq!(provider.hits(PATH).await, 1, "what it says is remembered");
    let mut changed = token.clone();
    let last = changed.pop().expect("a letter");
    changed.push(if last == 'a' { 'b' } else { 'a' });
    for (name, token) in [("another letter", changed), ("made up", "made-up".into()), ("a letter more", token + "a")] {
        assert_eq!(world.ask(&token).await.status, 401, "{name}");
    }
    assert_eq!(Ask::new("POST", "/orders").bearer("made-up").send(world.address).await.status, 401);
}

#[tokio::test]
async fn rule_54_what_is_revoked_is_refused() {
    let Some(provider) = Provider::start() else { return };
    let world = asking(&provider, |introspection| introspection.remember(Duration::ZERO)).await;
    let (token, other) = (provider.token("RS256", OPAQUE).await, provider.token("RS256", OPAQUE).await);
    assert_eq!(world.ask(&token).await.status, 200);
    provider.revoke("RS256", &token).await;
    assert_eq!(world.ask(&token).await.status, 401);
    assert_eq!(world.ask(&other).await.status, 200);
}

#[tokio::test]
async fn rule_54_an_active_token_is_still_checked() {
    let Some(provider) = Provider::start() else { return };
    let token = provider.token("RS256", OPAQUE).await;
    let elsewhere = asking(&provider, |introspection| introspection.audience("https://elsewhere.example")).await;
    assert_eq!(elsewhere.verdict(&token).await, (401, "wrong_audience".into()));
    let other = asking(&provider, |introspection| introspection.issuer("https://id.evil.example")).await;
    assert_eq!(other.verdict(&token).await, (401, "wrong_issuer".into()));
    let world = asking(&provider, |introspection| introspection).await;
    let write = Ask::new("POST", "/orders").bearer(&token).send(world.address).await;
    assert_eq!(write.status, 403, "its scope is for reading: {write:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_54_a_thousand_requests_with_one_token_ask_once() {
    let Some(provider) = Provider::start() else { return };
    let world = Arc::new(asking(&provider, |introspection| introspection).await);
    let token: Arc<str> = provider.token("RS256", OPAQUE).await.into();
    provider.told("hits=0&delay=1000").await;
    let mut asked = JoinSet::new();
    for _ in 0..1_000 {
        let (world, token) = (Arc::clone(&world), Arc::clone(&token));
        asked.spawn(async move { world.ask(&token).await.status });
    }
    let statuses = asked.join_all().await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(provider.hits(PATH).await, 1);
}

#[tokio::test]
async fn rule_17_without_the_provider_nobody_can_tell() {
    let Some(provider) = Provider::start() else { return };
    let world = asking(&provider, |introspection| introspection).await;
    let known = provider.token("RS256", OPAQUE).await;
    assert_eq!(world.ask(&known).await.status, 200);
    for outage in ["fail=500", "fail=503", "fail=302", "fail=401", "fail=0&close=1"] {
        provider.told(outage).await;
        for token in [provider.token("RS256", OPAQUE).await, "made-up".to_owned()] {
            let answer = world.ask(&token).await;
            assert_eq!(answer.status, 503, "{outage}: {answer:?}");
            assert!(!answer.all("retry-after").is_empty(), "{outage}: {answer:?}");
            assert!(answer.all("www-authenticate").is_empty(), "{outage}: {answer:?}");
        }
        assert_eq!(world.ask(&known).await.status, 200, "{outage}: it is still remembered");
    }
    provider.told("close=0").await;
    let new = provider.token("RS256", OPAQUE).await;
    assert_eq!(world.ask(&new).await.status, 200, "it is back");
    drop(provider);
    assert_eq!(world.ask("another").await.status, 503, "it is gone");
}

#[tokio::test]
async fn rule_17_a_secret_that_the_provider_does_not_know_lets_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let wrong = ClientAuthentication::basic("rs", Secret::new(String::from("wrong")));
    let world = asking(&provider, |introspection| introspection.client(wrong)).await;
    let token = provider.token("RS256", OPAQUE).await;
    assert_eq!(world.ask(&token).await.status, 503, "that is our fault, not the caller's");
}

#[tokio::test]
async fn both_kinds_of_token_are_good_at_one_gate() {
    let Some(provider) = Provider::start() else { return };
    let introspection = introspection(&provider).build().expect("nothing is missing");
    let tokens = Tokens::issuer(provider.issuer()).audience(RESOURCE);
    let world = World::with(|gate| gate.bearer(tokens).opaque(introspection)).await;
    let (signed, opaque) = (provider.token("EdDSA", RESOURCE).await, provider.token("EdDSA", OPAQUE).await);
    provider.told("hits=0").await;
    assert_eq!(world.ask(&signed).await.status, 200);
    assert_eq!(provider.hits(PATH).await, 0, "a signed token is sent to nobody");
    assert_eq!(world.ask(&opaque).await.status, 200);
    let forged = format!("{}.AAAA", signed.rsplit_once('.').expect("three segments").0);
    assert_eq!(world.verdict(&forged).await, (401, "bad_signature".into()));
    assert_eq!(provider.hits(PATH).await, 1, "a forged one neither");
}
