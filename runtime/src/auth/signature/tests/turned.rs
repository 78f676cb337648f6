//! A signature of ECDSA can be made into another one of the same message by anybody. It is still the same request.

use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};

use super::*;

/// A `SubjectPublicKeyInfo` of P-256, up to its point.
const SPKI: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The order of P-256 (FIPS 186-4, appendix D.1.2.3).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7,
    0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

#[test]
fn rule_62_a_signature_turned_round_is_good_no_second_time() {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
    let private = SigningKey::pkcs8(Algorithm::Es256, &Secret::new(document.as_ref().to_vec())).unwrap();
    let signatures = || Signatures::keys([SignatureKey::new("acme", public(&pair))]).unwrap().replays(Seen::default());

    let mut parts = arrived(order());
    let input = format!(r#"sig=("@method" "@target-uri");created={NOW};keyid="k""#);
    parts.headers.insert("signature-input", input.parse().unwrap());
    let sign = |parts: &mut Parts, signature: &[u8]| {
        let signature = base64_simd::STANDARD.encode_to_string(signature);
        parts.headers.insert("signature", format!("sig=:{signature}:").parse().unwrap());
    };
    sign(&mut parts, &[0]);
    let read = input::Input::of(&parts.headers, None).unwrap();
    let base = read.base(component::Seen { origin: &origin(), parts: &parts }).unwrap();
    let signature = private.sign(&base).unwrap();

    let (once, fresh) = (signatures(), signatures());
    sign(&mut parts, &signature);
    assert_eq!(verify_at(&once, &parts, &[], b"", NOW).as_deref(), Ok("acme"));
    sign(&mut parts, &turned(&signature));
    assert_eq!(verify_at(&fresh, &parts, &[], b"", NOW).as_deref(), Ok("acme"));
    assert_eq!(verify_at(&once, &parts, &[], b"", NOW), Err(SignatureError::Replayed));
}

fn public(pair: &EcdsaKeyPair) -> Key {
    Key::der(Algorithm::Es256, &[SPKI, pair.public_key().as_ref()].concat()).unwrap().named("k")
}

/// `(r, n - s)`, which is as good as `(r, s)`.
fn turned(signature: &[u8]) -> Vec<u8> {
    let mut turned = signature.to_vec();
    let mut borrow = 0;
    for at in (0..32).rev() {
        let difference = i16::from(ORDER[at]) - i16::from(signature[32 + at]) - borrow;
        borrow = i16::from(difference < 0);
        turned[32 + at] = (difference & 0xff) as u8;
    }
    turned
}
