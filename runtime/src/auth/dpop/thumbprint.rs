//! The thumbprint of a public key (RFC 7638, RFC 8037 for `OKP`): SHA-256 over its required members in order.

use ring::digest::{Context, SHA256};
use serde_json::{Map, Value};

/// The thumbprint of a JWK that was found to be good: its members are base64url and names that need no escaping.
pub(super) fn thumbprint(jwk: &Map<String, Value>) -> Option<[u8; 32]> {
    let members: &[&str] = match jwk.get("kty")?.as_str()? {
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        "RSA" => &["e", "kty", "n"],
        _ => return None,
    };
    let mut digest = Context::new(&SHA256);
    let mut before = "{\"";
    for member in members {
        for part in [before, member, "\":\"", jwk.get(*member)?.as_str()?] {
            digest.update(part.as_bytes());
        }
        before = "\",\"";
    }
    digest.update(b"\"}");
    digest.finish().as_ref().try_into().ok()
}

#[cfg(test)]
mod tests {
    use base64_simd::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    fn of(jwk: &Value) -> Option<String> {
        thumbprint(jwk.as_object().unwrap()).map(|bytes| URL_SAFE_NO_PAD.encode_to_string(bytes))
    }

    /// RFC 7638, section 3.1; RFC 8037, appendix A.3; RFC 9449, sections 4.1 and 6.1.
    #[test]
    fn rule_60_thumbprints_are_those_that_the_standards_print() {
        let rsa = json!({
            "kty": "RSA",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZ\
                  CiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZ\
                  gnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniI\
                  qbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"
        });
        assert_eq!(of(&rsa).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
        let okp = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        assert_eq!(of(&okp).as_deref(), Some("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
        let ec = json!({
            "kty": "EC", "crv": "P-256",
            "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"
        });
        assert_eq!(of(&ec).as_deref(), Some("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    }

    #[test]
    fn a_key_that_is_not_public_has_none() {
        for jwk in [json!({}), json!({"kty": "oct", "k": "AA"}), json!({"kty": "EC", "crv": "P-256", "x": "AA"})] {
            assert_eq!(of(&jwk), None, "{jwk}");
        }
    }
}
