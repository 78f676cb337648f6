//! What is verified, what is refused, and that nothing which is signed can be changed.

mod mutants;
mod refusals;
mod turned;
mod vectors;

use std::{
    collections::HashMap,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use http::{Request, request::Parts};

use super::*;
use crate::auth::{Algorithm, Key, Mark, PublicOrigin, ReplayFault, ReplayStore, Secret, Sighted, Sighting};

const NOW: u64 = 1_800_000_000;
const SECRET: &[u8] = b"32 random bytes, shared with acme";
const BODY: &[u8] = br#"{"sku": "ABC-1234"}"#;

/// Remembers everything, or cannot.
#[derive(Default, Clone)]
struct Seen {
    until: Arc<Mutex<HashMap<Mark, u64>>>,
    fault: Option<ReplayFault>,
}

impl ReplayStore for Seen {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        let before = self.until.lock().unwrap().insert(*mark, until);
        let sighting = if before.is_some_and(|before| now <= before) { Sighting::Again } else { Sighting::First };
        let fault = self.fault;
        Box::pin(async move { fault.map_or(Ok(sighting), Err) })
    }
}

fn origin() -> PublicOrigin {
    PublicOrigin::new("https://api.shop.example").unwrap()
}

fn shared() -> SignatureKey {
    SignatureKey::new("acme", Key::hmac(Algorithm::Hs256, &Secret::new(SECRET.to_vec())).unwrap().named("acme-2026"))
        .scopes(["orders:write"])
}

fn signatures() -> Signatures {
    Signatures::keys([shared()]).unwrap().replays(Seen::default())
}

fn signer() -> Signer {
    Signer::new("acme-2026", SigningKey::hmac(&Secret::new(SECRET.to_vec())).unwrap())
}

/// A request as a client makes it.
fn order() -> Parts {
    let request = Request::post("https://api.shop.example/orders?notify=yes").header("x-tenant", "blue");
    request.body(()).unwrap().into_parts().0
}

/// The same as it arrives.
fn arrived(mut parts: Parts) -> Parts {
    parts.uri = parts.uri.path_and_query().unwrap().as_str().parse().unwrap();
    parts
}

fn signed() -> Parts {
    let mut parts = order();
    signer().sign(&mut parts, BODY, NOW).unwrap();
    arrived(parts)
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the store of a test answers at once"),
    }
}

fn verify_at(
    signatures: &Signatures,
    parts: &Parts,
    covers: &[&str],
    body: &[u8],
    now: u64,
) -> Result<String, SignatureError> {
    let coverage = Coverage::of(covers.iter().copied()).unwrap();
    let signed = signatures.verify(parts, &origin(), &coverage, now)?;
    ready(signed.complete(body, now)).map(|key| key.owner().to_owned())
}

fn verify(signatures: &Signatures, parts: &Parts) -> Result<String, SignatureError> {
    verify_at(signatures, parts, &[], BODY, NOW)
}
