//! What a body hashes to, as its sender says it and as we find it: `Content-Digest` (RFC 9530).

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use ring::digest::{self, SHA256, SHA512};

use super::structured::{self, Bare, Caps, Item, Member, Unsound};

/// The field that carries digests of the content (RFC 9530, section 2).
///
/// ```
/// assert_eq!(palisade::auth::CONTENT_DIGEST, "content-digest");
/// ```
pub const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// The digests of a body.
///
/// Only `sha-256` and `sha-512` count, the two that are registered as safe (RFC 9530, section 5). Where both are there, both
/// must match. Others beside them are not looked at, and alone they are as good as none. `Repr-Digest` is of something else
/// than the bytes of a request and is never read.
///
/// ```
/// use http::HeaderMap;
/// use palisade::auth::{CONTENT_DIGEST, ContentDigest, DigestError};
///
/// let body = br#"{"hello": "world"}"#;
/// let digest = ContentDigest::sha256(body);
/// let mut headers = HeaderMap::new();
/// headers.insert(CONTENT_DIGEST, digest.to_value());
/// assert_eq!(headers[CONTENT_DIGEST], "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
///
/// let sent = ContentDigest::of(&headers)?;
/// assert_eq!(sent.verify(body), Ok(()));
/// assert_eq!(sent.verify(b"{}"), Err(DigestError::Mismatch));
/// # Ok::<(), DigestError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ContentDigest {
    sha256: Option<Vec<u8>>,
    sha512: Option<Vec<u8>>,
}

/// Why a body is not what its sender says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DigestError {
    /// There is no `Content-Digest`.
    Missing,
    /// The field is no dictionary of byte sequences, names an algorithm twice, or is too long.
    Malformed,
    /// It names neither `sha-256` nor `sha-512`.
    Unsupported,
    /// The body hashes to something else.
    Mismatch,
}

impl ContentDigest {
    const CAPS: Caps = Caps { bytes: 2_048, members: 8, items: 8 };

    /// The SHA-256 of a body.
    #[must_use]
    pub fn sha256(body: &[u8]) -> Self {
        Self { sha256: Some(digest::digest(&SHA256, body).as_ref().to_vec()), sha512: None }
    }

    /// The SHA-512 of a body.
    #[must_use]
    pub fn sha512(body: &[u8]) -> Self {
        Self { sha256: None, sha512: Some(digest::digest(&SHA512, body).as_ref().to_vec()) }
    }

    /// The digests in a message.
    ///
    /// # Errors
    /// When there is none that can be checked.
    pub fn of(headers: &HeaderMap) -> Result<Self, DigestError> {
        let line = structured::line(headers, &CONTENT_DIGEST, Self::CAPS.bytes)?.ok_or(DigestError::Missing)?;
        let mut found = Self { sha256: None, sha512: None };
        for (name, member) in structured::dictionary(&line, Self::CAPS)? {
            let Member::Item(Item { value: Bare::ByteSequence(bytes), .. }) = member else {
                return Err(DigestError::Malformed);
            };
            match (name.as_str(), bytes.len()) {
                ("sha-256", 32) => found.sha256 = Some(bytes),
                ("sha-512", 64) => found.sha512 = Some(bytes),
                ("sha-256" | "sha-512", _) => return Err(DigestError::Malformed),
                _ => {}
            }
        }
        if found.sha256.is_none() && found.sha512.is_none() {
            return Err(DigestError::Unsupported);
        }
        Ok(found)
    }

    /// Compares them with a body. All must match.
    ///
    /// # Errors
    /// When one does not.
    pub fn verify(&self, body: &[u8]) -> Result<(), DigestError> {
        let differs = |said: &Option<Vec<u8>>, algorithm| {
            said.as_ref().is_some_and(|said| said.as_slice() != digest::digest(algorithm, body).as_ref())
        };
        if differs(&self.sha256, &SHA256) || differs(&self.sha512, &SHA512) {
            return Err(DigestError::Mismatch);
        }
        Ok(())
    }

    /// The value of the field.
    #[must_use]
    pub fn to_value(&self) -> HeaderValue {
        let member = |name: &str, bytes: &Option<Vec<u8>>| {
            bytes.as_ref().map(|bytes| format!("{name}=:{}:", base64_simd::STANDARD.encode_to_string(bytes)))
        };
        let members = [member("sha-256", &self.sha256), member("sha-512", &self.sha512)];
        let text = members.into_iter().flatten().collect::<Vec<_>>().join(", ");
        // Names, base64 and punctuation are always a field value; what says nothing would be refused.
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }
}

impl DigestError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "digest_missing",
            Self::Malformed => "digest_malformed",
            Self::Unsupported => "digest_unsupported",
            Self::Mismatch => "digest_mismatch",
        }
    }
}

impl From<Unsound> for DigestError {
    fn from(_: Unsound) -> Self {
        Self::Malformed
    }
}

impl fmt::Debug for ContentDigest {
    /// A digest of a short body gives the body away.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ContentDigest(..)")
    }
}

impl fmt::Display for DigestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "there is no `Content-Digest`",
            Self::Malformed => "the `Content-Digest` is no dictionary of byte sequences",
            Self::Unsupported => "the `Content-Digest` has neither `sha-256` nor `sha-512`",
            Self::Mismatch => "the body does not match its `Content-Digest`",
        })
    }
}

impl std::error::Error for DigestError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &[u8] = br#"{"hello": "world"}"#;
    /// RFC 9530, appendix B.1: of the same text with a line feed behind it.
    const FED: &[u8] = b"{\"hello\": \"world\"}\n";

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (CONTENT_DIGEST, HeaderValue::from_str(line).unwrap())).collect()
    }

    fn check(lines: &[&str], body: &[u8], expected: Result<(), DigestError>) {
        assert_eq!(ContentDigest::of(&headers(lines)).and_then(|digest| digest.verify(body)), expected, "{lines:?}");
    }

    const SHA_256: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    const SHA_512: &str =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

    #[test]
    fn rule_63_the_digests_printed_in_the_standards_match() {
        check(&[SHA_256], BODY, Ok(()));
        check(&[SHA_512], BODY, Ok(()));
        check(&["sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"], FED, Ok(()));
        let fed = "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";
        check(&[fed], FED, Ok(()));
        assert_eq!(ContentDigest::sha256(BODY).to_value(), SHA_256);
        assert_eq!(ContentDigest::sha512(BODY).to_value(), SHA_512);
    }

    #[test]
    fn rule_63_several_digests_must_all_match() {
        check(&[&format!("{SHA_256}, {SHA_512}")], BODY, Ok(()));
        check(&[SHA_256, SHA_512], BODY, Ok(()));
        let other = ContentDigest::sha512(FED).to_value();
        check(&[SHA_256, other.to_str().unwrap()], BODY, Err(DigestError::Mismatch));
        check(&[SHA_256, other.to_str().unwrap()], FED, Err(DigestError::Mismatch));
    }

    #[test]
    fn rule_63_only_safe_digests_count() {
        check(&["md5=:AAAAAAAAAAAAAAAAAAAAAA==:"], BODY, Err(DigestError::Unsupported));
        check(&["sha=:AAAA:, unixsum=:AAAA:"], BODY, Err(DigestError::Unsupported));
        check(&[&format!("md5=:AAAA:, {SHA_256}")], BODY, Ok(()));
        check(&[""], BODY, Err(DigestError::Unsupported));
        check(&[], BODY, Err(DigestError::Missing));
        let represented = [(HeaderName::from_static("repr-digest"), HeaderValue::from_static(SHA_256))];
        assert_eq!(ContentDigest::of(&HeaderMap::from_iter(represented)), Err(DigestError::Missing));
    }

    #[test]
    fn rule_63_what_is_no_digest_is_refused() {
        for line in [
            "sha-256",
            "sha-256=1",
            "sha-256=\"X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\"",
            "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
            "sha-256=(:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:)",
            "sha-256=:AAAA:",
            "sha-256=::",
            "sha-512=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
            "SHA-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
        ] {
            check(&[line], BODY, Err(DigestError::Malformed));
        }
        check(&[SHA_256, SHA_256], BODY, Err(DigestError::Malformed));
        check(&[SHA_256, &format!("x=\"{}\"", "x".repeat(2_048))], BODY, Err(DigestError::Malformed));
    }

    proptest! {
        #[test]
        fn rule_63_another_body_never_matches(body: Vec<u8>, at: prop::sample::Index, bit in 0_u8..8) {
            let headers = HeaderMap::from_iter([(CONTENT_DIGEST, ContentDigest::sha256(&body).to_value())]);
            let digest = ContentDigest::of(&headers).unwrap();
            prop_assert_eq!(digest.verify(&body), Ok(()));
            if !body.is_empty() {
                let mut other = body.clone();
                other[at.index(body.len())] ^= 1 << bit;
                prop_assert_eq!(digest.verify(&other), Err(DigestError::Mismatch));
            }
        }
    }
}
