//! Verifies a compact JWS (RFC 7515) as strictly as RFC 8725 asks for.
//!
//! This is the lowest layer that is open: a compact token and keys, nothing about claims. Published vectors, which say of a
//! key and a token whether the signature is good, run against it so:
//!
//! ```
//! use palisade::auth::{Keys, jws};
//!
//! /// `key` is the public JWK of a vector, or the secret one of an HMAC.
//! fn accepts(key: &str, token: &str) -> bool {
//!     // A key that may not be used is refused before there is a token: a wrong `use`, a weak secret, a point off its curve.
//!     let Ok(keys) = Keys::jwks(&format!(r#"{{"keys":[{key}]}}"#)) else { return false };
//!     jws::verify(token, &keys).is_ok()
//! }
//!
//! // RFC 8037, appendix A.4
//! let key = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
//! let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCj\
//!     P0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
//! assert!(accepts(key, token));
//! assert!(!accepts(&key.replace('}', r#","use":"enc"}"#), token));
//! assert!(!accepts(key, &token.replace("RXhh", "RXhi")));
//! ```
//!
//! A vector may be stricter to read than its author meant: an RSA key without `alg` is one of RS256 here, the algorithm that
//! every issuer has to support, so `alg` belongs into the JWK of a vector about another; `oct` needs it always. P-521 (ES512)
//! and secp256k1 (ES256K) are known to no key here. A token with any `crit`, or with `b64` (RFC 7797), is refused, though its
//! signature be good.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    Algorithm, Key, Keys, base64url,
    json::{self, Item},
    key::LONGEST_KID,
};
use crate::auth::TokenError;

/// The longest token that is looked at, in bytes.
pub const LONGEST_TOKEN: usize = 8 * 1024;

/// Bytes of the longest signature: RSA with 8192 bits.
const LONGEST_SIGNATURE: usize = 1024;

/// Bytes of a header that is read without allocating: all but those with certificates in them.
const SHORT_HEADER: usize = 512;

/// The `typ` of a header.
pub(super) type Kind = Option<Cow<'static, str>>;

/// A token whose signature is good. What it claims is still to be checked.
#[derive(Debug)]
pub struct Jws {
    kind: Kind,
    payload: Vec<u8>,
}

/// Checks form, header and signature of a compact token.
///
/// The key decides on the algorithm and the token has to agree. Header members that carry or point at keys
/// (`jwk`, `jku`, `x5c`, `x5u`) have no influence.
///
/// ```
/// use palisade::auth::{Algorithm, Key, Keys, TokenError, jws};
///
/// // RFC 8037, appendix A.4
/// let key = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
/// let keys = Keys::jwks(key).unwrap();
/// let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCj\
///     P0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
/// assert_eq!(jws::verify(token, &keys)?.payload(), b"Example of Ed25519 signing");
///
/// let unsigned = "eyJhbGciOiJub25lIn0.RXhhbXBsZQ.";
/// assert_eq!(jws::verify(unsigned, &keys).unwrap_err(), TokenError::AlgorithmUnknown);
/// # Ok::<(), TokenError>(())
/// ```
pub fn verify(token: &str, keys: &Keys) -> Result<Jws, TokenError> {
    if token.len() > LONGEST_TOKEN {
        return Err(TokenError::TooLong);
    }
    let segments = Segments::of(token)?;
    let (key, kind) = match keys.with_header(segments.header) {
        Some((key, kind)) => (key, kind.clone()),
        None => Header::of(segments.header, keys)?,
    };
    let mut buffer = [0; LONGEST_SIGNATURE];
    let signature = base64url::decode_into(segments.signature, &mut buffer).map_err(|_| TokenError::BadEncoding)?;
    if !key.verifies(segments.signed.as_bytes(), signature) {
        return Err(TokenError::BadSignature);
    }
    let payload = base64url::decode(segments.payload).map_err(|_| TokenError::BadEncoding)?;
    key.saw_header(segments.header, &kind);
    Ok(Jws { kind, payload })
}

impl Jws {
    /// The `typ` of the header, as it was written.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The signed bytes.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    pub(in crate::auth) fn into_payload(self) -> Vec<u8> {
        self.payload
    }

    /// The payload as a JSON object without duplicate members.
    pub fn claims(&self) -> Result<Map<String, Value>, TokenError> {
        json::object(&self.payload).map_err(|_| TokenError::BadClaims)
    }
}

/// The three parts of a compact token, and the two that are signed.
struct Segments<'t> {
    header: &'t str,
    payload: &'t str,
    signature: &'t str,
    signed: &'t str,
}

impl<'t> Segments<'t> {
    fn of(token: &'t str) -> Result<Self, TokenError> {
        let mut dots = memchr::memchr_iter(b'.', token.as_bytes());
        let (Some(first), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
            return Err(TokenError::NotCompact);
        };
        let part = |from: usize, to: usize| token.get(from..to).ok_or(TokenError::NotCompact);
        Ok(Self {
            header: part(0, first)?,
            payload: part(first + 1, second)?,
            signature: part(second + 1, token.len())?,
            signed: part(0, second)?,
        })
    }
}

/// The members of a header that mean anything here.
#[derive(Default)]
struct Header<'h> {
    algorithm: Member<'h>,
    kid: Member<'h>,
    kind: Member<'h>,
    content: Member<'h>,
    /// How many members change what its token means.
    extensions: u8,
}

/// A member that has to be a text.
#[derive(Default)]
enum Member<'h> {
    #[default]
    Missing,
    Text(Cow<'h, str>),
    NoText,
}

impl<'h> Header<'h> {
    /// The key that a header means, and its `typ`.
    fn of<'k>(segment: &str, keys: &'k Keys) -> Result<(&'k Key, Kind), TokenError> {
        let mut buffer = [0; SHORT_HEADER];
        let bytes = base64url::decode_near(segment, &mut buffer).map_err(|_| TokenError::BadEncoding)?;
        let header = Header::read(&bytes)?;
        Ok((header.key(keys)?, header.kind()))
    }

    fn read(bytes: &'h [u8]) -> Result<Self, TokenError> {
        let text = str::from_utf8(bytes).map_err(|_| TokenError::BadHeader)?;
        let mut header = Self::default();
        json::read(text, |outer, name, item| {
            let place = match (outer, name) {
                (None, "alg") => &mut header.algorithm,
                (None, "kid") => &mut header.kid,
                (None, "typ") => &mut header.kind,
                (None, "cty") => &mut header.content,
                // No extension is understood, so a token that makes one critical is refused, whatever it lists.
                // `b64` may only appear together with `crit`, and `enc` and `zip` belong to encrypted tokens.
                (None, "crit" | "b64" | "zip" | "enc") => {
                    header.extensions += 1;
                    return;
                }
                _ => return,
            };
            *place = match item {
                Item::Text(text) => Member::Text(text),
                Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other => Member::NoText,
            };
        })
        .map_err(|_| TokenError::BadHeader)?;
        if 0 < header.extensions {
            return Err(TokenError::UnsupportedHeader);
        }
        if header.content.text()?.is_some_and(|content| is_media_type(content, "jwt")) {
            return Err(TokenError::UnsupportedHeader);
        }
        Ok(header)
    }

    fn key<'k>(&self, keys: &'k Keys) -> Result<&'k Key, TokenError> {
        let algorithm = self.algorithm.text()?.ok_or(TokenError::AlgorithmUnknown)?;
        let algorithm = Algorithm::named(algorithm).ok_or(TokenError::AlgorithmUnknown)?;
        let kid = self.kid.text()?;
        if kid.is_some_and(|kid| kid.len() > LONGEST_KID) {
            return Err(TokenError::BadHeader);
        }
        self.kind.text()?;
        keys.find(kid, algorithm)
    }

    fn kind(self) -> Kind {
        match self.kind {
            Member::Text(kind) => Some(match &*kind {
                // What nearly every token says needs no copy.
                "at+jwt" => Cow::Borrowed("at+jwt"),
                "JWT" => Cow::Borrowed("JWT"),
                "dpop+jwt" => Cow::Borrowed("dpop+jwt"),
                _ => Cow::Owned(kind.into_owned()),
            }),
            Member::Missing | Member::NoText => None,
        }
    }
}

impl Member<'_> {
    fn text(&self) -> Result<Option<&str>, TokenError> {
        match self {
            Self::Missing => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::NoText => Err(TokenError::BadHeader),
        }
    }
}

/// Whether `text` is the media type `application/name`, whose prefix may be left out (RFC 7515, section 4.1.9).
pub(in crate::auth) fn is_media_type(text: &str, name: &str) -> bool {
    const PREFIX: &str = "application/";
    let short = match text.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => text,
    };
    short.eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_compared_without_case_and_with_or_without_its_prefix() {
        for text in ["at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"] {
            assert!(is_media_type(text, "at+jwt"), "{text}");
        }
        for text in ["", "at+jwt ", "jwt", "application/", "application/application/at+jwt", "text/at+jwt"] {
            assert!(!is_media_type(text, "at+jwt"), "{text}");
        }
    }
}
