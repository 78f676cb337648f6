//! What stands in header and claims of tokens that are nearly good: everything here at least once in everything.

use palisade::testing::TestIssuer;
use serde_json::{Value, json};

use crate::mutants::{ISSUER, NOW};

/// Members of a header.
pub(crate) const MEMBERS: [&str; 16] =
    ["alg", "typ", "kid", "crit", "b64", "zip", "enc", "cty", "jwk", "jku", "x5c", "x5u", "x5t", "epk", "apu", "extra"];

/// Claims, those first that a good token has.
pub(crate) const CLAIMS: [&str; 20] = [
    "iss",
    "aud",
    "sub",
    "client_id",
    "iat",
    "exp",
    "jti",
    "scope",
    "nbf",
    "roles",
    "auth_time",
    "acr",
    "amr",
    "nonce",
    "at_hash",
    "c_hash",
    "events",
    "cnf",
    "azp",
    "extra",
];

/// Claims that are times.
pub(crate) const TIMES: [&str; 4] = ["iat", "exp", "nbf", "auth_time"];

/// Values that may or may not be right somewhere.
pub(crate) fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1),
        json!(1.5),
        json!(1e300),
        json!(""),
        json!(" "),
        json!("x"),
        json!([]),
        json!({}),
        json!([null]),
        json!([1]),
        json!(["x"]),
        json!([""]),
        json!([["x"]]),
        json!({"a": 1}),
        json!(ISSUER),
        json!([ISSUER]),
        json!(format!("{ISSUER}/")),
        json!(TestIssuer::AUDIENCE),
        json!([TestIssuer::AUDIENCE]),
        json!(["x", TestIssuer::AUDIENCE]),
        json!([TestIssuer::AUDIENCE, 1]),
        json!("at+jwt"),
        json!("AT+JWT"),
        json!("application/at+jwt"),
        json!("JWT"),
        json!("dpop+jwt"),
        json!("none"),
        json!("None"),
        json!("EdDSA"),
        json!("Ed25519"),
        json!("ES256"),
        json!("HS256"),
        json!("RS256"),
        json!("PS256"),
        json!("test-EdDSA"),
        json!("test-ES256"),
        json!("../x"),
        json!(["exp"]),
        json!(["b64"]),
        json!("DEF"),
        json!(NOW),
        json!(NOW.to_string()),
        json!("k".repeat(300)),
        json!({"jkt": "x"}),
        json!("orders:read orders:write"),
        json!("\u{0}"),
        json!("\u{1F511}"),
    ]
}

/// Moments near one that matters, and some that are no sensible ones.
pub(crate) fn times() -> Vec<Value> {
    let mut times = vec![json!(-1), json!(1e12), json!(1e300), json!(u64::MAX), json!(9_007_199_254_740_993_u64)];
    for near in [-86_400, -301, -31, -30, -29, -1, 0, 1, 29, 30, 31, 300, 86_400, 400_000_000] {
        let seconds = NOW.saturating_add_signed(near);
        times.push(json!(seconds));
        times.push(json!(seconds.to_string()));
        #[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
        times.push(json!(seconds as f64 + 0.5));
    }
    times
}
