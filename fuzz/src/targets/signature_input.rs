//! Signed requests: the two fields as they come, and requests that are signed here with whatever their fields hold.

use std::sync::LazyLock;

use futures_executor::block_on;
use http::{HeaderName, HeaderValue, Request, request::Parts};
use palisade::auth::{
    Algorithm, Coverage, Key, MemoryReplays, PublicOrigin, SIGNATURE, SIGNATURE_INPUT, Secret, SignError, SignatureKey,
    Signatures, Signer, SigningKey,
};

const NOW: u64 = 1_800_000_000;
const SECRET: &[u8] = b"32 bytes that everybody knows ...";
const TENANT: HeaderName = HeaderName::from_static("x-tenant");

static ORIGIN: LazyLock<PublicOrigin> =
    LazyLock::new(|| PublicOrigin::new("https://api.shop.example").expect("an origin"));

fn signatures() -> Signatures {
    let key = Key::hmac(Algorithm::Hs256, &Secret::new(SECRET.to_vec())).expect("a key").named("fuzz");
    Signatures::keys([SignatureKey::new("fuzz", key)]).expect("keys").replays(MemoryReplays::new(8))
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let mut lines = input.splitn(4, |byte| *byte == b'\n').map(<[u8]>::to_vec);
    let mut next = || lines.next().unwrap_or_default();
    let (first, second, target, body) = (next(), next(), next(), next());
    as_it_comes(&first, &second);
    signed_here(&first, &target, &body);
}

/// Nobody signed it, so whatever it says it is refused.
fn as_it_comes(signature_input: &[u8], signature: &[u8]) {
    let mut parts = parts("/orders?a=1");
    for (name, line) in [(SIGNATURE_INPUT, signature_input), (SIGNATURE, signature), (TENANT, signature)] {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            parts.headers.append(name, value);
        }
    }
    let shown = String::from_utf8_lossy(signature_input);
    assert!(signatures().verify(&parts, &ORIGIN, &Coverage::LEAST, NOW).is_err(), "{shown} was never signed");
    assert!(signatures().tag("a").verify(&parts, &ORIGIN, &Coverage::LEAST, NOW).is_err(), "{shown} was never signed");
}

/// What is signed is verified as it was, and not when a byte of the field is another.
fn signed_here(field: &[u8], target: &[u8], body: &[u8]) {
    let (Ok(value), Ok(target)) = (HeaderValue::from_bytes(field), std::str::from_utf8(target)) else { return };
    let Ok(uri) = format!("https://api.shop.example/{target}").parse::<http::Uri>() else { return };
    let mut parts = parts("/");
    parts.uri = uri;
    parts.headers.insert(TENANT, value);
    let signer = Signer::new("fuzz", SigningKey::hmac(&Secret::new(SECRET.to_vec())).expect("a key"));
    let signer = signer.covering(["x-tenant", "@path", "@query", "@authority"]).expect("components");
    match signer.sign(&mut parts, body, NOW) {
        Ok(()) => {}
        Err(SignError::Component(_)) if !field.is_ascii() || !target.is_ascii() => return,
        Err(error) => panic!("{error}: {:?}", parts.headers),
    }
    let coverage = Coverage::of(["x-tenant", "@query"]).expect("components");
    let arrived = |parts: &Parts| {
        let signatures = signatures();
        let signed = signatures.verify(parts, &ORIGIN, &coverage, NOW)?;
        block_on(signed.complete(body, NOW)).map(|key| key.owner().to_owned())
    };
    let shown = format!("{:?} {:?}", parts.uri, parts.headers);
    parts.uri = parts.uri.path_and_query().expect("a path").as_str().parse().expect("a target");
    assert_eq!(arrived(&parts).as_deref(), Ok("fuzz"), "{shown}");
    parts.headers.insert(TENANT, HeaderValue::from_static("another"));
    assert!(arrived(&parts).is_err() || field.trim_ascii() == b"another", "{shown}");
}

fn parts(uri: &str) -> Parts {
    Request::post(uri).body(()).expect("a request").into_parts().0
}
