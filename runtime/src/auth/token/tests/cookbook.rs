//! The published examples of RFC 7520 and RFC 8037, where the corpora are at hand.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};

use super::{NOW, Tokens};
use crate::auth::{Algorithm, Key, KeyFault, Keys, TokenError, jws};

fn corpora() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    env::var_os("PALISADE_CORPORA").map_or_else(beside, PathBuf::from).join("jose-cookbook")
}

fn read(file: &str) -> Option<Value> {
    let path = corpora().join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: no example at {}; set PALISADE_CORPORA", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// Reads one example: its key without what is private, its token and its payload.
fn example(file: &str) -> Option<(Keys, String, String)> {
    let example = read(file)?;
    let mut key = public(&example["input"]["key"]);
    // Their RSA and EC keys have no `alg`; an example says which algorithm it is about.
    key["alg"] = example["input"]["alg"].clone();
    let keys = Keys::jwks(&json!({"keys": [key]}).to_string()).unwrap();
    let token = example["output"]["compact"].as_str()?.to_owned();
    Some((keys, token, example["input"]["payload"].as_str()?.to_owned()))
}

fn public(key: &Value) -> Value {
    let mut key = key.clone();
    for private in ["d", "p", "q", "dp", "dq", "qi"] {
        key.as_object_mut().unwrap().remove(private);
    }
    key
}

#[test]
fn the_examples_verify_and_give_their_payload() {
    for file in [
        "jws/4_1.rsa_v15_signature.json",
        "jws/4_2.rsa-pss_signature.json",
        "jws/4_4.hmac-sha2_integrity_protection.json",
        "curve25519/jws.json",
    ] {
        let Some((keys, token, payload)) = example(file) else { return };
        let verified = jws::verify(&token, &keys);
        assert_eq!(verified.map(|jws| jws.payload() == payload.as_bytes()), Ok(true), "{file}");

        let altered = token.replace('A', "B");
        assert!(jws::verify(&altered, &keys).is_err(), "{file}");
    }
}

#[test]
fn rule_32_a_detached_payload_and_the_json_serializations_are_refused() {
    for file in [
        "jws/4_5.signature_with_detached_content.json",
        "jws/4_6.protecting_specific_header_fields.json",
        "jws/4_7.protecting_content_only.json",
        "jws/4_8.multiple_signatures.json",
        "rfc7797/hmac-sha2_b64_false.json",
    ] {
        let Some(example) = read(file) else { return };
        let key = &example["input"]["key"];
        let keys = Keys::jwks(&json!({"keys": [public(key.get(0).unwrap_or(key))]}).to_string()).unwrap();
        let output = example["output"].as_object().unwrap();
        assert!(!output.is_empty(), "{file}");
        for (form, token) in output {
            let token = token.as_str().map_or_else(|| token.to_string(), String::from);
            assert!(jws::verify(&token, &keys).is_err(), "{file}: {form}");
        }
    }
}

#[test]
fn rule_28_an_unencoded_payload_is_refused_though_its_signature_is_good() {
    let file = "rfc7797/4.2.hmac-sha2_b64_false.json";
    let Some((keys, token, payload)) = example(file) else { return };
    let (signed, signature) = token.rsplit_once('.').unwrap();
    assert!(signed.ends_with(&payload));
    let signature = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(signature).unwrap();
    assert!(keys.iter().any(|key| key.verifies(signed.as_bytes(), &signature)), "the signature is good");

    assert_eq!(jws::verify(&token, &keys).err(), Some(TokenError::UnsupportedHeader));
    let tokens = Tokens::issuer("https://id.shop.example").audience("https://api.shop.example").keys(keys);
    assert_eq!(tokens.verify(&token, NOW).err(), Some(TokenError::UnsupportedHeader));
}

#[test]
fn the_keys_are_read_or_refused_as_what_they_are() {
    for (file, expected) in [
        ("jwk/3_1.ec_public_key.json", Err(KeyFault::UnknownAlgorithm)),
        ("jwk/3_2.ec_private_key.json", Err(KeyFault::Private)),
        ("jwk/3_3.rsa_public_key.json", Ok(Algorithm::Rs256)),
        ("jwk/3_4.rsa_private_key.json", Err(KeyFault::Private)),
        ("jwk/3_5.symmetric_key_mac_computation.json", Ok(Algorithm::Hs256)),
        ("jwk/3_6.symmetric_key_encryption.json", Err(KeyFault::NotForSignatures)),
    ] {
        let Some(jwk) = read(file) else { return };
        assert_eq!(Key::jwk(&jwk.to_string()).map(|key| key.algorithm()), expected, "{file}");
    }
}
