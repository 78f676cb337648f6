//! A header and claims that an issuer signed: what is verified says what another reader of it reads.

use std::sync::LazyLock;

use palisade::{
    auth::{Algorithm, Party, Tokens, Verified},
    testing::TestIssuer,
};
use serde_json::Value;

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://id.shop.example";

static ISSUED: LazyLock<(TestIssuer, Tokens)> = LazyLock::new(|| {
    let issuer = TestIssuer::new(ISSUER);
    let tokens = issuer.tokens(TestIssuer::AUDIENCE);
    (issuer, tokens)
});

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let (issuer, tokens) = &*ISSUED;
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let (header, claims) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let token = issuer.sign_raw(Algorithm::EdDsa, header, claims);
    if let Ok(verified) = tokens.verify(&token, NOW) {
        let shown = String::from_utf8_lossy(input);
        assert_eq!(verified.issuer(), ISSUER, "{shown}");
        let claims: Value = serde_json::from_slice(claims).expect("verified claims are JSON");
        let header: Value = serde_json::from_slice(header).expect("a verified header is JSON");
        assert_eq!(header["alg"], "EdDSA", "{shown}");
        assert!(header.get("crit").is_none(), "{shown}");
        assert!(claims["exp"].as_f64().is_some_and(|expires| expires > (NOW - 61) as f64), "{shown}");
        let heard = |audience: &Value| *audience == TestIssuer::AUDIENCE;
        assert!(heard(&claims["aud"]) || claims["aud"].as_array().is_some_and(|all| all.iter().any(heard)), "{shown}");
        agree(&verified, &claims, &shown);
    }
}

/// What is asked of a token by position is what its claims say when they are read into a map.
fn agree(verified: &Verified, claims: &Value, shown: &str) {
    let text = |name: &str| claims[name].as_str();
    assert_eq!(Some(verified.subject()), text("sub"), "{shown}");
    assert_eq!(verified.client(), text("client_id"), "{shown}");
    assert_eq!(verified.id(), text("jti"), "{shown}");
    assert_eq!(verified.authentication_context(), text("acr"), "{shown}");
    let texts =
        |name: &str| -> Vec<&str> { claims[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect() };
    let line = text("scope").unwrap_or_default().split(' ').filter(|scope| !scope.is_empty());
    assert!(verified.scopes().eq(line.chain(texts("scope"))), "{shown}");
    assert!(verified.roles().eq(texts("roles")), "{shown}");
    assert!(verified.authentication_methods().eq(texts("amr")), "{shown}");
    assert_eq!(verified.confirmation().is_some(), claims.get("cnf").is_some(), "{shown}");
    let own = verified.client() == Some(verified.subject());
    assert_eq!(verified.speaks_for(), Some(if own { Party::Client } else { Party::User }), "{shown}");
    assert_eq!(claims.as_object(), Some(verified.claims()), "{shown}");
}
