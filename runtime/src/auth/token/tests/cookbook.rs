//! The published examples of RFC 7520 and RFC 8037, where the corpora are at hand.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::auth::{Keys, TokenError, jws};

fn corpora() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    env::var_os("PALISADE_CORPORA").map_or_else(beside, PathBuf::from).join("jose-cookbook")
}

/// Reads one example: its key without what is private, its token and its payload.
fn example(file: &str) -> Option<(Keys, String, String)> {
    let path = corpora().join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: no example at {}; set PALISADE_CORPORA", path.display());
        return None;
    };
    let example: Value = serde_json::from_str(&text).unwrap();
    let mut key = example["input"]["key"].clone();
    for private in ["d", "p", "q", "dp", "dq", "qi"] {
        key.as_object_mut().unwrap().remove(private);
    }
    // Their RSA and EC keys have no `alg`; an example says which algorithm it is about.
    key["alg"] = example["input"]["alg"].clone();
    let keys = Keys::jwks(&json!({"keys": [key]}).to_string()).unwrap();
    let token = example["output"]["compact"].as_str()?.to_owned();
    Some((keys, token, example["input"]["payload"].as_str()?.to_owned()))
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
fn a_detached_or_unencoded_payload_is_refused() {
    for file in [
        "jws/4_5.signature_with_detached_content.json",
        "rfc7797/hmac-sha2_b64_false.json",
        "rfc7797/4.2.hmac-sha2_b64_false.json",
    ] {
        let Some((keys, token, _)) = example(file) else { continue };
        let error = jws::verify(&token, &keys).err();
        assert!(
            matches!(error, Some(TokenError::BadSignature | TokenError::UnsupportedHeader | TokenError::NotCompact)),
            "{file}: {error:?}"
        );
    }
}
