//! What a refused client is told: the status, one challenge for each way that would do, a body that says nothing of the reason.

#[path = "challenges/parsed.rs"]
mod parsed;
#[path = "challenges/world.rs"]
mod world;

use http::{Method, StatusCode};
use palisade::{
    auth::{Algorithm, ReplayFault},
    testing::{ProofKey, TestIssuer},
};
use serde_json::{Value, json};

use self::{
    parsed::challenges,
    world::{ISSUER, NOW, ORIGIN, Sent, World},
};

/// What ends every challenge here.
const METADATA: &str = "resource_metadata=https://api.shop.example/.well-known/oauth-protected-resource";
const ALGORITHMS: &str = "algs=ES256 EdDSA Ed25519";

/// Sends a request and holds status, challenges and the type of the problem against what is expected. A challenge is written as
/// its scheme and its parameters, without realm and metadata.
async fn check(world: &World, sent: Sent<'_>, status: u16, problem: &str, expected: &[&str]) {
    let name = format!("{sent:?}");
    let answer = world.send(sent).await;
    assert_eq!(answer.status().as_u16(), status, "{name}");
    let found: Vec<String> = challenges(answer.headers())
        .into_iter()
        .map(|(scheme, mut parameters)| {
            assert_eq!(parameters.remove(0), "realm=Shop", "{name}");
            assert_eq!(parameters.pop().as_deref(), Some(METADATA), "{name}");
            [&[scheme], &parameters[..]].concat().join(" | ")
        })
        .collect();
    assert_eq!(found, expected, "{name}");
    assert_eq!(answer.headers()["cache-control"], "no-store", "{name}");
    assert_eq!(answer.headers()["content-type"], "application/problem+json", "{name}");
    let body = world::json(answer).await;
    assert_eq!(body["type"], format!("urn:palisade:problem:{problem}"), "{name}");
    assert!(body.get("detail").is_none() && body.get("errors").is_none(), "{name}: {body}");
}

const BEARER: &str = "Bearer";
const BY_DPOP: &str = "DPoP | algs=ES256 EdDSA Ed25519";
const KEY: &str = "ApiKey | header=x-api-key";

#[tokio::test]
async fn rule_7_without_a_credential_every_way_is_named_and_no_error() {
    let world = World::new().await;
    check(&world, Sent::get("/orders"), 401, "unauthenticated", &[BEARER, BY_DPOP, KEY]).await;
    check(&world, Sent::get("/keys"), 401, "unauthenticated", &[KEY]).await;
    check(&world, Sent::get("/orders").token("Basic", "YTpi"), 401, "unauthenticated", &[BEARER, BY_DPOP, KEY]).await;
}

#[tokio::test]
async fn rule_8_a_bad_token_is_told_the_same_for_every_reason() {
    let world = World::new().await;
    let bad = [
        String::from("a.b.c"),
        world.id.token().sign(NOW - 900),
        world.id.token().audience("https://other.example").sign(NOW),
        TestIssuer::new(ISSUER).token().sign(NOW),
    ];
    for token in bad {
        let expected = ["Bearer | error=invalid_token", BY_DPOP, KEY];
        check(&world, Sent::get("/orders").token("Bearer", &token), 401, "unauthenticated", &expected).await;
    }
    let expected = [BEARER, BY_DPOP, KEY];
    check(&world, Sent::get("/orders").key("shop_a_b"), 401, "unauthenticated", &expected).await;
}

#[tokio::test]
async fn rule_9_a_missing_scope_is_named_and_a_missing_role_is_not() {
    let world = World::new().await;
    let token = world.id.token().scope("orders:readall").sign(NOW);
    let scope = "error=insufficient_scope | scope=orders:read";
    let expected = [&*format!("Bearer | {scope}")];
    check(&world, Sent::get("/orders").token("Bearer", &token), 403, "forbidden", &expected).await;
    check(&world, Sent::get("/staff").token("Bearer", &token), 403, "forbidden", &[]).await;

    let bound = world.id.token().claim("cnf", world.key.confirmation()).sign(NOW);
    let proof = world.proof("GET", "/orders", &bound);
    let expected = [&*format!("DPoP | {scope} | {ALGORITHMS}")];
    check(&world, Sent::get("/orders").token("DPoP", &bound).proof(&proof), 403, "forbidden", &expected).await;
}

#[tokio::test]
async fn rule_12_a_login_that_is_too_old_or_too_weak_is_told_what_it_has_to_be() {
    let world = World::new().await;
    let error = "Bearer | error=insufficient_user_authentication";
    let token = || world.id.token();
    let rows = [
        ("/fresh", token(), "stale-login", "max_age=300"),
        ("/fresh", token().authenticated(301), "stale-login", "max_age=300"),
        ("/gold", token(), "weak-login", "acr_values=urn:gold"),
        ("/gold", token().claim("acr", "urn:silver"), "weak-login", "acr_values=urn:gold"),
        ("/gold", token().claim("acr", "urn:GOLD"), "weak-login", "acr_values=urn:gold"),
        ("/mfa", token(), "weak-login", "acr_values=urn:gold"),
        ("/mfa", token().claim("amr", vec!["pwd", "kba"]), "weak-login", "acr_values=urn:gold"),
        ("/either", token().scope("orders:read"), "stale-login", "max_age=300"),
        ("/either", token(), "stale-login", "max_age=300 | scope=orders:read"),
        ("/both", token().authenticated(0), "weak-login", "acr_values=urn:silver"),
        ("/both", token(), "weak-login", "max_age=300 | acr_values=urn:silver"),
    ];
    for (path, token, problem, parameters) in rows {
        let token = token.sign(NOW);
        let expected = [&*format!("{error} | {parameters}")];
        check(&world, Sent::get(path).token("Bearer", &token), 401, problem, &expected).await;
    }
    let good = [
        ("/fresh", token().authenticated(300)),
        ("/gold", token().claim("acr", "urn:gold")),
        ("/mfa", token().claim("amr", vec!["pwd", "otp"])),
        ("/mfa", token().claim("acr", "urn:gold")),
        ("/either", token().scope("orders:read").claim("acr", "urn:gold")),
        ("/both", token().authenticated(9).claim("acr", "urn:gold")),
    ];
    for (path, token) in good {
        let token = token.sign(NOW);
        assert_eq!(
            world.send(Sent::get(path).token("Bearer", &token)).await.status(),
            StatusCode::NO_CONTENT,
            "{path}"
        );
    }
}

#[tokio::test]
async fn rule_12_a_key_cannot_step_up() {
    let world = World::new().await;
    let key = world.api_key.clone();
    check(&world, Sent::get("/fresh").key(&key), 403, "forbidden", &[]).await;
    check(&world, Sent::get("/bound").key(&key), 403, "forbidden", &[]).await;
}

#[tokio::test]
async fn rule_13_a_bad_proof_is_told_the_same_for_every_reason() {
    let world = World::new().await;
    let token = world.bound();
    let uri = format!("{ORIGIN}/orders");
    let expected = [&*format!("DPoP | error=invalid_dpop_proof | {ALGORITHMS}"), BEARER, KEY];
    let key = &world.key;
    let good = || key.proof("GET", &uri, &token);
    let rows = [
        ("another method", key.proof("POST", &uri, &token).sign(NOW)),
        ("another path", key.proof("GET", &format!("{ORIGIN}/keys"), &token).sign(NOW)),
        ("another host", key.proof("GET", "https://evil.example/orders", &token).sign(NOW)),
        ("the host of the request", key.proof("GET", "https://shop.internal/orders", &token).sign(NOW)),
        ("another token", key.proof("GET", &uri, "e30.e30.c2ln").sign(NOW)),
        ("old", good().sign(NOW - 61)),
        ("early", good().sign(NOW + 6)),
        ("no jti", good().without("jti").sign(NOW)),
        ("an access token", token.clone()),
        ("another algorithm", ProofKey::new().algorithm(Algorithm::Rs256).proof("GET", &uri, &token).sign(NOW)),
        ("nothing", String::new()),
        ("two in one header", format!("{}, {}", good().sign(NOW), good().sign(NOW))),
    ];
    for (name, proof) in rows {
        let sent = Sent::get("/orders").token("DPoP", &token).proof(&proof);
        assert_eq!(world.send(sent.clone()).await.status(), StatusCode::UNAUTHORIZED, "{name}");
        check(&world, sent, 401, "unauthenticated", &expected).await;
    }
    check(&world, Sent::get("/orders").token("DPoP", &token), 401, "unauthenticated", &expected).await;
    let (one, two) = (good().sign(NOW), good().sign(NOW));
    let twice = Sent::get("/orders").token("DPoP", &token).proof(&one).proof(&two);
    check(&world, twice, 401, "unauthenticated", &expected).await;
}

#[tokio::test]
async fn rule_13_a_token_of_another_key_or_of_none_is_no_good_with_a_proof() {
    let world = World::new().await;
    let expected = [&*format!("DPoP | error=invalid_token | {ALGORITHMS}"), BEARER, KEY];
    let unbound = world.id.token().scope("orders:read").sign(NOW);
    let proof = world.proof("GET", "/orders", &unbound);
    check(&world, Sent::get("/orders").token("DPoP", &unbound).proof(&proof), 401, "unauthenticated", &expected).await;

    let token = world.bound();
    let proof = ProofKey::new().proof("GET", &format!("{ORIGIN}/orders"), &token).sign(NOW);
    check(&world, Sent::get("/orders").token("DPoP", &token).proof(&proof), 401, "unauthenticated", &expected).await;
    // A token that is no good is told before its proof.
    let sent = Sent::get("/orders").token("DPoP", "a.b.c").proof(&proof);
    check(&world, sent, 401, "unauthenticated", &expected).await;
}

#[tokio::test]
async fn rule_13_a_nonce_is_asked_for_and_renewed() {
    let world = World::with_nonces().await;
    let token = world.bound();
    let expected = [&*format!("DPoP | error=use_dpop_nonce | {ALGORITHMS}"), BEARER, KEY];
    let proof = world.proof("GET", "/orders", &token);
    let sent = Sent::get("/orders").token("DPoP", &token).proof(&proof);
    let nonce = world.send(sent.clone()).await.headers()["dpop-nonce"].to_str().unwrap().to_owned();
    check(&world, sent, 401, "unauthenticated", &expected).await;

    let uri = format!("{ORIGIN}/orders");
    let with_nonce = |now| world.key.proof("GET", &uri, &token).nonce(&nonce).sign(now);
    let answer = world.send(Sent::get("/orders").token("DPoP", &token).proof(&with_nonce(NOW))).await;
    assert_eq!((answer.status(), answer.headers().get("dpop-nonce")), (StatusCode::NO_CONTENT, None));

    world.clock.advance(std::time::Duration::from_secs(130));
    let answer = world.send(Sent::get("/orders").token("DPoP", &token).proof(&with_nonce(NOW + 130))).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_ne!(answer.headers()["dpop-nonce"], nonce);

    world.clock.advance(std::time::Duration::from_secs(130));
    let stale = with_nonce(NOW + 260);
    check(&world, Sent::get("/orders").token("DPoP", &token).proof(&stale), 401, "unauthenticated", &expected).await;
}

#[tokio::test]
async fn rule_14_a_bound_token_alone_is_no_good() {
    let world = World::new().await;
    let token = world.bound();
    let expected = ["Bearer | error=invalid_token", BY_DPOP, KEY];
    let proof = world.proof("GET", "/orders", &token);
    check(&world, Sent::get("/orders").token("Bearer", &token), 401, "unauthenticated", &expected).await;
    let with_proof = Sent::get("/orders").token("Bearer", &token).proof(&proof);
    check(&world, with_proof, 401, "unauthenticated", &expected).await;
    // Not after it was good with its proof either.
    let good = Sent::get("/orders").token("DPoP", &token).proof(&proof);
    assert_eq!(world.send(good).await.status(), StatusCode::NO_CONTENT);
    check(&world, Sent::get("/orders").token("Bearer", &token), 401, "unauthenticated", &expected).await;
}

#[tokio::test]
async fn rule_56_a_proof_is_good_for_one_request() {
    let world = World::new().await;
    let token = world.bound();
    let proof = world.proof("GET", "/orders", &token);
    let sent = |path| Sent::get(path).token("DPoP", &token).proof(&proof);
    assert_eq!(world.send(sent("/orders")).await.status(), StatusCode::NO_CONTENT);
    let expected = [&*format!("DPoP | error=invalid_dpop_proof | {ALGORITHMS}"), BEARER, KEY];
    check(&world, sent("/orders"), 401, "unauthenticated", &expected).await;
    check(&world, Sent { method: Method::POST, ..sent("/orders") }, 401, "unauthenticated", &expected).await;
    assert_eq!(world.send(sent("/bound")).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn rule_55_a_replay_store_that_cannot_say_lets_nobody_in() {
    for fault in [ReplayFault::Full, ReplayFault::Outage] {
        let world = World::failing(fault).await;
        let token = world.bound();
        let proof = world.proof("GET", "/orders", &token);
        let answer = world.send(Sent::get("/orders").token("DPoP", &token).proof(&proof)).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{fault:?}");
        assert!(answer.headers().contains_key("retry-after") && !answer.headers().contains_key("www-authenticate"));
    }
}

#[tokio::test]
async fn a_token_that_anybody_could_use_is_no_good_where_a_bound_one_is_demanded() {
    let world = World::new().await;
    let token = world.id.token().sign(NOW);
    let expected = ["Bearer | error=invalid_token", BY_DPOP];
    check(&world, Sent::get("/bound").token("Bearer", &token), 401, "not-sender-constrained", &expected).await;
    let token = world.bound();
    let proof = world.proof("GET", "/bound", &token);
    let answer = world.send(Sent::get("/bound").token("DPoP", &token).proof(&proof)).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn rule_16_a_request_with_two_tokens_is_malformed() {
    let world = World::new().await;
    let token = world.bound();
    let sent = Sent::get("/orders").token("DPoP", &token).key("shop_a_b");
    check(&world, sent, 400, "invalid-request", &["Bearer | error=invalid_request"]).await;
    let answer = world.send(Sent::get("/orders").token("DPoP", &token).token("Bearer", &token)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn rule_5_a_bad_proof_is_an_error_on_a_public_endpoint() {
    let world = World::new().await;
    let token = world.bound();
    let answer = world.send(Sent::get("/open").token("DPoP", &token)).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(world.send(Sent::get("/open")).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_metadata_say_what_the_constants_and_the_gate_say() {
    let world = World::new().await;
    let path = "/.well-known/oauth-protected-resource";
    let answer = world.send(Sent::get(path)).await;
    assert_eq!(
        (answer.status(), &answer.headers()["content-type"]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
    assert_eq!(answer.headers()["cache-control"], "public, max-age=3600");
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let expected: Value = json!({
        "resource": "https://api.shop.example",
        "authorization_servers": [ISSUER],
        "scopes_supported": ["orders:read", "orders:write"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Shop",
        "resource_documentation": "https://docs.shop.example",
        "dpop_signing_alg_values_supported": ["ES256", "EdDSA", "Ed25519"],
    });
    assert_eq!(world::json(answer).await, expected);

    let known = Sent { if_none_match: Some(&tag), ..Sent::get(path) };
    let answer = world.send(known).await;
    assert_eq!((answer.status(), world::text(answer).await), (StatusCode::NOT_MODIFIED, String::new()));
    let head = world.send(Sent { method: Method::HEAD, ..Sent::get(path) }).await;
    assert_eq!(head.status(), StatusCode::OK);
    let post = world.send(Sent { method: Method::POST, ..Sent::get(path) }).await;
    assert_eq!(post.status(), StatusCode::METHOD_NOT_ALLOWED);
    let deeper = world.send(Sent::get("/.well-known/oauth-protected-resource/orders")).await;
    assert_eq!(deeper.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn rule_58_a_gate_that_accepts_proofs_knows_the_address_that_they_name() {
    let error = World::without_origin().await.unwrap_err();
    assert!(error.contains("public_origin"), "{error}");
    for origin in ["http://api.shop.example", "api.shop.example", "https://api.shop.example/v1"] {
        let error = World::at(origin).await.unwrap_err();
        assert!(error.contains("write scheme and host"), "{error}");
    }
    let error = World::with_short_nonce_key().await.unwrap_err();
    assert!(error.contains("32 random bytes"), "{error}");
}
