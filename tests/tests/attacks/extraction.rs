//! Rules 1 to 5: where a credential may be, how often, and what it looks like.

use serde_json::json;

use crate::{
    client::Ask,
    door::{Door, NOW, Outcome},
};

const MALFORMED: Outcome = Outcome::InvalidToken("malformed_token");
const UNKNOWN: Outcome = Outcome::NoCredential("unknown_scheme");
const NOTHING: Outcome = Outcome::NoCredential("no_credential");
const REPEATED: Outcome = Outcome::InvalidRequest("repeated_header");
const SEVERAL: Outcome = Outcome::InvalidRequest("several_credentials");

#[tokio::test]
async fn rule_1_the_scheme_is_compared_without_case() {
    let door = Door::new().await;
    let token = door.token().sign(NOW);
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR", "Bearer  "] {
        let ask = Ask::get("/orders").header("Authorization", format!("{scheme} {token}"));
        door.answers(scheme, ask, Outcome::Harmless).await;
    }
}

#[tokio::test]
async fn rule_1_a_malformed_credential_is_an_error_even_where_none_is_needed() {
    let door = Door::new().await;
    let good = door.token().sign(NOW);
    let parts: Vec<_> = good.split('.').collect();
    let flattened = json!({"protected": parts[0], "payload": parts[1], "signature": parts[2]});
    let after = |text: &[u8]| [b"Bearer ", text].concat();
    let rows: Vec<(&str, Vec<u8>, Outcome)> = vec![
        ("a scheme alone", "Bearer".into(), MALFORMED),
        ("a scheme and a space", "Bearer ".into(), MALFORMED),
        ("the scheme twice", format!("Bearer Bearer {good}").into(), MALFORMED),
        ("two tokens", format!("Bearer {good} {good}").into(), MALFORMED),
        ("two tokens with a comma", format!("Bearer {good},{good}").into(), MALFORMED),
        ("two credentials in one line", format!("Bearer {good}, Bearer {good}").into(), MALFORMED),
        ("a good one after a bad one", format!("Basic YTpi, Bearer {good}").into(), UNKNOWN),
        ("in quotes", format!("Bearer \"{good}\"").into(), MALFORMED),
        ("as a parameter", format!("Bearer token=\"{good}\"").into(), MALFORMED),
        ("with a comment", format!("Bearer {good} ; comment").into(), MALFORMED),
        ("percent-encoded", format!("Bearer {}", good.replace('.', "%2E")).into(), MALFORMED),
        ("the flattened JSON serialization", format!("Bearer {flattened}").into(), MALFORMED),
        // CVE-2022-39227: what is JSON to one reader and compact to another.
        ("JSON and compact at once", format!("Bearer {{\"  {good}\":\"\"}}").into(), MALFORMED),
        ("padding alone", "Bearer ====".into(), MALFORMED),
        ("padding within", format!("Bearer {}=.{}.{}", parts[0], parts[1], parts[2]).into(), MALFORMED),
        // CVE-2022-25898: letters that are no base64url were skipped.
        ("a letter of no alphabet", format!("Bearer {good}*").into(), MALFORMED),
        ("a letter beyond ASCII", after("tökén".as_bytes()), MALFORMED),
        ("bytes that are no UTF-8", after(&[good.as_bytes(), b"\xFF"].concat()), MALFORMED),
        ("an overlong full stop", after(&[parts[0].as_bytes(), b"\xC0\xAE", parts[1].as_bytes()].concat()), MALFORMED),
        ("a full stop that only looks like one", after(format!("{}\u{2024}a", parts[0]).as_bytes()), MALFORMED),
        ("a tab for the space", format!("Bearer\t{good}").into(), UNKNOWN),
        ("no space", format!("Bearer{good}").into(), UNKNOWN),
        ("an equals sign", format!("Bearer={good}").into(), UNKNOWN),
        ("a colon", format!("Bearer: {good}").into(), UNKNOWN),
        ("no scheme", good.clone().into(), UNKNOWN),
        ("Basic", "Basic YWxpY2U6c2VjcmV0".into(), UNKNOWN),
        ("a scheme like Bearer", format!("Bearer2 {good}").into(), UNKNOWN),
        ("a long s", format!("Beare\u{280} {good}").into(), UNKNOWN),
        ("nothing at all", Vec::new(), UNKNOWN),
    ];
    for (name, value, outcome) in rows {
        for target in ["/orders", "/health"] {
            let ask = Ask::get(target).header("authorization", &value);
            door.answers(&format!("{name} at {target}"), ask, outcome).await;
        }
    }
}

#[tokio::test]
async fn rule_2_one_request_is_from_one_caller() {
    let door = Door::new().await;
    let (good, other) = (door.token().sign(NOW), door.token().subject("bob").sign(NOW));
    let orders = || Ask::get("/orders").bearer(&good);
    for (name, ask, outcome) in [
        ("two tokens", orders().bearer(&other), REPEATED),
        ("one token twice", orders().bearer(&good), REPEATED),
        ("the first is empty", Ask::get("/orders").header("authorization", "").bearer(&good), REPEATED),
        ("a name in another case", orders().header("AUTHORIZATION", format!("Bearer {other}")), REPEATED),
        ("a password besides", orders().header("authorization", "Basic YTpi"), REPEATED),
        ("a key besides", orders().header("x-api-key", "shop_1_2"), SEVERAL),
        ("an empty key besides", orders().header("x-api-key", ""), Outcome::NoCredential("malformed_api_key")),
        ("two keys", Ask::get("/orders").header("x-api-key", "a").header("x-api-key", "b"), REPEATED),
    ] {
        door.answers(name, ask, outcome).await;
    }
}

#[tokio::test]
async fn rule_3_a_token_anywhere_else_is_not_seen() {
    let door = Door::new().await;
    let good = door.token().scope("orders:write").sign(NOW);
    for (name, ask) in [
        ("in the query", Ask::get(&format!("/orders?access_token={good}"))),
        ("in the query, by other names", Ask::get(&format!("/orders?token={good}&jwt={good}&auth={good}"))),
        ("in the path's parameters", Ask::get(&format!("/orders?;access_token={good}"))),
        ("in a form", Ask::new("POST", "/orders").form(&format!("access_token={good}"))),
        (
            "in a cookie",
            Ask::get("/orders").header("cookie", format!("access_token={good}; Authorization=Bearer {good}")),
        ),
        ("in a header like it", Ask::get("/orders").header("x-authorization", format!("Bearer {good}"))),
        ("for the proxy", Ask::get("/orders").header("proxy-authorization", format!("Bearer {good}"))),
        ("from the proxy", Ask::get("/orders").header("x-forwarded-access-token", &good)),
        ("behind an underscore", Ask::get("/orders").header("http_authorization", format!("Bearer {good}"))),
        ("in a protocol", Ask::get("/orders").header("sec-websocket-protocol", format!("bearer, {good}"))),
        ("by a method override", Ask::new("POST", "/orders").header("x-http-method-override", "GET").form("a=b")),
    ] {
        door.answers(name, ask, NOTHING).await;
    }
    let form = Ask::get("/orders").form(&format!("access_token={good}"));
    door.answers("in a form of a GET", form, Outcome::TooLarge).await;
    let claimed = Ask::get("/orders")
        .header("x-user", "alice")
        .header("x-forwarded-user", "alice")
        .header("x-scope", "orders:read");
    door.answers("a name in a header", claimed, NOTHING).await;
}

#[tokio::test]
async fn rule_4_a_token_above_eight_kibibytes_is_not_looked_at() {
    let door = Door::new().await;
    let padded = |bytes: usize| door.token().claim("padding", "x".repeat(bytes)).sign(NOW);
    assert!(padded(5_600).len() <= 8 * 1024);
    door.accepts([("as long as it may be", padded(5_600))]).await;
    door.refuses([
        ("a byte more than is read", format!("{}.", "e".repeat(8 * 1024)), "too_long"),
        ("good, but too long", padded(6_200), "too_long"),
        // CVE-2025-30204: as many segments as there are full stops.
        ("full stops", ".".repeat(20_000), "too_long"),
        ("a kid without end", door.token().header("kid", "k".repeat(20_000)).sign(NOW), "too_long"),
        ("as many segments as fit", "a.".repeat(4_000), "not_compact"),
    ])
    .await;
}
