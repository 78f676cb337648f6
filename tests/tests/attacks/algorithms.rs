//! Rules 21 to 23 and 33: the key decides on the algorithm, and a signature has one form.

use palisade::auth::{Algorithm, Key, KeyFault, KeySetError, Keys, Secret};
use ring::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};
use serde_json::{Value, json};

use crate::{
    door::{Door, NOW, claims},
    material::{bytes, encoded, guesses, hmac_signed, jwk, resigned, signature},
};

use palisade::testing::TestIssuer;

/// The orders and primes of the curves.
const P256_ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const P256_PRIME: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const P384_ORDER: &str =
    concat!("ffffffffffffffffffffffffffffffffffffffffffffffff", "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",);
const P384_PRIME: &str =
    concat!("fffffffffffffffffffffffffffffffffffffffffffffffff", "ffffffffffffffeffffffff0000000000000000ffffffff",);
/// The order of the group of Ed25519, least byte first.
const ED25519_ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

/// `whole` less `part`, most significant byte first.
fn minus(whole: &[u8], part: &[u8]) -> Vec<u8> {
    let mut borrowed = 0i16;
    let digits = whole.iter().zip(part).rev().map(|(whole, part)| {
        let digit = i16::from(*whole) - i16::from(*part) - borrowed;
        borrowed = i16::from(digit < 0);
        digit.to_le_bytes()[0]
    });
    let mut digits: Vec<_> = digits.collect();
    digits.reverse();
    digits
}

const ASYMMETRIC: [Algorithm; 9] = [
    Algorithm::Es256,
    Algorithm::Es384,
    Algorithm::EdDsa,
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
];

#[tokio::test]
async fn rule_21_no_algorithm_is_no_algorithm() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    let spellings = ["none", "None", "NONE", "nOnE", "none ", " none", "none\0", "n\u{f6}ne", "", "null", "undefined"];
    for name in spellings {
        let good = door.token().header("alg", name).sign(NOW);
        let (signed, signature) = good.rsplit_once('.').expect("three segments");
        rows.push((format!("{name:?} without a signature"), format!("{signed}."), "algorithm_unknown"));
        rows.push((format!("{name:?} with one"), format!("{signed}.{signature}"), "algorithm_unknown"));
        rows.push((format!("{name:?} with any"), format!("{signed}.{}", encoded("none")), "algorithm_unknown"));
    }
    for value in [json!(null), json!(["none"]), json!(["EdDSA"]), json!({"alg": "EdDSA"}), json!(0), json!(true)] {
        let name = format!("{value} as the algorithm");
        rows.push((name, door.token().header("alg", value).sign(NOW), "bad_header"));
    }
    let headers = [
        (r#"{"typ":"at+jwt"}"#, "algorithm_unknown"),
        (r#"{"typ":"at+jwt","Alg":"EdDSA"}"#, "algorithm_unknown"),
        (r#"{"typ":"at+jwt","alg ":"EdDSA"}"#, "algorithm_unknown"),
        (r#"{"alg":"none","typ":"at+jwt","alg":"EdDSA"}"#, "bad_header"),
    ];
    for (header, reason) in headers {
        rows.push((header.to_owned(), door.id.sign_raw(Algorithm::EdDsa, header, claims()), reason));
    }
    for name in ["EDDSA", "eddsa", "Es256", "ES256K", "ES512", "Ed448", "HS1", "HS224", "RS1", "RSA", "dir", "A256KW"] {
        rows.push((name.to_owned(), door.token().header("alg", name).sign(NOW), "algorithm_unknown"));
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_21_a_public_key_is_no_secret() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    for algorithm in [Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa] {
        for (what, secret) in guesses(&door.id, algorithm) {
            for (name, hash) in [("HS256", HMAC_SHA256), ("HS384", HMAC_SHA384), ("HS512", HMAC_SHA512)] {
                let header = json!({"alg": name, "typ": "at+jwt", "kid": TestIssuer::kid(algorithm)});
                let forged = hmac_signed(hash, &secret, &header, &claims());
                rows.push((format!("{name} with {what} of {algorithm}"), forged, "algorithm_mismatch"));
            }
            let nameless = json!({"alg": "HS256", "typ": "at+jwt"});
            let forged = hmac_signed(HMAC_SHA256, &secret, &nameless, &claims());
            rows.push((format!("{what} of {algorithm} without a kid"), forged, "algorithm_mismatch"));
        }
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_21_a_key_is_good_for_its_own_algorithm_only() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    for key in ASYMMETRIC {
        for signed in ASYMMETRIC.into_iter().filter(|signed| *signed != key) {
            let kid = TestIssuer::kid(key);
            // One RSA key has signed both: nothing but the names differ.
            let owned = door.token().algorithm(signed).header("kid", kid.as_str()).sign(NOW);
            rows.push((format!("{signed} by the key of {key}"), owned, "algorithm_mismatch"));
            let renamed = door.token().algorithm(signed).header("kid", kid).header("alg", key.name()).sign(NOW);
            rows.push((format!("{signed} that says {key}"), renamed, "bad_signature"));
        }
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_22_what_belongs_to_a_secret_is_judged_by_the_secret() {
    let door = Door::with(TestIssuer::symmetric_keys).await;
    let good = door.token().algorithm(Algorithm::Hs256).sign(NOW);
    door.accepts([("its own", good.clone())]).await;
    let header = |alg: &str| json!({"alg": alg, "typ": "at+jwt", "kid": TestIssuer::kid(Algorithm::Hs256)});
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    for secret in [&b""[..], b"\0", b"secret", &[0; 32], &[0; 64], b"null", b"undefined", b"changeme"] {
        let forged = hmac_signed(HMAC_SHA256, secret, &header("HS256"), &claims());
        rows.push((format!("signed with {secret:?}"), forged, "bad_signature"));
    }
    let tag = signature(&good);
    // CVE-2020-28042: a comparison as long as what came.
    for length in [0, 1, 4, 8, 16, 20, 31] {
        rows.push((format!("{length} bytes of the tag"), resigned(&good, &tag[..length]), "bad_signature"));
    }
    rows.push(("the tag and a byte".into(), resigned(&good, [&tag[..], b"\0"].concat()), "bad_signature"));
    rows.push(("the tag twice".into(), resigned(&good, [&tag[..], &tag[..]].concat()), "bad_signature"));
    rows.push(("zeros".into(), resigned(&good, [0; 32]), "bad_signature"));
    for at in [0, 15, 31] {
        let mut flipped = tag.clone();
        flipped[at] ^= 1;
        rows.push((format!("one bit of byte {at}"), resigned(&good, flipped), "bad_signature"));
    }
    let other = door.token().algorithm(Algorithm::Hs512).header("kid", TestIssuer::kid(Algorithm::Hs256)).sign(NOW);
    rows.push(("another hash".into(), other, "algorithm_mismatch"));
    rows.push(("a signature for a secret".into(), door.token().sign(NOW), "key_unknown"));
    door.refuses(rows).await;
}

#[test]
fn rule_22_and_23_a_key_that_is_weak_or_in_bad_company_is_none() {
    let key = |changes: Value| {
        let mut key = json!({"kty": "oct", "alg": "HS256", "k": encoded([7; 32])});
        key.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        key
    };
    let fault = |jwk: &Value| match Keys::jwks(&json!({"keys": [jwk]}).to_string()) {
        Err(KeySetError::NoUsableKey(skipped)) => Some(skipped[0].fault()),
        Ok(_) => None,
        Err(other) => panic!("{jwk}: {other}"),
    };
    let id = TestIssuer::new("https://id.shop.example");
    let rsa = |n: Vec<u8>, e: Vec<u8>| json!({"kty": "RSA", "alg": "RS256", "n": encoded(n), "e": encoded(e)});
    let (n, e) = (crate::material::decoded(jwk(&id, Algorithm::Rs256)["n"].as_str().unwrap()), vec![1, 0, 1]);
    let moved = |algorithm: Algorithm, member: &str, value: Vec<u8>| {
        let mut key = jwk(&id, algorithm);
        key[member] = encoded(value).into();
        key
    };
    for (name, jwk, expected) in [
        ("a blank secret", key(json!({"k": ""})), Some(KeyFault::SecretTooShort)),
        ("31 bytes", key(json!({"k": encoded([7; 31])})), Some(KeyFault::SecretTooShort)),
        ("32 bytes", key(json!({})), None),
        ("32 bytes for a longer hash", key(json!({"alg": "HS512"})), Some(KeyFault::SecretTooShort)),
        (
            "PEM as a secret",
            key(json!({"k": encoded("-----BEGIN PUBLIC KEY-----\nMIIB")})),
            Some(KeyFault::SecretIsKeyText),
        ),
        ("a secret of no algorithm", key(json!({"alg": null})), Some(KeyFault::Malformed)),
        ("1024 bits", rsa(n[..128].to_vec(), e.clone()), Some(KeyFault::RsaModulus)),
        ("an even modulus", rsa([&n[..255], &[2]].concat(), e), Some(KeyFault::RsaModulus)),
        ("an exponent of one", rsa(n.clone(), vec![1]), Some(KeyFault::RsaExponent)),
        ("an even exponent", rsa(n.clone(), vec![1, 0, 0]), Some(KeyFault::RsaExponent)),
        ("an exponent of nothing", rsa(n, vec![]), Some(KeyFault::RsaExponent)),
        ("a point beside its curve", moved(Algorithm::Es256, "x", vec![1; 32]), Some(KeyFault::NotOnCurve)),
        ("the point of nowhere", moved(Algorithm::Es384, "y", vec![0; 48]), Some(KeyFault::NotOnCurve)),
        ("a short coordinate", moved(Algorithm::Es256, "x", vec![1; 31]), Some(KeyFault::Malformed)),
    ] {
        assert_eq!(fault(&jwk), expected, "{name}");
    }
    let both = json!({"keys": [key(json!({"kid": "s"})), jwk(&id, Algorithm::EdDsa)]}).to_string();
    assert_eq!(Keys::jwks(&both).err(), Some(KeySetError::SymmetricAndAsymmetric));
    assert_eq!(Key::hmac(Algorithm::Hs256, &Secret::new([0; 0])).err(), Some(KeyFault::SecretTooShort));
}

#[tokio::test]
async fn rule_23_a_signature_of_extreme_numbers_is_none() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    // CVE-2022-21449: zeros, and what is zero to a modulus.
    for (algorithm, order, prime) in
        [(Algorithm::Es256, P256_ORDER, P256_PRIME), (Algorithm::Es384, P384_ORDER, P384_PRIME)]
    {
        let token = door.token().algorithm(algorithm).sign(NOW);
        let (order, prime) = (bytes(order), bytes(prime));
        let of = |last: u8| [vec![0; order.len() - 1], vec![last]].concat();
        let numbers = [("0", of(0)), ("1", of(1)), ("the order", order.clone()), ("the prime", prime)];
        for (r, first) in &numbers {
            for (s, second) in &numbers {
                let forged = resigned(&token, [&first[..], second].concat());
                rows.push((format!("{algorithm} with {r} and {s}"), forged, "bad_signature"));
            }
        }
    }
    let rsa = crate::material::decoded(jwk(&door.id, Algorithm::Rs256)["n"].as_str().unwrap());
    let mut before = rsa.clone();
    before[255] -= 1;
    let one = [vec![0; 255], vec![1]].concat();
    for algorithm in [Algorithm::Rs256, Algorithm::Ps256] {
        let token = door.token().algorithm(algorithm).sign(NOW);
        for (number, bytes) in [("0", vec![0; 256]), ("1", one.clone()), ("n", rsa.clone()), ("n-1", before.clone())] {
            rows.push((format!("{algorithm} with {number}"), resigned(&token, bytes), "bad_signature"));
        }
        let good = signature(&token);
        for (what, bytes) in [
            ("a zero before", [&[0], &good[..]].concat()),
            ("a zero behind", [&good[..], &[0]].concat()),
            ("a byte less", good[1..].to_vec()),
        ] {
            rows.push((format!("{algorithm} with {what}"), resigned(&token, bytes), "bad_signature"));
        }
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_23_a_signature_cannot_be_turned_into_another() {
    let door = Door::new().await;
    let token = door.token().algorithm(Algorithm::EdDsa).sign(NOW);
    let good = signature(&token);
    // S and S plus the order of the group are the same to who does not look.
    let mut carry = 0u16;
    let moved: Vec<u8> = good[32..]
        .iter()
        .zip(bytes(ED25519_ORDER))
        .map(|(digit, added)| {
            carry += u16::from(*digit) + u16::from(added);
            let [low, high] = carry.to_le_bytes();
            carry = u16::from(high);
            low
        })
        .collect();
    let identity = [vec![1], vec![0; 31]].concat();
    door.refuses([
        ("S and the order", resigned(&token, [&good[..32], &moved].concat()), "bad_signature"),
        ("zeros", resigned(&token, [0; 64]), "bad_signature"),
        ("the neutral point", resigned(&token, [identity, vec![0; 32]].concat()), "bad_signature"),
        ("half of it", resigned(&token, &good[..32]), "bad_signature"),
        ("its halves exchanged", resigned(&token, [&good[32..], &good[..32]].concat()), "bad_signature"),
        ("nothing", resigned(&token, []), "bad_signature"),
        ("null", resigned(&token, "null"), "bad_signature"),
    ])
    .await;
}

#[tokio::test]
async fn rule_33_an_ecdsa_signature_is_two_numbers_of_fixed_width() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    for algorithm in [Algorithm::Es256, Algorithm::Es384] {
        let token = door.token().algorithm(algorithm).sign(NOW);
        let raw = signature(&token);
        let (r, s) = raw.split_at(raw.len() / 2);
        // Who has one such signature has two, which is why nothing is remembered by its signature.
        let twin = minus(&bytes(if algorithm == Algorithm::Es256 { P256_ORDER } else { P384_ORDER }), s);
        door.accepts([("the twin", resigned(&token, [r, &twin[..]].concat()))]).await;
        let integer = |number: &[u8]| [&[2, u8::try_from(number.len() + 1).unwrap(), 0], number].concat();
        let content = [integer(r), integer(s)].concat();
        for (what, bytes) in [
            ("in DER", [&[0x30, u8::try_from(content.len()).unwrap()], &content[..]].concat()),
            ("with a zero before", [&[0], &raw[..]].concat()),
            ("with a zero before each", [&[0], r, &[0], s].concat()),
            ("with a zero behind", [&raw[..], &[0]].concat()),
            ("a byte less", raw[..raw.len() - 1].to_vec()),
            ("R alone", r.to_vec()),
            ("exchanged", [s, r].concat()),
            ("of the other curve's width", [vec![0; 16], r.to_vec(), vec![0; 16], s.to_vec()].concat()),
        ] {
            rows.push((format!("{algorithm} {what}"), resigned(&token, bytes), "bad_signature"));
        }
    }
    door.refuses(rows).await;
}
