//! The access tokens that every protected endpoint here takes: HS256, the cheapest signature to check.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde::Serialize;

pub const ISSUER: &str = "https://id.shop.example";
pub const AUDIENCE: &str = "https://api.shop.example";
pub const KEY_ID: &str = "2026-11";
pub const SECRET: &[u8; 32] = b"a secret of the benches and none";

/// A token of whom: nobody else's cache entry or rate is touched.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    client_id: &'a str,
    scope: &'a str,
    roles: [&'a str; 1],
    iat: u64,
    exp: u64,
    jti: &'a str,
}

/// A token as `Authorization` carries it.
pub fn bearer(subject: &str, scope: &str, secret: &[u8]) -> String {
    let now = get_current_timestamp();
    let header = Header { typ: Some("at+jwt".into()), kid: Some(KEY_ID.into()), ..Header::new(Algorithm::HS256) };
    let claims = Claims {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: subject,
        client_id: "shop-web",
        scope,
        roles: ["customer"],
        iat: now,
        exp: now + 3_600,
        jti: "5f0c1d7e-9a53-4a57-8f5d-6a4c0e1b2d3f",
    };
    let token = encode(&header, &claims, &EncodingKey::from_secret(secret)).expect("a token");
    format!("Bearer {token}")
}
