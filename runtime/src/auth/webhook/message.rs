//! What a webhook says about itself in its three header fields, and what of it is signed.

use http::{HeaderMap, HeaderName};
use ring::hmac;

use super::WebhookError;

/// The field with the webhook's id, the same however often it is delivered (Standard Webhooks).
///
/// ```
/// assert_eq!(palisade::auth::WEBHOOK_ID, "webhook-id");
/// ```
pub const WEBHOOK_ID: HeaderName = HeaderName::from_static("webhook-id");

/// The field with the time of this delivery, in seconds since 1970 (Standard Webhooks).
///
/// ```
/// assert_eq!(palisade::auth::WEBHOOK_TIMESTAMP, "webhook-timestamp");
/// ```
pub const WEBHOOK_TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");

/// The field with the signatures, with spaces between them (Standard Webhooks).
///
/// ```
/// assert_eq!(palisade::auth::WEBHOOK_SIGNATURE, "webhook-signature");
/// ```
pub const WEBHOOK_SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// A webhook without its body.
#[derive(Debug)]
pub(super) struct Message<'h> {
    pub(super) id: &'h str,
    timestamp: &'h str,
    pub(super) seconds: u64,
    signatures: Vec<(Version, Vec<u8>)>,
}

/// A way of signing that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// `v1`: HMAC with SHA-256.
    Shared,
    /// `v1a`: Ed25519.
    Public,
}

impl<'h> Message<'h> {
    const LONGEST_ID: usize = 256;
    const LONGEST_SIGNATURES: usize = 2_048;
    const MOST_SIGNATURES: usize = 8;

    pub(super) fn of(headers: &'h HeaderMap) -> Result<Self, WebhookError> {
        let id = only(headers, &WEBHOOK_ID)?;
        let timestamp = only(headers, &WEBHOOK_TIMESTAMP)?;
        // With a full stop in the id, one text would be two messages.
        let letter = |byte: u8| byte.is_ascii_graphic() && byte != b'.';
        if !(1..=Self::LONGEST_ID).contains(&id.len()) || !id.bytes().all(letter) {
            return Err(WebhookError::Malformed);
        }
        let is_number = timestamp.bytes().all(|digit| digit.is_ascii_digit()) && !timestamp.starts_with('0');
        let seconds = timestamp.parse().ok().filter(|_| is_number).ok_or(WebhookError::Malformed)?;
        Ok(Self { id, timestamp, seconds, signatures: Self::listed(only(headers, &WEBHOOK_SIGNATURE)?)? })
    }

    fn listed(text: &str) -> Result<Vec<(Version, Vec<u8>)>, WebhookError> {
        if Self::LONGEST_SIGNATURES < text.len() || Self::MOST_SIGNATURES < text.split(' ').count() {
            return Err(WebhookError::Malformed);
        }
        let mut signatures = Vec::new();
        for entry in text.split(' ') {
            let (version, base64) = entry.split_once(',').ok_or(WebhookError::Malformed)?;
            let (version, length) = match version {
                "v1" => (Version::Shared, 32),
                "v1a" => (Version::Public, 64),
                // What a sender may add later says nothing today.
                _ => continue,
            };
            let signature = base64_simd::STANDARD.decode_to_vec(base64).map_err(|_| WebhookError::Malformed)?;
            if signature.len() != length {
                return Err(WebhookError::Malformed);
            }
            signatures.push((version, signature));
        }
        Ok(signatures)
    }

    /// The signatures that were made in this way.
    pub(super) fn signatures(&self, version: Version) -> impl Iterator<Item = &[u8]> {
        self.signatures.iter().filter(move |(other, _)| *other == version).map(|(_, signature)| signature.as_slice())
    }

    /// The HMAC that its sender has made, if the secret is theirs.
    pub(super) fn tag(&self, key: &hmac::Key, body: &[u8]) -> hmac::Tag {
        tag(key, self.id, self.timestamp, body)
    }

    /// What tells this delivery from all others of its sender.
    pub(super) fn delivery(&self) -> String {
        format!("{}.{}", self.id, self.timestamp)
    }

    /// What is signed.
    pub(super) fn content(&self, body: &[u8]) -> Vec<u8> {
        [self.id.as_bytes(), b".", self.timestamp.as_bytes(), b".", body].concat()
    }
}

pub(super) fn tag(key: &hmac::Key, id: &str, timestamp: &str, body: &[u8]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        context.update(part);
    }
    context.sign()
}

fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h str, WebhookError> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (None, _) => Err(WebhookError::Missing),
        (Some(only), None) => only.to_str().map_err(|_| WebhookError::Malformed),
        (Some(_), Some(_)) => Err(WebhookError::Malformed),
    }
}
