//! `Content-Digest`: the lines of the field, and a body.

use http::{HeaderMap, HeaderValue};
use palisade::auth::{CONTENT_DIGEST, ContentDigest};

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let (lines, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut headers = HeaderMap::new();
    for line in lines.split(|byte| *byte == b'\r') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(CONTENT_DIGEST, value);
        }
    }
    if let Ok(digest) = ContentDigest::of(&headers) {
        let shown = String::from_utf8_lossy(lines);
        // What counts is one of two, in the spelling of a second reader of structured fields.
        let whole =
            headers.get_all(CONTENT_DIGEST).iter().map(HeaderValue::as_bytes).collect::<Vec<_>>().join(&b", "[..]);
        let dictionary = sfv::Parser::new(&whole).parse::<sfv::Dictionary>().expect("a dictionary");
        let bytes = |name: &str| match dictionary.get(name) {
            Some(sfv::ListEntry::Item(item)) => item.bare_item.as_byte_sequence(),
            Some(sfv::ListEntry::InnerList(_)) | None => None,
        };
        let (short, long) = (bytes("sha-256"), bytes("sha-512"));
        assert!(short.is_some() || long.is_some(), "{shown}");
        assert!(short.is_none_or(|bytes| bytes.len() == 32) && long.is_none_or(|bytes| bytes.len() == 64), "{shown}");
        let again = HeaderMap::from_iter([(CONTENT_DIGEST, digest.to_value())]);
        assert!(ContentDigest::of(&again).is_ok_and(|again| again == digest), "{shown}");
        if digest.verify(body).is_ok() {
            let changed = [body, b"x"].concat();
            assert!(digest.verify(&changed).is_err(), "{shown}");
        }
    }
    for digest in [ContentDigest::sha256(body), ContentDigest::sha512(body)] {
        let headers = HeaderMap::from_iter([(CONTENT_DIGEST, digest.to_value())]);
        assert!(ContentDigest::of(&headers).is_ok_and(|digest| digest.verify(body).is_ok()));
    }
}
