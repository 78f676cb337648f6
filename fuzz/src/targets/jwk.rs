//! A JWK Set, as an issuer's server sends it: whatever it holds, what is kept can verify and is told apart.

use std::collections::HashSet;

use palisade::auth::{Algorithm, Key, KeyFault, KeySetError, Keys};
use serde_json::Value;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let alone = Key::jwk(text);
    match Keys::jwks(text) {
        Ok(keys) => kept(text, &keys),
        Err(KeySetError::NoUsableKey(skipped)) => assert!(skipped.len() <= 128, "{text:?}"),
        Err(error) => assert!(error.to_string().len() < 2 * 1024, "{text:?}"),
    }
    // One key reads the same alone and in a set.
    let set = Keys::jwks(&format!(r#"{{"keys":[{text}]}}"#));
    match (alone, set) {
        // It need not be one JSON value, and then a set is made of something else.
        (Err(KeyFault::Malformed), _) => (),
        (Ok(key), Ok(keys)) => {
            let of = |key: &Key| (key.kid().map(String::from), key.algorithm());
            assert!(keys.iter().map(of).eq([of(&key)]), "{text:?}");
        }
        (Err(fault), Err(KeySetError::NoUsableKey(skipped))) => {
            assert!(skipped.iter().all(|skipped| skipped.fault() == fault), "{text:?}: {fault}");
        }
        (alone, set) => panic!("{text:?} is {alone:?} alone and {set:?} in a set"),
    }
}

fn kept(text: &str, keys: &Keys) {
    let document: Value = serde_json::from_str(text).expect("a set that is taken is JSON");
    let listed = document["keys"].as_array().map_or(0, Vec::len);
    assert_eq!(keys.iter().count() + keys.skipped().len(), listed, "{text:?}");
    assert!((1..=128).contains(&keys.iter().count()), "{text:?}");

    let symmetric = keys.iter().filter(|key| key.algorithm().is_symmetric()).count();
    assert!(symmetric == 0 || symmetric == keys.iter().count(), "{text:?} mixes secrets and public keys");
    let names: Vec<&str> = keys.iter().filter_map(Key::kid).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{text:?} names two keys alike");
    assert!(keys.iter().all(|key| Algorithm::ALL.contains(&key.algorithm())), "{text:?}");
    for skipped in keys.skipped() {
        assert!(skipped.index() < listed && !skipped.fault().to_string().is_empty(), "{text:?}");
    }
    let shown = format!("{keys:?}");
    for secret in document["keys"].as_array().into_iter().flatten().filter_map(|key| key["k"].as_str()) {
        assert!(secret.len() < 32 || !shown.contains(secret), "{text:?} is shown");
    }
}
