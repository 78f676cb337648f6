//! The audit log: one event for each request, and in it everything that may be known, and nothing else.

use crate::{
    client::Ask,
    world::{World, order},
};

#[tokio::test]
async fn every_request_leaves_one_event_with_what_became_of_it() {
    let world = World::new().await;
    let id = world.place("alice").await;
    let own = format!("/v1/orders/{id}");
    world.log.take();
    let good = order().to_string();
    // Who, what; verdict, stage, reason, policy, route, authenticated by, status.
    let rows = [
        ("anonymous", Ask::new("GET", "/health"), "allow respond ok health /health - 204"),
        ("alice", Ask::new("GET", "/v1/orders"), "allow respond ok list_orders /v1/orders bearer 200"),
        ("alice", Ask::new("POST", "/v1/orders").json(good), "allow respond ok place_order /v1/orders bearer 201"),
        ("key", Ask::new("GET", "/v1/reports/daily"), "allow respond ok daily_report /v1/reports/daily api_key 200"),
        ("anonymous", Ask::new("GET", &own), "deny authenticate no_credential read_order /v1/orders/{id} - 401"),
        ("expired", Ask::new("GET", &own), "deny authenticate expired read_order /v1/orders/{id} - 401"),
        ("forged", Ask::new("GET", &own), "deny authenticate bad_signature read_order /v1/orders/{id} - 401"),
        ("forged key", Ask::new("GET", &own), "deny authenticate malformed read_order /v1/orders/{id} - 401"),
        (
            "token and key",
            Ask::new("GET", &own),
            "deny authenticate several_credentials read_order /v1/orders/{id} - 400",
        ),
        ("key", Ask::new("GET", &own), "deny authenticate scheme_not_accepted read_order /v1/orders/{id} - 401"),
        (
            "reader",
            Ask::new("PATCH", &own),
            "deny authorize insufficient_scope change_order /v1/orders/{id} bearer 403",
        ),
        ("stale", Ask::new("DELETE", &own), "deny authorize stale_login cancel_order /v1/orders/{id} bearer 401"),
        (
            "bob",
            Ask::new("GET", "/v1/admin/orders"),
            "deny authorize forbidden list_all_orders /v1/admin/orders bearer 403",
        ),
        ("bob", Ask::new("GET", &own), "deny object hidden_object read_order /v1/orders/{id} bearer 404"),
        ("bob", Ask::new("GET", "/v1/orders/1"), "deny object no_object read_order /v1/orders/{id} bearer 404"),
        (
            "bob",
            Ask::new("POST", "/v1/orders").header("idempotency-key", ""),
            "deny idempotency malformed_idempotency_key place_order /v1/orders bearer 400",
        ),
        ("bob", Ask::new("POST", "/v1/orders"), "deny input content_type place_order /v1/orders bearer 415"),
        ("bob", Ask::new("POST", "/v1/orders").json("{"), "deny input malformed place_order /v1/orders bearer 400"),
        ("bob", Ask::new("POST", "/v1/orders").json("{}"), "deny input invalid place_order /v1/orders bearer 422"),
        ("bob", Ask::new("GET", "/v1/orders?limit=0"), "deny input invalid list_orders /v1/orders bearer 422"),
        (
            "bob",
            Ask::new("POST", "/v1/orders").json("x".repeat(100_000)),
            "deny admit too_large place_order /v1/orders - 413",
        ),
        ("alice", Ask::new("GET", "/v1/nothing/7"), "deny admit no_route none none - 404"),
        ("alice", Ask::new("PUT", &own), "deny admit method_not_allowed none /v1/orders/{id} - 405"),
        ("alice", Ask::new("BREW", &own), "deny admit method_not_allowed none /v1/orders/{id} - 405"),
    ];
    for (who, ask, expected) in rows {
        let what = format!("{ask:?} as {who}");
        let answer = world.send(who, ask).await;
        let event = world.log.only();
        let by = event.authenticated_by.as_deref().unwrap_or("-");
        let found = format!(
            "{} {} {} {} {} {by} {}",
            event.verdict, event.stage, event.reason, event.policy, event.route, event.status
        );
        assert_eq!(found, expected, "{what}");
        assert_eq!(event.status, answer.status, "{what}");
        assert_eq!(event.caller.is_some(), by != "-", "{what}");
    }
}

#[tokio::test]
async fn a_caller_has_one_pseudonym_and_no_name() {
    let world = World::new().await;
    let own = format!("/v1/orders/{}", world.place("alice").await);
    world.log.take();
    let mut callers = Vec::new();
    for who in ["alice", "stale", "bob", "alice"] {
        world.send(who, Ask::new("GET", &own)).await;
        let event = world.log.only();
        for secret in [world.token(who), "alice", "bob", own.trim_start_matches("/v1/orders/"), "127.0.0.1"] {
            assert!(!event.whole.contains(secret), "{secret} in {}", event.whole);
        }
        callers.push(event.caller.expect("a caller"));
    }
    assert_eq!(callers[0], callers[1], "the same person, with another token");
    assert_eq!(callers[0], callers[3]);
    assert_ne!(callers[0], callers[2]);
}
