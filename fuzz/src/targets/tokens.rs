//! Credentials: a header and claims that an issuer signed, and the same bytes as a token, as fields and as a key set.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};
use palisade::{
    auth::{Algorithm, Keys, Presented, Tokens, presented},
    testing::TestIssuer,
};

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
        let claims: serde_json::Value = serde_json::from_slice(claims).expect("verified claims are JSON");
        let header: serde_json::Value = serde_json::from_slice(header).expect("a verified header is JSON");
        assert_eq!(header["alg"], "EdDSA", "{shown}");
        assert!(header.get("crit").is_none(), "{shown}");
        assert!(claims["exp"].as_f64().is_some_and(|expires| expires > (NOW - 61) as f64), "{shown}");
        let heard = |audience: &serde_json::Value| *audience == TestIssuer::AUDIENCE;
        assert!(heard(&claims["aud"]) || claims["aud"].as_array().is_some_and(|all| all.iter().any(heard)), "{shown}");
        let names = verified.scopes().chain(verified.roles()).chain(verified.client());
        assert!(names.count() <= 2 + input.len(), "{shown}");
    }
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(tokens.verify(text, NOW).is_err(), "{text:?} was never signed");
        let _ = Keys::jwks(text);
    }
    fields(header, claims);
}

fn fields(authorization: &[u8], key: &[u8]) {
    let name = HeaderName::from_static("x-api-key");
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(authorization) {
        headers.append(AUTHORIZATION, value);
    }
    for line in key.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(name.clone(), value);
        }
    }
    if let Ok(Presented::Bearer(text) | Presented::ApiKey(text)) = presented(&headers, Some(&name)) {
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?} is presented");
        assert_eq!(headers.len(), 1, "one credential is presented");
    }
}
