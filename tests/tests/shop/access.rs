//! Who may call what: every endpoint as every identity, against a table written by hand.

use crate::{
    client::Ask,
    world::{World, order},
};

const IDENTITIES: [&str; 11] = [
    "anonymous",
    "alice",
    "bob",
    "support",
    "reader",
    "stale",
    "expired",
    "forged",
    "key",
    "forged key",
    "token and key",
];

/// An endpoint, and what it answers to each identity. `{id}` is an order of alice's that is new each time.
struct Row {
    method: &'static str,
    target: &'static str,
    body: Option<&'static str>,
    answers: [u16; 11],
}

#[rustfmt::skip]
fn matrix(order: &'static str) -> [Row; 11] {
    [
        //                                                                            anon  alice bob   supp  read  stale expir forge key   f.key both
        Row { method: "GET", target: "/health", body: None,                answers: [204,  204,  204,  204,  204,  204,  401,  401,  204,  401,  400] },
        Row { method: "GET", target: "/openapi.json", body: None,          answers: [200,  200,  200,  200,  200,  200,  401,  401,  200,  401,  400] },
        Row { method: "GET", target: "/v1/orders", body: None,             answers: [401,  200,  200,  200,  200,  200,  401,  401,  401,  401,  400] },
        Row { method: "POST", target: "/v1/orders", body: Some(order),     answers: [401,  201,  201,  201,  403,  201,  401,  401,  401,  401,  400] },
        Row { method: "GET", target: "/v1/orders/{id}", body: None,        answers: [401,  200,  404,  200,  404,  200,  401,  401,  401,  401,  400] },
        Row { method: "PATCH", target: "/v1/orders/{id}", body: Some("{}"), answers: [401, 200,  404,  200,  403,  200,  401,  401,  401,  401,  400] },
        Row { method: "DELETE", target: "/v1/orders/{id}", body: None,     answers: [401,  204,  404,  204,  403,  401,  401,  401,  401,  401,  400] },
        Row { method: "GET", target: "/v1/admin/orders", body: None,       answers: [401,  403,  403,  200,  403,  403,  401,  401,  401,  401,  400] },
        Row { method: "GET", target: "/v1/reports/daily", body: None,      answers: [401,  401,  401,  401,  401,  401,  401,  401,  200,  401,  400] },
        // Those who may come otherwise: see `payments` and `warehouse`.
        Row { method: "POST", target: "/v1/webhooks/payments", body: Some("{}"), answers: [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 400] },
        Row { method: "POST", target: "/v1/shipments", body: Some("{}"), answers: [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 400] },
    ]
}

#[tokio::test]
async fn every_endpoint_answers_every_identity_as_the_table_says() {
    let world = World::new().await;
    let good: &'static str = order().to_string().leak();
    let mut wrong = Vec::new();
    for row in matrix(good) {
        for (who, expected) in IDENTITIES.into_iter().zip(row.answers) {
            let target = match row.target.contains("{id}") {
                true => row.target.replace("{id}", &world.place("alice").await),
                false => row.target.to_owned(),
            };
            world.log.take();
            let ask = Ask::new(row.method, &target);
            let ask = match row.body {
                Some(body) => ask.json(body),
                None => ask,
            };
            let answer = world.send(who, ask).await;
            let event = world.log.only();
            let allowed = (200..300).contains(&expected);
            if answer.status != expected || event.status != expected || (event.verdict == "allow") != allowed {
                wrong.push(format!(
                    "{} {} as {who}: {} and {event:?}, not {expected}",
                    row.method, row.target, answer.status
                ));
            }
            if expected == 401 {
                assert!(answer.headers.iter().any(|(name, _)| name == "www-authenticate"), "{} {who}", row.target);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_refusal_says_how_to_do_better() {
    let world = World::new().await;
    let id = world.place("alice").await;
    let own = format!("/v1/orders/{id}");
    let rows = [
        ("anonymous", "GET", "/v1/orders", "Bearer realm=\"Shop\""),
        ("expired", "GET", "/v1/orders", "Bearer realm=\"Shop\", error=\"invalid_token\""),
        ("forged", "GET", "/health", "Bearer realm=\"Shop\", error=\"invalid_token\""),
        ("reader", "DELETE", &own, "Bearer realm=\"Shop\", error=\"insufficient_scope\", scope=\"orders:write\""),
        ("stale", "DELETE", &own, "Bearer realm=\"Shop\", error=\"insufficient_user_authentication\", max_age=\"900\""),
        ("token and key", "GET", "/v1/orders", "Bearer realm=\"Shop\", error=\"invalid_request\""),
    ];
    for (who, method, target, expected) in rows {
        let answer = world.send(who, Ask::new(method, target)).await;
        assert_eq!(answer.header("www-authenticate"), Some(expected), "{who} {method} {target}");
    }
    let answer = world.send("alice", Ask::new("GET", "/v1/reports/daily")).await;
    let challenge = answer.header("www-authenticate").unwrap_or_default();
    assert!(challenge.contains("X-Api-Key") || challenge.contains("x-api-key"), "{challenge}");
}

#[tokio::test]
async fn a_hidden_order_looks_exactly_like_an_absent_one() {
    let world = World::new().await;
    let id = world.place("alice").await;
    for method in ["GET", "PATCH", "DELETE"] {
        let mut answers = Vec::new();
        for target in [format!("/v1/orders/{id}"), format!("/v1/orders/{}", "0".repeat(32)), "/v1/orders/%zz".into()] {
            let ask = Ask::new(method, &target);
            let ask = if method == "PATCH" { ask.json("{}") } else { ask };
            let answer = world.send("bob", ask).await;
            answers.push((answer.status, answer.body));
        }
        assert_eq!(answers[0].0, 404, "{method}");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{method}: {answers:#?}");
    }
}

#[tokio::test]
async fn a_login_grows_stale() {
    let world = World::new().await;
    let (first, second) = (world.place("alice").await, world.place("alice").await);
    world.clock.advance(std::time::Duration::from_secs(900));
    let answer = world.send("alice", Ask::new("DELETE", &format!("/v1/orders/{first}"))).await;
    assert_eq!(answer.status, 204, "at most 15 minutes old");
    world.clock.advance(std::time::Duration::from_secs(1));
    let answer = world.send("alice", Ask::new("DELETE", &format!("/v1/orders/{second}"))).await;
    assert_eq!((answer.status, answer.problem().as_str()), (401, "stale-login"));
}
