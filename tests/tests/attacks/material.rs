//! The public keys of the issuer in every form that was ever taken for a secret, and what a forger signs with them.

use base64_simd::{STANDARD, URL_SAFE_NO_PAD};
use palisade::{
    auth::{Algorithm, Key},
    testing::TestIssuer,
};
use ring::hmac;
use serde_json::Value;

/// DER of a `SubjectPublicKeyInfo` up to the key.
const RSA_2048: &str = "30820122300d06092a864886f70d01010105000382010f00";
const RSA_MODULUS: &str = "3082010a0282010100";
const RSA_EXPONENT: &str = "0203010001";
const P256: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
const ED25519: &str = "302a300506032b6570032100";

/// The key of an algorithm as the issuer publishes it.
pub(crate) fn jwk(id: &TestIssuer, algorithm: Algorithm) -> Value {
    let set: Value = serde_json::from_str(&id.jwks()).expect("a key set");
    let keys = set["keys"].as_array().expect("keys");
    keys.iter().find(|key| key["alg"] == algorithm.name()).expect("a key for it").clone()
}

/// Every secret that somebody who knows nothing but the public key could think of.
pub(crate) fn guesses(id: &TestIssuer, algorithm: Algorithm) -> Vec<(&'static str, Vec<u8>)> {
    let jwk = jwk(id, algorithm);
    let member = |name: &str| decoded(jwk[name].as_str().unwrap_or_default());
    let (spki, raw) = match algorithm {
        Algorithm::Rs256 => {
            let pkcs1 = [bytes(RSA_MODULUS), member("n"), bytes(RSA_EXPONENT)].concat();
            ([bytes(RSA_2048), pkcs1.clone()].concat(), pkcs1)
        }
        Algorithm::Es256 => {
            let point = [vec![4], member("x"), member("y")].concat();
            ([bytes(P256), point.clone()].concat(), point)
        }
        _ => ([bytes(ED25519), member("x")].concat(), member("x")),
    };
    let pem = pem("PUBLIC KEY", &spki);
    assert!(Key::pem(algorithm, &pem).is_ok(), "it is a key, or nobody would try it");
    let ssh = STANDARD.encode_to_string([&b"\0\0\0\x0bssh-ed25519\0\0\0\x20"[..], &raw].concat());
    vec![
        ("its PEM", pem.clone().into_bytes()),
        ("its PEM without the last line feed", pem.trim_end().into()),
        // CVE-2023-48223: white space in front hid that it is PEM.
        ("its PEM behind a line feed", format!("\n{pem}").into_bytes()),
        ("its PEM with other line ends", pem.replace('\n', "\r\n").into_bytes()),
        // CVE-2017-11424: other labels were not known to be keys.
        ("the key alone as PEM", self::pem("RSA PUBLIC KEY", &raw).into_bytes()),
        ("its base64", STANDARD.encode_to_string(&spki).into_bytes()),
        ("its DER", spki),
        // CVE-2022-29217: this form neither.
        ("its OpenSSH line", format!("ssh-ed25519 {ssh}").into_bytes()),
        ("its bytes", raw),
        ("its JWK", jwk.to_string().into_bytes()),
        ("its JWK Set", id.jwks().into_bytes()),
        ("its first coordinate", jwk["x"].as_str().unwrap_or_default().into()),
        ("its modulus", jwk["n"].as_str().unwrap_or_default().into()),
        ("nothing", Vec::new()),
        ("zeros", vec![0; 32]),
        ("a word", b"secret".to_vec()),
    ]
}

/// A token that a secret was signed with.
pub(crate) fn hmac_signed(hash: hmac::Algorithm, secret: &[u8], header: &Value, claims: &str) -> String {
    let signed = format!("{}.{}", encoded(header.to_string()), encoded(claims));
    let tag = hmac::sign(&hmac::Key::new(hash, secret), signed.as_bytes());
    format!("{signed}.{}", encoded(tag))
}

/// The signature of `token` replaced.
pub(crate) fn resigned(token: &str, signature: impl AsRef<[u8]>) -> String {
    let (signed, _) = token.rsplit_once('.').expect("three segments");
    format!("{signed}.{}", encoded(signature))
}

/// The bytes of a token's signature.
pub(crate) fn signature(token: &str) -> Vec<u8> {
    decoded(token.rsplit_once('.').expect("three segments").1)
}

pub(crate) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}

pub(crate) fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode_to_vec(text).expect("base64url")
}

pub(crate) fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).expect("digits")).collect()
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode_to_string(der);
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(|line| str::from_utf8(line).expect("ASCII")).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
