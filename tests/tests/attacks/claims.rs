//! Rules 35 to 43 and 59: an access token of this issuer, for this resource, at this time, for this operation.

use palisade::{auth::Algorithm, testing::TokenBuilder};
use serde_json::{Value, json};

use crate::{
    client::Ask,
    door::{Door, ISSUER, NOW, Outcome, claims},
    material::encoded,
};

const AUDIENCE: &str = palisade::testing::TestIssuer::AUDIENCE;

/// A good token with one claim changed, for each of these values.
fn changed<'d>(
    door: &'d Door,
    claim: &'d str,
    values: &'d [(Value, &'static str)],
) -> Vec<(String, String, &'static str)> {
    let row = |(value, reason): &(Value, &'static str)| {
        (format!("{claim} {value}"), door.token().claim(claim, value.clone()).sign(NOW), *reason)
    };
    values.iter().map(row).collect()
}

/// A good token whose claims have this member, written as it stands here.
fn written(door: &Door, claim: &str, text: &str) -> String {
    let mut all: Value = serde_json::from_str(&claims()).unwrap();
    all.as_object_mut().unwrap().remove(claim);
    let text = format!("{},\"{claim}\":{text}}}", all.to_string().trim_end_matches('}'));
    let header = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "test-EdDSA"}).to_string();
    door.id.sign_raw(Algorithm::EdDsa, header, text)
}

#[tokio::test]
async fn rule_35_a_token_says_that_it_is_an_access_token() {
    let door = Door::new().await;
    let good = ["at+jwt", "AT+JWT", "At+Jwt", "application/at+jwt", "APPLICATION/AT+JWT"];
    door.accepts(good.map(|kind| (kind, door.token().header("typ", kind).sign(NOW)))).await;
    let wrong = [
        "JWT",
        "jwt",
        "",
        "at",
        "at+jwt ",
        " at+jwt",
        "at+jwt;v=1",
        "x-at+jwt",
        "text/at+jwt",
        "application/jwt",
        "dpop+jwt",
        "logout+jwt",
        "id_token+jwt",
        "secevent+jwt",
        "token-introspection+jwt",
        "client-authentication+jwt",
        "JOSE",
        "at jwt",
        "application/application/at+jwt",
    ];
    let mut rows: Vec<_> = wrong
        .iter()
        .map(|kind| (format!("{kind:?}"), door.token().header("typ", *kind).sign(NOW), "wrong_type"))
        .collect();
    rows.push(("no type".into(), door.token().untyped().sign(NOW), "wrong_type"));
    for value in [json!(null), json!(["at+jwt"]), json!(1), json!({"typ": "at+jwt"})] {
        rows.push((value.to_string(), door.token().header("typ", value).sign(NOW), "bad_header"));
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_36_what_rfc_9068_requires_is_required() {
    let door = Door::new().await;
    let required = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"];
    door.refuses(required.map(|claim| (claim, door.token().without(claim).sign(NOW), "missing_claim"))).await;
    let empty = json!({});
    let nothing = door.id.sign_raw(Algorithm::EdDsa, r#"{"alg":"EdDSA","typ":"at+jwt"}"#, empty.to_string());
    door.refuses([("no claims at all", nothing, "missing_claim")]).await;
    for claim in ["sub", "client_id", "jti"] {
        let values = [json!(""), json!(null), json!(7), json!(["alice"]), json!({"sub": "alice"}), json!(true)];
        let values = values.map(|value| (value, "malformed_claim"));
        door.refuses(changed(&door, claim, &values)).await;
    }
}

#[tokio::test]
async fn rule_37_the_issuer_is_compared_to_the_letter() {
    let door = Door::new().await;
    let wrong = [
        "https://id.shop.example/",
        "https://ID.shop.example",
        "HTTPS://id.shop.example",
        "http://id.shop.example",
        "https://id.shop.example:443",
        "https://id.shop.example#",
        "https://id.shop.example?",
        "https://id.shop.example.",
        "https://id.shop.example.evil.example",
        "https://evil.example/https://id.shop.example",
        "https://id.shop.example@evil.example",
        "https://id.shop.exampl",
        // CVE-2024-53861: a part of the name was enough.
        "id.shop.example",
        "https://",
        "h",
        " https://id.shop.example",
        "https://id.shop.example\0",
        "https://\u{456}d.shop.example",
        "https%3A%2F%2Fid.shop.example",
    ];
    let mut values: Vec<_> = wrong.iter().map(|issuer| (json!(issuer), "wrong_issuer")).collect();
    // CVE-2025-30144: a list with the right name in it.
    let shapes = [
        json!([ISSUER]),
        json!(["https://evil.example", ISSUER]),
        json!({"iss": ISSUER}),
        json!(null),
        json!(0),
        json!(""),
    ];
    values.extend(shapes.map(|value| (value, "malformed_claim")));
    door.refuses(changed(&door, "iss", &values)).await;
}

#[tokio::test]
async fn rule_38_the_token_is_for_us() {
    let door = Door::new().await;
    door.accepts([
        ("one", door.token().claim("aud", json!([AUDIENCE])).sign(NOW)),
        ("two", door.token().claim("aud", json!(["https://other.example", AUDIENCE])).sign(NOW)),
    ])
    .await;
    // CVE-2020-26160: an empty list, and no text, were everybody's.
    let values = [
        (json!([]), "wrong_audience"),
        (json!(["https://other.example"]), "wrong_audience"),
        (json!(["https://other.example", "https://another.example"]), "wrong_audience"),
        (json!("https://api.shop.example/"), "wrong_audience"),
        (json!("https://api.shop.example https://other.example"), "wrong_audience"),
        (json!("https://API.shop.example"), "wrong_audience"),
        (json!("https://api.shop.example.evil.example"), "wrong_audience"),
        (json!("*"), "wrong_audience"),
        (json!("shop-web"), "wrong_audience"),
        (json!(""), "wrong_audience"),
        (json!([[AUDIENCE]]), "malformed_claim"),
        (json!([AUDIENCE, null]), "malformed_claim"),
        (json!([AUDIENCE, 1]), "malformed_claim"),
        (json!([{"aud": AUDIENCE}]), "malformed_claim"),
        (json!({"0": AUDIENCE}), "malformed_claim"),
        (json!(null), "malformed_claim"),
        (json!(7), "malformed_claim"),
        (json!(true), "malformed_claim"),
    ];
    door.refuses(changed(&door, "aud", &values)).await;
}

#[tokio::test]
async fn rule_39_times_are_numbers_and_are_kept() {
    let door = Door::new().await;
    let at = |claim: &str, seconds: i64| door.token().claim(claim, NOW.saturating_add_signed(seconds)).sign(NOW);
    door.accepts([
        ("29 seconds over", at("exp", -29)),
        ("30 seconds early", at("nbf", 30)),
        ("issued in 30 seconds", at("iat", 30)),
        ("half a second", written(&door, "exp", "1800000000.5")),
        ("in powers of ten", written(&door, "exp", "1.8000001e9")),
    ])
    .await;
    let mut rows: Vec<(String, String, &str)> = vec![
        ("over".into(), at("exp", -30), "expired"),
        ("long over".into(), at("exp", -1_000_000), "expired"),
        ("over since 1970".into(), written(&door, "exp", "0"), "expired"),
        ("not yet".into(), at("nbf", 31), "not_yet_valid"),
        ("never".into(), written(&door, "nbf", "9007199254740992"), "not_yet_valid"),
        ("from the future".into(), at("iat", 31), "issued_in_future"),
        ("in milliseconds".into(), written(&door, "iat", "1800000000000"), "issued_in_future"),
    ];
    for claim in ["exp", "nbf", "iat", "auth_time"] {
        for text in [
            "\"1900000000\"",
            "\"tomorrow\"",
            "\"\"",
            "true",
            "false",
            "null",
            "[1900000000]",
            "{}",
            "-1",
            "-1e9",
            "1e300",
            "18446744073709551616",
            "99999999999999999999999999999999",
            "9007199254740993.5",
            "\"2030-01-01T00:00:00Z\"",
        ] {
            // CVE-2026-25537: what is no number was no claim.
            rows.push((format!("{claim} {text}"), written(&door, claim, text), "malformed_claim"));
        }
        for text in ["NaN", "Infinity", "1e999", "0x6b49d200", "+1900000000", "1_900_000_000", "1900000000."] {
            rows.push((format!("{claim} {text}"), written(&door, claim, text), "bad_claims"));
        }
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_41_a_scope_is_held_when_it_is_named() {
    let door = Door::new().await;
    let with = |scope: Value| door.id.token().claim("scope", scope).sign(NOW);
    let good = [
        json!("orders:read"),
        json!("  orders:read  "),
        json!("a  orders:read b"),
        json!(["orders:read"]),
        json!(["orders:write", "orders:read"]),
    ];
    for scope in good {
        door.answers(&scope.to_string(), Ask::get("/orders").bearer(with(scope.clone())), Outcome::Harmless).await;
    }
    let without = [
        json!(""),
        json!([]),
        json!("orders:readall"),
        json!("orders:rea"),
        json!("xorders:read"),
        json!("orders:write"),
        json!("ORDERS:READ"),
        json!("Orders:read"),
        json!("orders:*"),
        json!("*"),
        json!("orders"),
        json!("orders:read,orders:write"),
        json!("orders:read\torders:write"),
        json!("orders:read\n"),
        json!("orders:read\u{a0}"),
        json!("orders:read\0"),
        json!("orders%3Aread"),
        json!(["orders:read orders:write"]),
        json!([" orders:read"]),
        json!("\"orders:read\""),
        json!("orders.read"),
        json!("urn:orders:read"),
    ];
    for scope in without {
        let name = scope.to_string();
        door.answers(&name, Ask::get("/orders").bearer(with(scope)), Outcome::InsufficientScope).await;
    }
    for claim in ["scp", "scopes", "Scope", "permissions", "authorities"] {
        let token = door.id.token().claim(claim, "orders:read").sign(NOW);
        door.answers(claim, Ask::get("/orders").bearer(token), Outcome::InsufficientScope).await;
    }
    let shapes =
        [json!(null), json!(1), json!({"orders:read": true}), json!([["orders:read"]]), json!([1]), json!(true)];
    door.refuses(shapes.map(|scope| (scope.to_string(), with(scope), "malformed_claim"))).await;
}

#[tokio::test]
async fn rule_43_a_token_of_another_kind_is_refused() {
    let door = Door::new().await;
    let untyped = |kind: &str, change: fn(TokenBuilder<'_>) -> TokenBuilder<'_>| {
        change(door.token()).header("typ", kind).sign(NOW)
    };
    let key = crate::material::jwk(&door.id, Algorithm::EdDsa);
    let proof = json!({"jti": "a", "htm": "GET", "htu": "https://api.shop.example/orders", "iat": NOW});
    let proof_header = json!({"typ": "dpop+jwt", "alg": "EdDSA", "jwk": key});
    door.refuses([
        ("an ID token", untyped("JWT", |token| token.claim("nonce", "n").claim("azp", "shop-web")), "wrong_type"),
        (
            "an ID token that calls itself otherwise",
            untyped("at+jwt", |token| token.claim("nonce", "n")),
            "not_an_access_token",
        ),
        (
            "with a hash of an access token",
            untyped("at+jwt", |token| token.claim("at_hash", "h")),
            "not_an_access_token",
        ),
        ("with a hash of a code", untyped("at+jwt", |token| token.claim("c_hash", "h")), "not_an_access_token"),
        ("a logout token", untyped("logout+jwt", |token| token.claim("events", json!({}))), "wrong_type"),
        (
            "one that calls itself otherwise",
            untyped("at+jwt", |token| token.claim("events", json!({}))),
            "not_an_access_token",
        ),
        ("a DPoP proof", door.id.sign_raw(Algorithm::EdDsa, proof_header.to_string(), proof.to_string()), "wrong_type"),
        ("a client's assertion", untyped("JWT", |token| token.audience("https://id.shop.example/token")), "wrong_type"),
        (
            "an introspection response",
            untyped("token-introspection+jwt", |token| token.claim("token_introspection", json!({"active": true}))),
            "wrong_type",
        ),
    ])
    .await;
}

#[tokio::test]
async fn rule_59_a_token_that_is_bound_is_not_enough_alone() {
    let door = Door::new().await;
    let thumbprint = encoded([7; 32]);
    let good = [
        json!({"jkt": thumbprint}),
        json!({"x5t#S256": thumbprint}),
        json!({"x5t#S256": thumbprint, "jkt": thumbprint}),
    ];
    let mut values = good.map(|cnf| (cnf, "sender_constrained")).to_vec();
    let malformed = [
        json!({}),
        json!(null),
        json!([]),
        json!(""),
        json!(thumbprint),
        json!({"jkt": null}),
        json!({"jkt": ""}),
        json!({"jkt": [thumbprint]}),
        json!({"jkt": encoded([7; 31])}),
        json!({"jkt": format!("{thumbprint}=")}),
        // The last letter has bits that mean nothing: in the example of RFC 8705, section 3.1, too.
        json!({"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}),
        json!({"x5t": thumbprint}),
        json!({"x5t#s256": thumbprint}),
        json!({"kid": "a key"}),
        json!({"jwk": {"kty": "OKP"}}),
        json!({"jku": "https://evil.example"}),
        json!({"jkt": thumbprint, "kid": "a key"}),
    ];
    values.extend(malformed.map(|cnf| (cnf, "malformed_claim")));
    door.refuses(changed(&door, "cnf", &values)).await;
}
