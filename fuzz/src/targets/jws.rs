//! A key and a compact token: nothing verifies but what its author signed, to the letter.

use palisade::auth::{Keys, jws};

/// The tokens that were signed: RFC 8037, appendix A.4, and RFC 7515, appendices A.1 and A.3.
const SIGNED: [&str; 3] = [
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
];

/// Runs the target on one input: a line with a JWK, then the token.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (key, token) = text.split_once('\n').unwrap_or(("", text));
    let Ok(keys) = Keys::jwks(&format!(r#"{{"keys":[{key}]}}"#)) else { return };
    if let Ok(jws) = jws::verify(token, &keys) {
        assert!(SIGNED.contains(&token), "{token:?} was never signed");
        assert!(token.len() <= jws::LONGEST_TOKEN && jws.payload().len() < token.len());
        assert_eq!(jws.claims().is_ok(), serde_json::from_slice::<serde_json::Map<_, _>>(jws.payload()).is_ok());
    }
}
