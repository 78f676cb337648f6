//! What HTTP itself asks for: methods, unknown paths, and the headers that every answer carries.

use crate::{
    client::{Answer, Ask},
    world::{World, order},
};

const SECURITY: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

fn assert_secure(what: &str, answer: &Answer) {
    for (name, value) in SECURITY {
        assert_eq!(answer.header(name), Some(value), "{what}: {}", answer.status);
    }
    assert_eq!(answer.header("access-control-allow-origin"), None, "{what}");
    assert_eq!(answer.header("server"), None, "{what}");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let world = World::new().await;
    let id = world.place("alice").await;
    let own = format!("/v1/orders/{id}");
    let rows = [
        ("alice", Ask::new("GET", "/v1/orders"), 200),
        ("alice", Ask::new("POST", "/v1/orders").json(order().to_string()), 201),
        ("anonymous", Ask::new("GET", "/health"), 204),
        ("alice", Ask::new("POST", "/v1/orders").json("{"), 400),
        ("anonymous", Ask::new("GET", "/v1/orders"), 401),
        ("reader", Ask::new("POST", "/v1/orders"), 403),
        ("bob", Ask::new("GET", &own), 404),
        ("anonymous", Ask::new("GET", "/nowhere"), 404),
        ("anonymous", Ask::new("GET", "/v1/orders/"), 404),
        ("anonymous", Ask::new("GET", "/v1//orders"), 404),
        ("anonymous", Ask::new("GET", "/V1/orders"), 404),
        ("anonymous", Ask::new("PUT", &own), 405),
        ("anonymous", Ask::new("OPTIONS", "/v1/orders"), 405),
        ("anonymous", Ask::new("TRACE", "/v1/orders"), 405),
        ("alice", Ask::new("POST", "/v1/orders").body("x"), 415),
        ("alice", Ask::new("POST", "/v1/orders").json("{}"), 422),
    ];
    for (who, ask, status) in rows {
        let what = format!("{ask:?}");
        let answer = world.send(who, ask).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert_secure(&what, &answer);
        if 400 <= status {
            assert!(!answer.problem().is_empty(), "{what}");
        }
    }
}

#[tokio::test]
async fn a_method_that_is_not_offered_says_which_are() {
    let world = World::new().await;
    let rows = [
        ("PUT", "/v1/orders", "GET,HEAD,POST"),
        ("OPTIONS", "/v1/orders", "GET,HEAD,POST"),
        ("POST", "/v1/orders/1", "DELETE,GET,HEAD,PATCH"),
        ("DELETE", "/health", "GET,HEAD"),
    ];
    for (method, target, expected) in rows {
        let answer = world.send("alice", Ask::new(method, target)).await;
        assert_eq!((answer.status, answer.problem().as_str()), (405, "method-not-allowed"), "{method} {target}");
        let mut allowed: Vec<&str> = answer.header("allow").unwrap_or_default().split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed.join(","), expected, "{method} {target}");
    }
}

#[tokio::test]
async fn head_is_get_without_a_body_and_with_the_same_policy() {
    let world = World::new().await;
    let id = world.place("alice").await;
    let own = format!("/v1/orders/{id}");
    for (who, target, status) in [
        ("alice", own.as_str(), 200),
        ("bob", &own, 404),
        ("anonymous", &own, 401),
        ("anonymous", "/health", 204),
        ("bob", "/v1/admin/orders", 403),
    ] {
        let got = world.send(who, Ask::new("GET", target)).await;
        world.log.take();
        let headed = world.send(who, Ask::new("HEAD", target)).await;
        assert_eq!((headed.status, headed.body.as_str()), (status, ""), "{who} {target}");
        // To a 204 without a body, axum adds a length of its own when the method is HEAD.
        if status != 204 {
            assert_eq!(headed.header("content-length"), got.header("content-length"), "{who} {target}");
        }
        assert_eq!(world.log.only().method, "HEAD");
        assert_secure(target, &headed);
    }
}

#[tokio::test]
async fn answers_tell_how_much_of_each_quota_is_left() {
    let world = World::new().await;
    let answer = world.send("alice", Ask::new("POST", "/v1/orders").json(order().to_string())).await;
    let policy = answer.header("ratelimit-policy").unwrap_or_default();
    assert_eq!(policy, "\"default\";q=600;w=60, \"place_order\";q=60;w=60");
    let standing = answer.header("ratelimit").unwrap_or_default();
    assert!(standing.contains("\"default\";r=599") && standing.contains("\"place_order\";r=59"), "{standing}");
}

#[tokio::test]
async fn the_document_is_served_and_names_every_endpoint() {
    let world = World::new().await;
    let answer = world.send("anonymous", Ask::new("GET", "/openapi.json")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let document = answer.json();
    assert!(document["openapi"].as_str().unwrap_or_default().starts_with("3.1"), "{}", document["openapi"]);
    let paths = document["paths"].as_object().expect("paths");
    let operations: usize = paths.values().map(|path| path.as_object().map_or(0, serde_json::Map::len)).sum();
    assert_eq!((paths.len(), operations), (8, 11));
    assert!(!answer.body.contains("\"owner\""), "the owner of an order is no property of it");
}

#[tokio::test]
async fn what_leaves_is_harmless_inside_a_page() {
    let world = World::new().await;
    let placed = crate::world::order_with("/title", "</script><img src=x onerror=alert(1)>&".into());
    let answer = world.send("alice", Ask::new("POST", "/v1/orders").json(placed.to_string())).await;
    assert_eq!(answer.status, 201);
    assert!(!answer.body.contains(['<', '>', '&']), "{}", answer.body);
    assert_eq!(answer.json()["title"], placed["title"]);
}
