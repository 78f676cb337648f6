//! Tokens that are not quite right, at the door: each is refused, all with one and the same answer.

use palisade::{
    auth::{Algorithm, MemoryKeys, Secret},
    prelude::*,
    testing::{FakeClock, TestIssuer, TokenBuilder},
};
use serde_json::{Value, json};
use shop::orders::Orders;

use crate::{
    client::Ask,
    world::{Log, NOW, serve, with_partners},
};

/// Of RFC 9449, section 6.1.
const THUMBPRINT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

const AUDIENCE: &str = TestIssuer::AUDIENCE;

fn good(id: &TestIssuer) -> TokenBuilder<'_> {
    id.token().subject("alice").role("customer").scope("orders:read")
}

/// What is wrong with it, the token, and the reason that the log gives.
fn defects(id: &TestIssuer) -> Vec<(&'static str, String, &'static str)> {
    let signed = good(id).sign(NOW);
    let (rest, signature) = signed.rsplit_once('.').expect("three segments");
    let (header, claims) = rest.split_once('.').expect("three segments");
    let claims_of = |text: &str| id.sign_raw(Algorithm::EdDsa, plain_header(), text);
    let unsigned =
        |header: &str| id.sign_raw(Algorithm::EdDsa, header, "{}").rsplit_once('.').map(|(rest, _)| rest.to_owned());
    let token = |token: TokenBuilder<'_>| token.sign(NOW);
    vec![
        ("too long", format!("{header}.{}.{signature}", "e30".repeat(3_000)), "too_long"),
        ("two segments", rest.to_owned(), "not_compact"),
        ("four segments", format!("{signed}.e30"), "not_compact"),
        ("padding", format!("{signed}=="), "bad_encoding"),
        ("no signature", format!("{rest}."), "bad_signature"),
        ("another signature", format!("{rest}.{}", good(id).sign(NOW).rsplit_once('.').unwrap().1), "bad_signature"),
        ("other claims", format!("{header}.{}.{signature}", claims.replace('A', "B")), "bad_signature"),
        ("no algorithm", format!("{}.", unsigned(r#"{"alg":"none","typ":"at+jwt"}"#).unwrap()), "algorithm_unknown"),
        (
            "no algorithm, spelt oddly",
            format!("{}.", unsigned(r#"{"alg":"nOnE","typ":"at+jwt"}"#).unwrap()),
            "algorithm_unknown",
        ),
        ("the public key as a secret", token(good(id).algorithm(Algorithm::Hs256)), "key_unknown"),
        ("another algorithm than the key's", token(good(id).header("alg", "ES256")), "algorithm_mismatch"),
        ("another key", token(good(id).header("kid", "other")), "key_unknown"),
        ("critical", token(good(id).header("crit", json!(["exp"]))), "unsupported_header"),
        ("unencoded", token(good(id).header("b64", false)), "unsupported_header"),
        ("an id token", token(good(id).header("typ", "JWT")), "wrong_type"),
        ("no type", token(good(id).untyped()), "wrong_type"),
        ("another issuer", token(good(id).claim("iss", "https://id.evil.example")), "wrong_issuer"),
        ("an issuer like ours", token(good(id).claim("iss", "https://id.shop.example/")), "wrong_issuer"),
        ("no issuer", token(good(id).without("iss")), "missing_claim"),
        ("another audience", token(good(id).audience("https://other.example")), "wrong_audience"),
        ("no audience", token(good(id).without("aud")), "missing_claim"),
        ("no end", token(good(id).without("exp")), "missing_claim"),
        ("an end in words", token(good(id).claim("exp", "tomorrow")), "malformed_claim"),
        ("expired", token(good(id).expires_in(-3_600)), "expired"),
        ("not yet", token(good(id).claim("nbf", NOW + 3_600)), "not_yet_valid"),
        ("from the future", token(good(id).claim("iat", NOW + 3_600)), "issued_in_future"),
        ("no subject", token(good(id).without("sub")), "missing_claim"),
        ("a subject that is a number", token(good(id).claim("sub", 1)), "malformed_claim"),
        ("bound to a key", token(good(id).claim("cnf", json!({ "jkt": THUMBPRINT }))), "sender_constrained"),
        (
            "bound to a certificate",
            token(good(id).claim("cnf", json!({ "x5t#S256": THUMBPRINT }))),
            "sender_constrained",
        ),
        ("bound to nothing", token(good(id).claim("cnf", json!({}))), "malformed_claim"),
        ("bound to what is no thumbprint", token(good(id).claim("cnf", json!({ "jkt": "x" }))), "malformed_claim"),
        ("bound somehow", token(good(id).claim("cnf", json!({ "jwk": {} }))), "malformed_claim"),
        ("claims twice", claims_of(r#"{"iss":"a","iss":"b"}"#), "bad_claims"),
        ("claims that are a list", claims_of("[]"), "bad_claims"),
        ("claims that are no JSON", claims_of("{"), "bad_claims"),
    ]
}

fn plain_header() -> String {
    json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": TestIssuer::kid(Algorithm::EdDsa) }).to_string()
}

#[tokio::test]
async fn every_defect_of_a_token_is_refused_and_only_the_log_knows_why() {
    let (id, log) = (TestIssuer::new("https://id.shop.example"), Log::default());
    let gate = with_partners(Gate::builder())
        .bearer(id.tokens(AUDIENCE))
        .api_keys(ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap())
        .limiter(Limiter::memory())
        .idempotency(Idempotency::memory())
        .clients(Clients::direct())
        .audit(Audit::sink(log.clone()))
        .clock(FakeClock::at(NOW))
        .build()
        .await
        .unwrap();
    let address = serve(gate, Orders::in_memory().await.unwrap()).await;

    let answer = Ask::new("GET", "/v1/orders").bearer(&good(&id).sign(NOW)).send(address).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    log.take();
    let mut bodies: Vec<Value> = Vec::new();
    let mut wrong = Vec::new();
    for (what, token, reason) in defects(&id) {
        // The same where nobody has to say who they are.
        for target in ["/v1/orders", "/health"] {
            let answer = Ask::new("GET", target).bearer(&token).send(address).await;
            let event = log.only();
            if (answer.status, event.reason.as_str()) != (401, reason) {
                wrong.push(format!("{what} at {target}: {} {}, not {reason}", answer.status, event.reason));
            }
            let challenge = answer.header("www-authenticate");
            assert_eq!(challenge, Some("Bearer realm=\"Shop\", error=\"invalid_token\""), "{what} at {target}");
            assert!(!event.whole.contains(&token) && !answer.body.contains(&token), "{what}");
            bodies.push(answer.json());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
}
