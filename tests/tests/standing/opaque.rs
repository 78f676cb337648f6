//! Rules 17, 54 and 56 at the gate: tokens that say nothing themselves.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    introspector::{Introspector, Outage},
    world::{ISSUER, NOW, World},
};

async fn world(server: &Introspector) -> World {
    let introspection = server.introspection().build().expect("nothing is missing");
    World::with(|gate| gate.opaque(introspection)).await
}

/// Until every request that was spawned has come as far as it can: they share a thread with the test.
async fn all_wait() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn rule_54_what_the_issuer_says_is_good_is_let_in_with_its_scopes() {
    let server = Introspector::new();
    let world = world(&server).await;
    server.issue("reader", json!({}));
    server.issue("writer", json!({"scope": "orders:write", "sub": "bob"}));
    assert_eq!(world.ask("GET", "/orders", "reader").await.status, 204);
    assert_eq!(world.ask("POST", "/orders", "reader").await.status, 403);
    assert_eq!(world.ask("POST", "/orders", "writer").await.status, 204);
    assert_eq!(world.ask("GET", "/orders", "writer").await.status, 403);
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn rule_8_rule_54_what_it_does_not_say_is_good_is_refused_all_alike() {
    let server = Introspector::new();
    let world = world(&server).await;
    for (token, members) in [
        ("text", json!({"active": "true"})),
        ("number", json!({"active": 1})),
        ("missing", json!({"active": null})),
        ("inactive", json!({"active": false})),
        ("audience", json!({"aud": "https://elsewhere.example"})),
        ("everywhere", json!({"aud": null})),
        ("issuer", json!({"iss": "https://evil.example"})),
        ("expired", json!({"exp": NOW - 60})),
        ("early", json!({"nbf": NOW + 60})),
        ("refresh", json!({"token_type": "refresh_token"})),
        ("bound", json!({"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}})),
        ("bound-somehow", json!({"cnf": {"new": "thing"}})),
    ] {
        server.issue(token, members);
    }
    let unknown = world.ask("GET", "/orders", "unknown").await;
    assert_eq!(unknown.status, 401);
    assert!(unknown.challenge.contains("invalid_token"), "{unknown:?}");
    for token in [
        "text",
        "number",
        "missing",
        "inactive",
        "audience",
        "everywhere",
        "issuer",
        "expired",
        "early",
        "refresh",
        "bound",
        "bound-somehow",
    ] {
        assert_eq!(world.ask("GET", "/orders", token).await, unknown, "{token}");
        // Rule 5: what is presented and not good is an error where nothing is needed.
        assert_eq!(world.ask("GET", "/door", token).await.status, 401, "{token}");
    }
    assert_eq!(world.ask("GET", "/door", "unknown").await.status, 401);
}

#[tokio::test]
async fn rule_17_without_an_answer_nobody_is_let_in_and_nobody_refused() {
    let server = Introspector::new();
    let world = world(&server).await;
    server.issue("known", json!({}));
    server.issue("good", json!({}));
    assert_eq!(world.status("known").await, 204);
    for (outage, reason) in [
        (Outage::Unreachable, "introspection_unreachable"),
        (Outage::Slow, "introspection_slow"),
        (Outage::TooLarge, "introspection_too_large"),
        (Outage::Status(401), "introspection_unauthorized"),
        (Outage::Status(302), "introspection_status"),
        (Outage::Status(500), "introspection_status"),
        (Outage::Status(204), "introspection_status"),
        (Outage::Html, "introspection_malformed"),
    ] {
        server.fails(Some(outage));
        for token in ["good", "made-up"] {
            let answer = world.ask("GET", "/orders", token).await;
            assert_eq!((answer.status, answer.comes_back), (503, true), "{outage:?}");
            assert_eq!((answer.challenge.as_str(), world.reason()), ("", reason), "{outage:?}");
        }
        assert_eq!(world.status("known").await, 204, "{outage:?}: what is known is still known");
    }
    server.fails(None);
    assert_eq!(world.status("good").await, 204);
    assert_eq!(world.status("made-up").await, 401);
}

#[tokio::test]
async fn rule_54_what_is_revoked_at_the_issuer_is_refused_after_half_a_minute() {
    let server = Introspector::new();
    let world = world(&server).await;
    server.issue("token", json!({}));
    assert_eq!(world.status("token").await, 204);
    server.revoke("token");
    world.clock.advance(Duration::from_secs(29));
    assert_eq!((world.status("token").await, server.asked()), (204, 1));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!((world.status("token").await, server.asked()), (401, 2));
}

#[tokio::test]
async fn rule_54_what_was_refused_may_be_good_five_seconds_later() {
    let server = Introspector::new();
    let world = world(&server).await;
    assert_eq!(world.status("token").await, 401);
    server.issue("token", json!({}));
    world.clock.advance(Duration::from_secs(4));
    assert_eq!((world.status("token").await, server.asked()), (401, 1));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!((world.status("token").await, server.asked()), (204, 2));
}

#[tokio::test]
async fn rule_54_a_thousand_requests_with_one_token_ask_once() {
    let server = Introspector::new();
    let world = Arc::new(world(&server).await);
    server.issue("token", json!({}));
    for (token, expected) in [("token", 204), ("unknown", 401)] {
        let before = server.asked();
        server.answers(false);
        let mut requests = JoinSet::new();
        for _ in 0..1_000 {
            let world = Arc::clone(&world);
            requests.spawn(async move { world.status(token).await });
        }
        all_wait().await;
        server.answers(true);
        assert!(requests.join_all().await.iter().all(|status| *status == expected));
        assert_eq!(server.asked() - before, 1);
    }
}

#[tokio::test]
async fn rule_54_a_flood_of_made_up_tokens_is_bounded_and_known_ones_do_not_wait() {
    let server = Introspector::new();
    let introspection = server.introspection().concurrency(10).build().expect("nothing is missing");
    let world = Arc::new(World::with(|gate| gate.opaque(introspection)).await);
    server.issue("known", json!({}));
    assert_eq!(world.status("known").await, 204);
    server.answers(false);
    let mut requests = JoinSet::new();
    for number in 0..500 {
        let world = Arc::clone(&world);
        requests.spawn(async move { world.status(&format!("made-up-{number}")).await });
    }
    all_wait().await;
    assert_eq!(world.status("known").await, 204);
    server.answers(true);
    let statuses = requests.join_all().await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(401), count(503), server.asked()), (10, 490, 11));
}

#[tokio::test]
async fn a_signed_token_is_verified_and_sent_to_nobody() {
    let server = Introspector::new();
    let world = world(&server).await;
    let token = world.issuer.token().scope("orders:read").sign(NOW);
    assert_eq!(world.status(&token).await, 204);
    let forged = format!("{}.AAAA", token.rsplit_once('.').expect("three segments").0);
    assert_eq!(world.status(&forged).await, 401);
    assert_eq!(server.asked(), 0);

    let server = Introspector::new();
    let introspection = server.introspection().introspect_jwts().build().expect("nothing is missing");
    let asking = World::with(|gate| gate.opaque(introspection)).await;
    assert_eq!((asking.status(&token).await, server.asked()), (401, 1), "its issuer has revoked it");
    server.issue(&token, json!({"iss": ISSUER}));
    asking.clock.advance(Duration::from_secs(5));
    assert_eq!(asking.status(&token).await, 204);
}
