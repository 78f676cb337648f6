//! Attacks on form, header, key and signature.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::auth::{Algorithm, Key, Keys, Secret, jws};

/// Signs a header with the Ed25519 key and says what becomes of the token.
fn header(header: impl AsRef<[u8]>) -> Result<(), TokenError> {
    let id = issuer();
    outcome(&id.sign_raw(Algorithm::EdDsa, header, CLAIMS), &tokens(&id))
}

/// Adds one member to a good header.
fn member(name: &str, value: &Value) -> Result<(), TokenError> {
    header(json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "test-EdDSA", name: value}).to_string())
}

#[test]
fn every_algorithm_verifies_its_own_signatures_and_no_changed_ones() {
    let id = issuer();
    for algorithm in Algorithm::ALL {
        let keys = if algorithm.is_symmetric() { id.symmetric_keys() } else { id.keys() };
        let tokens = Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(keys);
        let token = id.token().algorithm(algorithm).sign(NOW);
        assert_eq!(outcome(&token, &tokens), Ok(()), "{algorithm}");

        let (signed, _) = token.rsplit_once('.').unwrap();
        let other = id.token().algorithm(algorithm).subject("mallory").sign(NOW);
        let (_, signature) = other.rsplit_once('.').unwrap();
        let swapped = format!("{signed}.{signature}");
        assert_eq!(outcome(&swapped, &tokens), Err(TokenError::BadSignature), "{algorithm}");
        for signature in ["", "AA", "AAAA"] {
            let token = format!("{signed}.{signature}");
            assert_eq!(outcome(&token, &tokens), Err(TokenError::BadSignature), "{algorithm} {signature:?}");
        }
    }
}

#[test]
fn rule_21_alg_none_is_refused_in_any_spelling() {
    for name in [json!("none"), json!("None"), json!("nOnE"), json!("NONE"), json!(""), json!("none ")] {
        assert_eq!(member("alg", &name), Err(TokenError::AlgorithmUnknown), "{name}");
    }
    for value in [json!(null), json!(["EdDSA"]), json!(1), json!({})] {
        assert_eq!(member("alg", &value), Err(TokenError::BadHeader), "{value}");
    }
    assert_eq!(header(r#"{"typ":"at+jwt"}"#), Err(TokenError::AlgorithmUnknown));
    let id = issuer();
    for alg in ["none", "EdDSA", "HS256"] {
        let token = id.sign_raw(Algorithm::EdDsa, format!(r#"{{"alg":"{alg}","typ":"at+jwt"}}"#), CLAIMS);
        let (signed, _) = token.rsplit_once('.').unwrap();
        assert!(outcome(&format!("{signed}."), &tokens(&id)).is_err(), "{alg}");
    }
}

#[test]
fn rule_21_the_algorithm_of_the_key_decides() {
    let id = issuer();
    for key in Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric()) {
        for claimed in Algorithm::ALL.into_iter().filter(|claimed| *claimed != key) {
            // The signature is good under the claimed algorithm, as RS256 and PS256 with one key.
            let token = id.token().algorithm(claimed).header("kid", TestIssuer::kid(key)).sign(NOW);
            assert_eq!(outcome(&token, &tokens(&id)), Err(TokenError::AlgorithmMismatch), "{key} as {claimed}");
        }
    }
}

#[test]
fn rule_21_a_header_that_was_seen_before_means_what_it_meant() {
    let id = issuer();
    let tokens = tokens(&id);
    let good = id.token().sign(NOW);
    assert_eq!(outcome(&good, &tokens), Ok(()));
    let (header, rest) = good.split_once('.').unwrap();
    let other = id.token().header("typ", "JWT").sign(NOW);
    assert_eq!(outcome(&other, &tokens), Err(TokenError::WrongType));
    let stranger = issuer().token().sign(NOW);
    assert_eq!(stranger.split_once('.').unwrap().0, header);
    assert_eq!(outcome(&stranger, &tokens), Err(TokenError::BadSignature));

    // One letter more or less is another header.
    assert_eq!(outcome(&format!("{header}A.{rest}"), &tokens), Err(TokenError::BadHeader));
    assert!(outcome(&good[1..], &tokens).is_err());
    for _ in 0..2 {
        let keys = id.keys();
        let untyped = id.token().untyped().sign(NOW);
        for token in [&good, &other, &untyped, &good, &other, &untyped] {
            let kind = jws::verify(token, &keys).map(|jws| jws.kind().map(String::from));
            let expected = if *token == good {
                Some("at+jwt")
            } else if *token == other {
                Some("JWT")
            } else {
                None
            };
            assert_eq!(kind, Ok(expected.map(String::from)));
        }
    }
}

#[test]
fn rule_21_a_public_key_is_no_hmac_secret() {
    let id = issuer();
    let jwks: Value = serde_json::from_str(&id.jwks()).unwrap();
    for jwk in jwks["keys"].as_array().unwrap() {
        let signed = {
            let header = json!({"alg": "HS256", "typ": "at+jwt", "kid": jwk["kid"]}).to_string();
            let token = id.sign_raw(Algorithm::EdDsa, header, CLAIMS);
            token.rsplit_once('.').unwrap().0.to_owned()
        };
        for secret in [jwk.to_string(), jwk["x"].to_string(), jwk["n"].to_string()] {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
            let tag = base64_simd::URL_SAFE_NO_PAD.encode_to_string(ring::hmac::sign(&key, signed.as_bytes()));
            assert_eq!(outcome(&format!("{signed}.{tag}"), &tokens(&id)), Err(TokenError::AlgorithmMismatch));
        }
    }
}

#[test]
fn rule_23_ecdsa_with_extreme_numbers_is_refused() {
    // 0, 1, the order of P-256, its field prime: the "psychic" signatures and their siblings.
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    let number = |hex: &str| -> Vec<u8> {
        (0..64).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    };
    let numbers = [vec![0; 32], [vec![0; 31], vec![1]].concat(), number(order), number(prime)];
    let id = issuer();
    let token = id.token().algorithm(Algorithm::Es256).sign(NOW);
    let (signed, _) = token.rsplit_once('.').unwrap();
    for r in &numbers {
        for s in &numbers {
            let signature = base64_simd::URL_SAFE_NO_PAD.encode_to_string([&r[..], s].concat());
            assert_eq!(outcome(&format!("{signed}.{signature}"), &tokens(&id)), Err(TokenError::BadSignature));
        }
    }
}

#[test]
fn rule_33_an_ecdsa_signature_in_der_is_refused() {
    let id = issuer();
    let token = id.token().algorithm(Algorithm::Es256).sign(NOW);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let raw = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(signature).unwrap();
    let integer = |number: &[u8]| [&[2, 33, 0], number].concat();
    let content = [integer(&raw[..32]), integer(&raw[32..])].concat();
    let der = [&[0x30, u8::try_from(content.len()).unwrap()], &content[..]].concat();
    let longer = [&[0], &raw[..]].concat();
    for signature in [der, longer, raw[..63].to_vec()] {
        let token = format!("{signed}.{}", base64_simd::URL_SAFE_NO_PAD.encode_to_string(signature));
        assert_eq!(outcome(&token, &tokens(&id)), Err(TokenError::BadSignature));
    }
}

#[test]
fn rule_25_keys_inside_the_token_have_no_influence() {
    let id = issuer();
    let stranger = issuer();
    let own_key: Value = serde_json::from_str(&stranger.jwks()).unwrap();
    for (name, value) in [
        ("jwk", own_key["keys"][2].clone()),
        ("jku", json!("https://evil.example/jwks")),
        ("x5u", json!("https://evil.example/cert")),
        ("x5c", json!(["AAAA"])),
    ] {
        let forged = stranger.token().header(name, value.clone()).sign(NOW);
        assert_eq!(outcome(&forged, &tokens(&id)), Err(TokenError::BadSignature), "{name}");
        assert_eq!(outcome(&id.token().header(name, value).sign(NOW), &tokens(&id)), Ok(()), "{name}");
    }
}

#[test]
fn rule_26_a_kid_is_never_interpreted() {
    for kid in ["../../dev/null", "' OR 1=1 --", "https://evil.example/k", "\0", "test-eddsa", "", &"k".repeat(256)] {
        assert_eq!(member("kid", &json!(kid)), Err(TokenError::KeyUnknown), "{kid:?}");
    }
    for kid in [json!("k".repeat(257)), json!(["test-EdDSA"]), json!({"a": 1}), json!(7), json!(null)] {
        assert_eq!(member("kid", &kid), Err(TokenError::BadHeader), "{kid}");
    }
    assert_eq!(member("kid", &json!("k".repeat(64 * 1024))), Err(TokenError::TooLong));
}

#[test]
fn rule_26_another_issuers_key_of_the_same_name_opens_nothing() {
    let (ours, other) = (issuer(), TestIssuer::new("https://other.example"));
    let token = other.token().claim("iss", ISSUER).sign(NOW);
    assert_eq!(outcome(&token, &tokens(&ours)), Err(TokenError::BadSignature));
}

#[test]
fn rule_27_without_a_kid_one_fitting_key_is_enough() {
    let good = r#"{"alg":"EdDSA","typ":"at+jwt"}"#;
    assert_eq!(header(good), Ok(()));
    let id = issuer();
    let two: Vec<_> =
        ["a", "b"].map(|kid| Key::hmac(Algorithm::Hs256, &Secret::new([7; 32])).unwrap().named(kid)).into();
    let tokens = Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(Keys::new(two).unwrap());
    let token = id.sign_raw(Algorithm::Hs256, r#"{"alg":"HS256","typ":"at+jwt"}"#, CLAIMS);
    assert_eq!(outcome(&token, &tokens), Err(TokenError::KeyAmbiguous));
}

#[test]
fn rule_28_crit_and_b64_are_refused_in_any_form() {
    for value in
        [json!(["exp"]), json!([]), json!(["b64", "b64"]), json!("b64"), json!(null), json!(["alg"]), json!({})]
    {
        assert_eq!(member("crit", &value), Err(TokenError::UnsupportedHeader), "{value}");
    }
    for value in [json!(false), json!(true), json!(null)] {
        assert_eq!(member("b64", &value), Err(TokenError::UnsupportedHeader), "{value}");
    }
}

#[test]
fn rule_32_encrypted_compressed_and_nested_tokens_are_refused() {
    assert_eq!(member("zip", &json!("DEF")), Err(TokenError::UnsupportedHeader));
    assert_eq!(member("enc", &json!("A256GCM")), Err(TokenError::UnsupportedHeader));
    for content in ["JWT", "jwt", "application/jwt"] {
        assert_eq!(member("cty", &json!(content)), Err(TokenError::UnsupportedHeader));
    }
    assert_eq!(outcome("e30.e30.e30.e30.e30", &tokens(&issuer())), Err(TokenError::NotCompact));
}

#[test]
fn rule_32_the_json_serialization_is_refused() {
    let id = issuer();
    let token = id.token().sign(NOW);
    let parts: Vec<_> = token.split('.').collect();
    let flattened = json!({"protected": parts[0], "payload": parts[1], "signature": parts[2]}).to_string();
    assert_eq!(outcome(&flattened, &tokens(&id)), Err(TokenError::NotCompact));
}

#[test]
fn rule_29_there_are_exactly_three_segments_of_strict_base64url() {
    let id = issuer();
    let token = id.token().sign(NOW);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = signed.split_once('.').unwrap();
    for (text, expected) in [
        (String::new(), TokenError::NotCompact),
        (String::from("."), TokenError::NotCompact),
        (String::from(".."), TokenError::BadHeader),
        (signed.to_owned(), TokenError::NotCompact),
        (format!("{token}."), TokenError::NotCompact),
        (format!(".{token}"), TokenError::NotCompact),
        (format!("{header}=.{payload}.{signature}"), TokenError::BadEncoding),
        (format!("{header}.{payload}.{signature}="), TokenError::BadEncoding),
        (format!("{header}.{payload}.{signature}=="), TokenError::BadEncoding),
        (format!(" {token}"), TokenError::BadEncoding),
        (format!("{token}\n"), TokenError::BadEncoding),
        (format!("{header}.{payload}=.{signature}"), TokenError::BadSignature),
        (format!("{header}.{payload}.{}", "A".repeat(4_000)), TokenError::BadEncoding),
    ] {
        assert_eq!(outcome(&text, &tokens(&id)), Err(expected), "{text}");
    }
    // 64 bytes leave four unused bits in the last letter: only zeros may be there.
    for letter in "QgwABCDEF-_".chars() {
        let altered = format!("{}{letter}", &token[..token.len() - 1]);
        assert!(altered == token || outcome(&altered, &tokens(&id)).is_err(), "{letter}");
    }
}

#[test]
fn rule_29_a_signed_payload_must_be_canonical_too() {
    let id = issuer();
    let header = base64_simd::URL_SAFE_NO_PAD.encode_to_string(r#"{"alg":"EdDSA","typ":"at+jwt"}"#);
    for payload in ["e30=", "e31", "e30 ", "+/8"] {
        let signed = format!("{header}.{payload}");
        let signature = id.signature(Algorithm::EdDsa, signed.as_bytes());
        let token = format!("{signed}.{}", base64_simd::URL_SAFE_NO_PAD.encode_to_string(signature));
        assert_eq!(outcome(&token, &tokens(&id)), Err(TokenError::BadEncoding), "{payload}");
    }
}

#[test]
fn rule_30_names_said_twice_are_refused() {
    for text in [
        r#"{"alg":"EdDSA","alg":"EdDSA","typ":"at+jwt"}"#,
        r#"{"alg":"none","alg":"EdDSA","typ":"at+jwt"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","x":1,"x":2}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","\u0061lg":"EdDSA"}"#,
    ] {
        assert_eq!(header(text), Err(TokenError::BadHeader), "{text}");
    }
    let id = issuer();
    for more in [r#","sub":"mallory"}"#, r#","x":{"a":1,"a":2}}"#] {
        let claims = CLAIMS.replace('}', more);
        let token = id.sign_raw(Algorithm::EdDsa, r#"{"alg":"EdDSA","typ":"at+jwt"}"#, claims);
        assert_eq!(outcome(&token, &tokens(&id)), Err(TokenError::BadClaims), "{more}");
    }
}

#[test]
fn rule_31_header_and_claims_are_utf_8_objects_of_bounded_depth() {
    for text in [&b""[..], b"[]", b"null", b"\"EdDSA\"", b"\xEF\xBB\xBF{\"alg\":\"EdDSA\"}", b"{\"alg\":\"EdDSA\xFF\"}"]
    {
        assert_eq!(header(text), Err(TokenError::BadHeader), "{text:?}");
    }
    assert_eq!(
        header(format!(r#"{{"alg":"EdDSA","x":{}{}}}"#, "[".repeat(999), "]".repeat(999))),
        Err(TokenError::BadHeader)
    );
    let id = issuer();
    for claims in ["", "[]", "null", "{}{}", "{\"sub\":\"a\",}"] {
        let token = id.sign_raw(Algorithm::EdDsa, r#"{"alg":"EdDSA","typ":"at+jwt"}"#, claims);
        assert_eq!(outcome(&token, &tokens(&id)), Err(TokenError::BadClaims), "{claims}");
    }
}

#[test]
fn rule_4_a_token_above_eight_kibibytes_is_not_looked_at() {
    let id = issuer();
    let good = id.token().claim("padding", "x".repeat(5_600)).sign(NOW);
    assert!(good.len() <= 8 * 1024);
    assert_eq!(outcome(&good, &tokens(&id)), Ok(()));
    let long = id.token().claim("padding", "x".repeat(6_000)).sign(NOW);
    assert_eq!(outcome(&long, &tokens(&id)), Err(TokenError::TooLong));
}

#[test]
fn an_ed25519_token_may_use_the_fully_specified_name() {
    assert_eq!(member("alg", &json!("Ed25519")), Ok(()));
}

proptest! {
    #[test]
    fn no_text_verifies_or_panics(text: String, header in "[A-Za-z0-9_-]{0,40}", payload in "[A-Za-z0-9_.=-]{0,40}") {
        let keys = Keys::new([Key::hmac(Algorithm::Hs256, &Secret::new([7; 32])).unwrap()]).unwrap();
        let tokens = Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(keys);
        prop_assert!(tokens.verify(&text, NOW).is_err());
        let token = format!("{header}.{payload}.{header}");
        prop_assert!(tokens.verify(&token, NOW).is_err());
    }

    #[test]
    fn no_single_changed_letter_verifies(at: prop::sample::Index, letter in "[A-Za-z0-9_.=-]") {
        let id = issuer();
        let token = id.token().sign(NOW);
        let at = at.index(token.len());
        let mut altered = token.clone();
        altered.replace_range(at..=at, &letter);
        prop_assert!(altered == token || outcome(&altered, &tokens(&id)).is_err());
    }
}
