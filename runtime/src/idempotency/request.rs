//! What a store knows of a request: whose it is and under which key, and what it asks for, each as a digest.

use std::fmt;

use http::{HeaderName, header, request::Parts};
use ring::digest::{self, SHA256};

use super::Key;

/// Where an answer is kept: a digest of API, endpoint, caller and key. Another caller's key, or the same key at another
/// endpoint, is another slot.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot([u8; 32]);

/// What a request asks for: a digest of method, path, query, content type, body and the header fields that are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Slot {
    pub(crate) fn new(api: &str, endpoint: &str, caller: &[u8], key: &Key) -> Self {
        Self(digest(&[api.as_bytes(), endpoint.as_bytes(), caller, key.as_str().as_bytes()]))
    }

    /// The digest.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Fingerprint {
    pub(crate) fn new(parts: &Parts, header_inputs: &[HeaderName], body: &[u8]) -> Self {
        let content_type = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
        let target = [parts.uri.path(), parts.uri.query().unwrap_or_default()].map(str::as_bytes);
        let [path, query] = target;
        let mut all = vec![parts.method.as_str().as_bytes(), path, query, content_type, body];
        for name in header_inputs {
            for value in parts.headers.get_all(name) {
                all.extend([name.as_str().as_bytes(), value.as_bytes()]);
            }
        }
        Self(digest(&all))
    }

    /// The digest.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// SHA-256 over the parts, each with its length in front, so that they cannot run into each other.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_le_bytes());
        context.update(part);
    }
    let mut bytes = [0; 32];
    for (byte, of) in bytes.iter_mut().zip(context.finish().as_ref()) {
        *byte = *of;
    }
    bytes
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint")
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_slot_differs_in_each_of_its_parts() {
        let slot = |api, endpoint, caller: &str, key: &'static str| {
            Slot::new(api, endpoint, caller.as_bytes(), &Key::parse(&HeaderValue::from_static(key)).unwrap())
        };
        let one = slot("Shop", "place", "alice", "\"k\"");
        assert_eq!(one, slot("Shop", "place", "alice", "\"k\""));
        for other in [
            slot("Shops", "place", "alice", "\"k\""),
            slot("Shop", "pay", "alice", "\"k\""),
            slot("Shop", "place", "bob", "\"k\""),
            slot("Shop", "place", "alice", "\"l\""),
            slot("Shop", "placea", "lice", "\"k\""),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_fingerprint_differs_in_each_of_its_parts() {
        let of = |method, target, content_type, body: &str| {
            let request = http::Request::builder().method(method).uri(target).header("content-type", content_type);
            Fingerprint::new(&request.body(()).unwrap().into_parts().0, &[], body.as_bytes())
        };
        let one = of("POST", "/orders?a=1", "application/json", "{}");
        assert_eq!(one, of("POST", "/orders?a=1", "application/json", "{}"));
        for other in [
            of("PUT", "/orders?a=1", "application/json", "{}"),
            of("POST", "/order?a=1", "application/json", "{}"),
            of("POST", "/orders?a=2", "application/json", "{}"),
            of("POST", "/orders?a=1", "text/plain", "{}"),
            of("POST", "/orders?a=1", "application/json", "{ }"),
            of("POST", "/orders?a=1application/json", "", "{}"),
        ] {
            assert_ne!(one, other);
        }
    }
    #[test]
    fn a_fingerprint_differs_in_each_header_field_that_is_read() {
        let of = |amount: &[&str], trace: &str| {
            let mut request = http::Request::post("/orders").header("x-trace", trace);
            for amount in amount {
                request = request.header("x-amount", *amount);
            }
            Fingerprint::new(&request.body(()).unwrap().into_parts().0, &[HeaderName::from_static("x-amount")], b"{}")
        };
        assert_eq!(of(&["5"], "a"), of(&["5"], "b"));
        for other in [&["6"][..], &[], &["5", "5"], &["5", ""]] {
            assert_ne!(of(&["5"], "a"), of(other, "a"));
        }
    }
}
