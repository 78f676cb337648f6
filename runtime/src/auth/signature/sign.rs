//! Signs requests, for clients: the same base that a server builds.

use std::fmt;

use http::{HeaderValue, request::Parts};
use ring::rand::{SecureRandom, SystemRandom};
use sfv::{ItemSerializer, StringRef};

use super::{
    SIGNATURE, SIGNATURE_INPUT, SignatureError, SigningKey,
    component::{Component, Seen},
    input::base,
};
use crate::auth::{CONTENT_DIGEST, ContentDigest, PublicOrigin};

/// Signs requests as [`Signatures`](super::Signatures) wants them: `@method`, `@target-uri`, and with a body its
/// `Content-Digest`, with `created`, `keyid` and a `nonce`.
///
/// ```
/// use palisade::auth::{Algorithm, Coverage, Key, PublicOrigin, Secret, SignatureKey, Signatures, Signer, SigningKey};
/// # use palisade::auth::{Mark, ReplayStore, Sighted, Sighting};
/// # struct Seen;
/// # impl ReplayStore for Seen {
/// #     fn sight<'a>(&'a self, _: &'a Mark, _: u64, _: u64) -> Sighted<'a> { Box::pin(async { Ok(Sighting::First) }) }
/// # }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let secret = Secret::new(*b"32 random bytes, shared with acme");
/// let signer = Signer::new("acme-2026", SigningKey::hmac(&secret)?).covering(["x-tenant"])?;
///
/// let (now, body) = (1_800_000_000, r#"{"sku": "ABC-1234"}"#);
/// let request = http::Request::post("https://api.shop.example/orders").header("x-tenant", "blue").body(body)?;
/// let (mut parts, body) = request.into_parts();
/// signer.sign(&mut parts, body.as_bytes(), now)?;
/// assert!(parts.headers["signature-input"].to_str()?.starts_with(r#"sig=("@method" "@target-uri" "content-digest" "x-tenant")"#));
///
/// // The server's side.
/// let key = Key::hmac(Algorithm::Hs256, &secret)?.named("acme-2026");
/// let signatures = Signatures::keys([SignatureKey::new("acme", key)])?.replays(Seen);
/// let origin = PublicOrigin::new("https://api.shop.example")?;
/// let signed = signatures.verify(&parts, &origin, &Coverage::of(["x-tenant"])?, now)?;
/// assert_eq!(signed.key().owner(), "acme");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Signer {
    keyid: String,
    key: SigningKey,
    covered: Vec<Component>,
    tag: Option<String>,
}

/// Why a request cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignError {
    /// The address has no scheme or no host.
    RelativeAddress,
    /// A component has no name that a request knows, or is not in this one.
    Component(SignatureError),
    /// The `keyid` or the tag is not printable ASCII.
    NotPrintable,
    /// The system gave no randomness, or the key cannot sign.
    Unsigned,
}

impl Signer {
    /// Signs with a key that the server knows as `keyid`.
    pub fn new(keyid: impl Into<String>, key: SigningKey) -> Self {
        Self { keyid: keyid.into(), key, covered: Vec::new(), tag: None }
    }

    /// Covers these too: names of fields in lower case, or `@authority`, `@scheme`, `@request-target`, `@path` and `@query`.
    ///
    /// # Errors
    /// When one is no component of a request.
    pub fn covering<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Result<Self, SignError> {
        let covered = names.into_iter().map(Component::named).collect::<Result<_, _>>();
        Ok(Self { covered: covered.map_err(SignError::Component)?, ..self })
    }

    /// Says which application the signature is for.
    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        Self { tag: Some(tag.into()), ..self }
    }

    /// Signs a request to an absolute address, at `now` in seconds since 1970: adds `Content-Digest`, `Signature-Input` and
    /// `Signature`, in place of those that are there.
    ///
    /// # Errors
    /// When the address is not absolute, or something that is to be covered is missing.
    pub fn sign(&self, parts: &mut Parts, body: &[u8], now: u64) -> Result<(), SignError> {
        let mut random = [0; 16];
        SystemRandom::new().fill(&mut random).map_err(|_| SignError::Unsigned)?;
        let nonce = base64_simd::URL_SAFE_NO_PAD.encode_to_string(random);
        self.sign_with(parts, body, now, &nonce)
    }

    fn sign_with(&self, parts: &mut Parts, body: &[u8], now: u64, nonce: &str) -> Result<(), SignError> {
        let address = parts.uri.to_string();
        let (origin, _) = PublicOrigin::split(&address).ok_or(SignError::RelativeAddress)?;
        let mut names = vec!["@method", "@target-uri"];
        if body.is_empty() {
            parts.headers.remove(CONTENT_DIGEST);
        } else {
            parts.headers.insert(CONTENT_DIGEST, ContentDigest::sha256(body).to_value());
            names.push(CONTENT_DIGEST_NAME);
        }
        let least = names.into_iter().map(Component::named).collect::<Result<Vec<_>, _>>();
        let mut components = least.map_err(SignError::Component)?;
        for component in &self.covered {
            if !components.iter().any(|other| other.part == component.part) {
                components.push(component.clone());
            }
        }
        let params = self.signature_params(&components, now, nonce)?;
        let base = base(&components, &params, Seen { origin: &origin, parts }).map_err(SignError::Component)?;
        let signature = self.key.sign(&base).map_err(|_| SignError::Unsigned)?;
        let signature = base64_simd::STANDARD.encode_to_string(signature);
        let value = |text: String| HeaderValue::try_from(text).map_err(|_| SignError::NotPrintable);
        parts.headers.insert(SIGNATURE_INPUT, value(format!("sig={params}"))?);
        parts.headers.insert(SIGNATURE, value(format!("sig=:{signature}:"))?);
        Ok(())
    }

    fn signature_params(&self, components: &[Component], now: u64, nonce: &str) -> Result<String, SignError> {
        let identifiers: Vec<&str> = components.iter().map(|component| component.identifier.as_str()).collect();
        let mut params = format!("({});created={now}", identifiers.join(" "));
        let texts = [("keyid", Some(self.keyid.as_str())), ("nonce", Some(nonce)), ("tag", self.tag.as_deref())];
        for (name, text) in texts {
            let Some(text) = text else { continue };
            let text = StringRef::from_str(text).map_err(|_| SignError::NotPrintable)?;
            let quoted = ItemSerializer::new().bare_item(text).finish();
            params.push_str(&format!(";{name}={quoted}"));
        }
        Ok(params)
    }
}

const CONTENT_DIGEST_NAME: &str = "content-digest";

impl fmt::Display for SignError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RelativeAddress => {
                out.write_str("the address has no scheme or no host: sign requests to absolute ones")
            }
            Self::Component(error) => error.fmt(out),
            Self::NotPrintable => out.write_str("the `keyid` or the tag is not printable ASCII: choose another one"),
            Self::Unsigned => out.write_str("the system gave no randomness, or the key cannot sign"),
        }
    }
}

impl std::error::Error for SignError {}
