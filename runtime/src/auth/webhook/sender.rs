//! Signs webhooks, for those who send them and for tests.

use std::fmt;

use http::{HeaderMap, HeaderValue};
use ring::{hmac, signature::Ed25519KeyPair};

use super::{
    WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, WebhookError, WebhookSecretFault,
    message::{Message, tag},
    secrets::{decode, shared},
};

/// Signs webhooks as [`Webhooks`](super::Webhooks) verifies them.
///
/// ```
/// use http::HeaderMap;
/// use palisade::auth::WebhookSender;
///
/// // The example that the libraries of Standard Webhooks share.
/// let sender = WebhookSender::new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])?;
/// let mut headers = HeaderMap::new();
/// sender.sign(&mut headers, "msg_p5jXN8AQM9LWM0D4loKWxJek", br#"{"test": 2432232314}"#, 1_614_265_330)?;
/// assert_eq!(headers["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct WebhookSender(Vec<Signing>);

enum Signing {
    Shared(hmac::Key),
    Private(Ed25519KeyPair),
}

impl WebhookSender {
    /// Signs with each of these: secrets (`whsec_`), and private keys of Ed25519 (`whsk_`), whose receivers hold the public half
    /// only. Both the old and the new one while one replaces the other.
    ///
    /// # Errors
    /// When there is none, more than eight, or one is no secret.
    pub fn new<T: AsRef<str>>(secrets: impl IntoIterator<Item = T>) -> Result<Self, WebhookSecretFault> {
        let secrets = secrets.into_iter().map(|text| Signing::read(text.as_ref())).collect::<Result<Vec<_>, _>>()?;
        match secrets.len() {
            0 => Err(WebhookSecretFault::None),
            1..=8 => Ok(Self(secrets)),
            _ => Err(WebhookSecretFault::TooMany),
        }
    }

    /// Signs a delivery at `now`, in seconds since 1970: writes `Webhook-Id`, `Webhook-Timestamp` and `Webhook-Signature`. The id
    /// stays the same when the webhook is delivered again, the time does not.
    ///
    /// # Errors
    /// When the id is no text of 1 to 256 visible ASCII characters without a full stop.
    pub fn sign(&self, headers: &mut HeaderMap, id: &str, body: &[u8], now: u64) -> Result<(), WebhookError> {
        let timestamp = now.to_string();
        let signatures = self.0.iter().map(|secret| secret.sign(id, &timestamp, body)).collect::<Vec<_>>().join(" ");
        let mut signed = HeaderMap::with_capacity(3);
        for (name, text) in [(WEBHOOK_ID, id), (WEBHOOK_TIMESTAMP, &timestamp), (WEBHOOK_SIGNATURE, &signatures)] {
            signed.insert(name, HeaderValue::from_str(text).map_err(|_| WebhookError::Malformed)?);
        }
        // What a receiver would refuse is not sent.
        Message::of(&signed)?;
        headers.extend(signed);
        Ok(())
    }
}

impl Signing {
    fn read(text: &str) -> Result<Self, WebhookSecretFault> {
        match text.split_once('_') {
            Some(("whsec", base64)) => shared(base64).map(Self::Shared),
            Some(("whsk", base64)) => {
                // Some write the public half behind the private one.
                let key = decode(base64)?;
                let seed = key.get(..32).filter(|_| matches!(key.len(), 32 | 64)).ok_or(WebhookSecretFault::Length)?;
                Ed25519KeyPair::from_seed_unchecked(seed).map(Self::Private).map_err(|_| WebhookSecretFault::Malformed)
            }
            Some(_) | None => Err(WebhookSecretFault::Prefix),
        }
    }

    fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> String {
        let encode = |bytes: &[u8]| base64_simd::STANDARD.encode_to_string(bytes);
        match self {
            Self::Shared(key) => format!("v1,{}", encode(tag(key, id, timestamp, body).as_ref())),
            Self::Private(key) => {
                let content = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
                format!("v1a,{}", encode(key.sign(&content).as_ref()))
            }
        }
    }
}

impl fmt::Debug for WebhookSender {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WebhookSender({})", self.0.len())
    }
}
