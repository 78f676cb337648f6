//! Reads one JSON Web Key (RFC 7517) into a `Key`.

use serde_json::{Map, Value};

use super::{Algorithm, Curve, Key, KeyFault, base64url, key::LONGEST_KID, spki::PublicKey};
use crate::auth::Secret;

type Jwk = Map<String, Value>;

/// The key in a parsed JWK, under its `kid`.
pub(in crate::auth) fn key(jwk: &Jwk) -> Result<Key, KeyFault> {
    for_signatures(jwk)?;
    let key = match required(jwk, "kty")? {
        "EC" => ec(jwk)?,
        "OKP" => okp(jwk)?,
        "RSA" => rsa(jwk)?,
        "oct" => oct(jwk)?,
        _ => return Err(KeyFault::UnknownAlgorithm),
    };
    match text(jwk, "kid")? {
        Some(kid) if kid.len() > LONGEST_KID => Err(KeyFault::KidTooLong),
        Some(kid) => Ok(key.named(kid)),
        None => Ok(key),
    }
}

fn for_signatures(jwk: &Jwk) -> Result<(), KeyFault> {
    if text(jwk, "use")?.is_some_and(|purpose| purpose != "sig") {
        return Err(KeyFault::NotForSignatures);
    }
    match jwk.get("key_ops") {
        None => Ok(()),
        Some(Value::Array(operations)) if operations.iter().any(|operation| operation == "verify") => Ok(()),
        Some(Value::Array(_)) => Err(KeyFault::NotForSignatures),
        Some(_) => Err(KeyFault::Malformed),
    }
}

fn ec(jwk: &Jwk) -> Result<Key, KeyFault> {
    public_only(jwk)?;
    let (curve, implied) = match required(jwk, "crv")? {
        name if name == Curve::P256.name() => (Curve::P256, Algorithm::Es256),
        name if name == Curve::P384.name() => (Curve::P384, Algorithm::Es384),
        _ => return Err(KeyFault::UnknownAlgorithm),
    };
    let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
    if x.len() != curve.coordinate() || y.len() != curve.coordinate() {
        return Err(KeyFault::Malformed);
    }
    // The uncompressed point of SEC 1, section 2.3.3.
    let point = [&[4][..], &x, &y].concat();
    Key::public(algorithm(jwk)?.unwrap_or(implied), &PublicKey::Ecdsa { curve, point: &point })
}

fn okp(jwk: &Jwk) -> Result<Key, KeyFault> {
    public_only(jwk)?;
    if required(jwk, "crv")? != "Ed25519" {
        return Err(KeyFault::UnknownAlgorithm);
    }
    Key::public(algorithm(jwk)?.unwrap_or(Algorithm::EdDsa), &PublicKey::Ed25519(&bytes(jwk, "x")?))
}

fn rsa(jwk: &Jwk) -> Result<Key, KeyFault> {
    public_only(jwk)?;
    let (modulus, exponent) = (bytes(jwk, "n")?, bytes(jwk, "e")?);
    // Several large issuers publish no `alg`. RS256 is the one algorithm that RFC 9068, section 2.1, makes
    // every issuer support; taking the token's word instead would let the token choose.
    let algorithm = algorithm(jwk)?.unwrap_or(Algorithm::Rs256);
    Key::public(algorithm, &PublicKey::Rsa { modulus: &modulus, exponent: &exponent })
}

fn oct(jwk: &Jwk) -> Result<Key, KeyFault> {
    // A secret says nothing about its hash, so `alg` is needed.
    Key::hmac(algorithm(jwk)?.ok_or(KeyFault::UnknownAlgorithm)?, &Secret::new(bytes(jwk, "k")?))
}

fn algorithm(jwk: &Jwk) -> Result<Option<Algorithm>, KeyFault> {
    text(jwk, "alg")?.map(|name| Algorithm::named(name).ok_or(KeyFault::UnknownAlgorithm)).transpose()
}

fn public_only(jwk: &Jwk) -> Result<(), KeyFault> {
    if jwk.contains_key("d") { Err(KeyFault::Private) } else { Ok(()) }
}

fn text<'j>(jwk: &'j Jwk, member: &str) -> Result<Option<&'j str>, KeyFault> {
    match jwk.get(member) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(KeyFault::Malformed),
    }
}

fn required<'j>(jwk: &'j Jwk, member: &str) -> Result<&'j str, KeyFault> {
    text(jwk, member)?.ok_or(KeyFault::Malformed)
}

fn bytes(jwk: &Jwk, member: &str) -> Result<Vec<u8>, KeyFault> {
    base64url::decode(required(jwk, member)?).map_err(|_| KeyFault::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// RFC 8037, appendix A.2.
    fn ed25519() -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
    }

    fn read(mut jwk: Value, changes: &Value) -> Result<Key, KeyFault> {
        for (member, value) in changes.as_object().unwrap() {
            jwk[member] = value.clone();
        }
        key(jwk.as_object().unwrap())
    }

    #[test]
    fn rule_24_use_and_key_ops_are_honoured() {
        for (changes, expected) in [
            (json!({}), None),
            (json!({"use": "sig"}), None),
            (json!({"key_ops": ["verify"]}), None),
            (json!({"key_ops": ["sign", "verify"]}), None),
            (json!({"use": "enc"}), Some(KeyFault::NotForSignatures)),
            (json!({"use": "SIG"}), Some(KeyFault::NotForSignatures)),
            (json!({"key_ops": ["sign"]}), Some(KeyFault::NotForSignatures)),
            (json!({"key_ops": []}), Some(KeyFault::NotForSignatures)),
            (json!({"key_ops": "verify"}), Some(KeyFault::Malformed)),
            (json!({"use": 1}), Some(KeyFault::Malformed)),
        ] {
            assert_eq!(read(ed25519(), &changes).err(), expected, "{changes}");
        }
    }

    #[test]
    fn a_key_that_cannot_be_used_says_why() {
        for (changes, expected) in [
            (json!({"alg": "ES256"}), KeyFault::AlgorithmDoesNotFit),
            (json!({"alg": "HS256"}), KeyFault::AlgorithmDoesNotFit),
            (json!({"alg": "none"}), KeyFault::UnknownAlgorithm),
            (json!({"kty": "okp"}), KeyFault::UnknownAlgorithm),
            (json!({"crv": "X25519"}), KeyFault::UnknownAlgorithm),
            (json!({"x": "AAAA"}), KeyFault::Malformed),
            (json!({"x": null}), KeyFault::Malformed),
            (json!({"d": "AAAA"}), KeyFault::Private),
            (json!({"kid": 7}), KeyFault::Malformed),
            (json!({"kid": "k".repeat(257)}), KeyFault::KidTooLong),
            (json!({"kty": "oct", "k": "A".repeat(64)}), KeyFault::UnknownAlgorithm),
            (json!({"kty": "oct", "alg": "HS256", "k": ""}), KeyFault::SecretTooShort),
        ] {
            assert_eq!(read(ed25519(), &changes).err(), Some(expected), "{changes}");
        }
    }

    #[test]
    fn the_algorithm_is_settled_even_when_the_jwk_has_none() {
        assert_eq!(read(ed25519(), &json!({})).map(|key| key.algorithm()), Ok(Algorithm::EdDsa));
        assert_eq!(read(ed25519(), &json!({"alg": "Ed25519"})).map(|key| key.algorithm()), Ok(Algorithm::EdDsa));
    }
}
