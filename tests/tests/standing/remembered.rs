//! Rules 53 and 56: what is remembered is who somebody is, never what they may do.

use std::time::Duration;

use ring::digest::{SHA256, digest};
use serde_json::json;

use crate::{
    introspector::Introspector,
    world::{NOW, World},
};

#[tokio::test]
async fn rule_56_what_was_allowed_once_allows_no_other_method_path_or_object() {
    let server = Introspector::new();
    let introspection = server.introspection().build().expect("nothing is missing");
    let world = World::with(|gate| gate.opaque(introspection)).await;
    server.issue("opaque", json!({}));
    let signed = world.issuer.token().subject("alice").scope("orders:read").sign(NOW);
    for token in [signed.as_str(), "opaque"] {
        for _ in 0..3 {
            for (method, path, expected) in [
                ("GET", "/orders", 204),
                ("GET", "/orders/0", 200),
                ("GET", "/orders/1", 404),
                ("GET", "/orders/7", 404),
                ("POST", "/orders", 403),
                ("GET", "/door", 204),
                ("PUT", "/orders", 405),
                ("GET", "/other", 404),
            ] {
                assert_eq!(world.ask(method, path, token).await.status, expected, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn rule_56_rule_59_what_was_good_with_a_certificate_is_not_good_without_it_or_with_another() {
    let server = Introspector::new();
    let introspection = server.introspection().build().expect("nothing is missing");
    let world = World::with(|gate| gate.opaque(introspection)).await;
    let thumbprint = base64_simd::URL_SAFE_NO_PAD.encode_to_string(digest(&SHA256, b"certificate"));
    let bound = json!({ "x5t#S256": thumbprint });
    server.issue("opaque", json!({"cnf": bound}));
    let signed = world.issuer.token().scope("orders:read").claim("cnf", bound).sign(NOW);
    for token in [signed.as_str(), "opaque"] {
        for _ in 0..3 {
            assert_eq!(world.status_with_certificate(token, b"certificate").await, 204);
            assert_eq!(world.status_with_certificate(token, b"another").await, 401);
            assert_eq!(world.status(token).await, 401);
        }
    }
    assert_eq!(server.asked(), 1, "it was remembered all the time");
}

#[tokio::test]
async fn rule_53_a_token_is_not_remembered_beyond_its_end() {
    let world = World::with(|gate| gate).await;
    let token = world.issuer.token().scope("orders:read").expires_in(20).sign(NOW);
    assert_eq!(world.status(&token).await, 204);
    // Clocks may differ by half a minute.
    world.clock.advance(Duration::from_secs(49));
    assert_eq!(world.status(&token).await, 204);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.status(&token).await, 401);
}

#[tokio::test]
async fn rule_53_a_forged_token_never_meets_what_is_remembered_of_a_good_one() {
    let world = World::with(|gate| gate).await;
    let token = world.issuer.token().scope("orders:read").sign(NOW);
    assert_eq!(world.status(&token).await, 204);
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(bytes).expect("letters");
        assert_eq!(world.status(&forged).await, 401, "another letter at {at}");
    }
    assert_eq!(world.status(&token).await, 204);
}
