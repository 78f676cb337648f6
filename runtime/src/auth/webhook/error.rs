//! Why a webhook is refused: for the audit event only, except for an outage.

use std::fmt;

use crate::auth::ReplayFault;

/// Why a webhook is refused. Its sender learns none of it.
///
/// ```
/// use palisade::auth::WebhookError;
///
/// assert_eq!(WebhookError::Replayed.code(), "replayed");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookError {
    /// `Webhook-Id`, `Webhook-Timestamp` or `Webhook-Signature` is missing.
    Missing,
    /// One of the three is there twice, or is not what it has to be.
    Malformed,
    /// It was sent later than it is now.
    NotYetValid,
    /// It was sent too long ago.
    TooOld,
    /// No secret made any of its signatures over this message.
    WrongSignature,
    /// It was seen before.
    Replayed,
    /// Nobody can say whether it was seen before: neither allow nor deny (503).
    Store(ReplayFault),
}

/// Why a secret of webhooks cannot be used. None of them repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookSecretFault {
    /// There is none.
    None,
    /// There are more than eight.
    TooMany,
    /// It starts with none of the prefixes that are known here.
    Prefix,
    /// What follows the prefix is no base64.
    Malformed,
    /// It is shorter or longer than it has to be.
    Length,
}

impl WebhookError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::NotYetValid => "not_yet_valid",
            Self::TooOld => "too_old",
            Self::WrongSignature => "wrong_signature",
            Self::Replayed => "replayed",
            Self::Store(ReplayFault::Full) => "store_full",
            Self::Store(ReplayFault::Outage) => "outage",
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "the request is no webhook",
            Self::Malformed => "the webhook's id, time or signature is not what it has to be",
            Self::NotYetValid => "the webhook was sent in the future",
            Self::TooOld => "the webhook was sent too long ago",
            Self::WrongSignature => "the webhook is not signed with any of the secrets",
            Self::Replayed => "the webhook was seen before",
            Self::Store(ReplayFault::Full) => "the store of seen webhooks is full",
            Self::Store(ReplayFault::Outage) => "the store of seen webhooks did not answer",
        })
    }
}

impl fmt::Display for WebhookSecretFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::None => "there is no webhook secret: give at least one",
            Self::TooMany => "there are more than 8 webhook secrets: remove those that are replaced",
            Self::Prefix => "a webhook secret starts with `whsec_`, a public key with `whpk_`: copy it whole",
            Self::Malformed => "the webhook secret is no base64 behind its prefix: copy it whole",
            Self::Length => "the webhook secret has a wrong length: 24 to 64 bytes in base64, or 32 of a key",
        })
    }
}

impl std::error::Error for WebhookError {}
impl std::error::Error for WebhookSecretFault {}
