//! What webhooks are verified with: shared secrets, and public keys of those who sign with a private one.

use std::fmt;

use ring::{
    hmac,
    signature::{ED25519, UnparsedPublicKey},
};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{
    WebhookSecretFault,
    message::{Message, Version},
};
use crate::auth::Secret;

/// The secrets of a sender of webhooks: more than one while one replaces the other.
///
/// A secret is `whsec_` with 24 to 64 bytes in base64; a public key of Ed25519 is `whpk_` with 32. Any of them may have signed.
///
/// ```
/// use palisade::auth::{WebhookSecretFault, WebhookSecrets};
///
/// let secrets = WebhookSecrets::new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])?;
/// assert_eq!(format!("{secrets:?}"), "WebhookSecrets(1)");
/// assert_eq!(WebhookSecrets::new(["hunter2"]).err(), Some(WebhookSecretFault::Prefix));
/// # Ok::<(), WebhookSecretFault>(())
/// ```
pub struct WebhookSecrets(Vec<Verifying>);

enum Verifying {
    Shared(hmac::Key),
    Public(UnparsedPublicKey<Vec<u8>>),
}

impl WebhookSecrets {
    const MOST: usize = 8;

    /// These secrets, one to eight.
    ///
    /// # Errors
    /// When one is no secret.
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Result<Self, WebhookSecretFault> {
        let secrets = texts.into_iter().map(|text| Verifying::read(text.as_ref())).collect::<Result<Vec<_>, _>>()?;
        match secrets.len() {
            0 => Err(WebhookSecretFault::None),
            1..=Self::MOST => Ok(Self(secrets)),
            _ => Err(WebhookSecretFault::TooMany),
        }
    }

    /// The secrets in a text, with white space between them: what a file or a variable holds.
    ///
    /// ```
    /// use palisade::auth::{Secret, WebhookSecrets};
    ///
    /// let file = b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_c2VjcmV0LW9mLWEtcm90YXRlZC1lbmRwb2ludA==\n";
    /// assert!(WebhookSecrets::read(Secret::new(file.to_vec())).is_ok());
    /// ```
    ///
    /// # Errors
    /// When one is no secret.
    #[expect(clippy::needless_pass_by_value, reason = "the text is taken, so that it is wiped on return")]
    pub fn read(text: Secret<Vec<u8>>) -> Result<Self, WebhookSecretFault> {
        let text = str::from_utf8(text.expose()).map_err(|_| WebhookSecretFault::Malformed)?;
        Self::new(text.split_ascii_whitespace())
    }

    /// Whether any of them made any of the signatures. The time it takes depends on how many there are, and on nothing else.
    pub(super) fn verify(&self, message: &Message<'_>, body: &[u8]) -> bool {
        let mut verified = false;
        for secret in &self.0 {
            verified |= secret.verifies(message, body);
        }
        verified
    }
}

impl Verifying {
    fn read(text: &str) -> Result<Self, WebhookSecretFault> {
        match text.split_once('_') {
            Some(("whsec", base64)) => shared(base64).map(Self::Shared),
            Some(("whpk", base64)) => {
                let key = decode(base64)?;
                if key.len() != 32 {
                    return Err(WebhookSecretFault::Length);
                }
                Ok(Self::Public(UnparsedPublicKey::new(&ED25519, key.to_vec())))
            }
            Some(_) | None => Err(WebhookSecretFault::Prefix),
        }
    }

    fn verifies(&self, message: &Message<'_>, body: &[u8]) -> bool {
        match self {
            Self::Shared(key) => {
                // Once for all signatures: a sender cannot have a long body hashed again and again.
                let tag = message.tag(key, body);
                let same = |signature: &[u8]| bool::from(signature.ct_eq(tag.as_ref()));
                message.signatures(Version::Shared).fold(false, |found, signature| found | same(signature))
            }
            Self::Public(key) => {
                let mut signatures = message.signatures(Version::Public).peekable();
                if signatures.peek().is_none() {
                    return false;
                }
                let content = message.content(body);
                signatures.any(|signature| key.verify(&content, signature).is_ok())
            }
        }
    }
}

/// What stands behind `whsec_`.
pub(super) fn shared(base64: &str) -> Result<hmac::Key, WebhookSecretFault> {
    let secret = decode(base64)?;
    if !(24..=64).contains(&secret.len()) {
        return Err(WebhookSecretFault::Length);
    }
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &secret))
}

pub(super) fn decode(base64: &str) -> Result<Zeroizing<Vec<u8>>, WebhookSecretFault> {
    let bytes = base64_simd::STANDARD.decode_to_vec(base64).map_err(|_| WebhookSecretFault::Malformed)?;
    Ok(Zeroizing::new(bytes))
}

impl fmt::Debug for WebhookSecrets {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WebhookSecrets({})", self.0.len())
    }
}
