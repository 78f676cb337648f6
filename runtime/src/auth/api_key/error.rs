//! Why an API key is refused, and why keys cannot be set up, issued or changed.

use std::fmt;

use super::PepperError;
use crate::Outage;

/// Why an API key is refused: for the audit event only, except for an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeyError {
    /// It does not have the form, the prefix or the checksum of a key.
    Malformed,
    /// No key has this id.
    Unknown,
    /// The id is known, the secret is another.
    WrongSecret,
    /// The key is switched off.
    Disabled,
    /// The secret is not good yet.
    NotYetValid,
    /// The secret or the key is no longer good.
    Expired,
    /// The store did not answer: neither allow nor deny (503).
    Outage(Outage),
}

/// Why `ApiKeys` cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeysError {
    /// The prefix is empty, or has more than 24 or other characters than `a-z`, `0-9` and `_`.
    Prefix,
    /// The pepper is refused.
    Pepper(PepperError),
}

/// Why no key can be issued or changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IssueError {
    /// The operating system gave no random bytes.
    NoRandomness,
    /// The key to be replaced has an id that was not made here, so that no key could be read back.
    ForeignId,
    /// The subject is empty, longer than 256 bytes, or has control characters.
    Subject,
    /// The description is longer than 1,024 bytes, or has control characters.
    Description,
    /// There are more than 128 scopes or roles, or one is no name.
    Names,
    /// The API has no scope of this name.
    UnknownScope(String),
    /// The API has no role of this name.
    UnknownRole(String),
    /// The key would be over before it is used.
    Past,
    /// No key has this id.
    UnknownId,
    /// The key is switched off.
    Disabled,
    /// The key is over.
    Expired,
    /// Two secrets of the key are good already, the older one until this second since 1970.
    StillRotating {
        /// The last second in which it is good.
        until: u64,
    },
    /// Somebody else changed the key at the same time.
    Changed,
    /// The store did not answer.
    Outage(Outage),
}

impl ApiKeyError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::WrongSecret => "wrong_secret",
            Self::Disabled => "disabled",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::Outage(Outage) => "outage",
        }
    }
}

impl fmt::Display for ApiKeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "this is not the form of an API key",
            Self::Unknown => "no API key has this id",
            Self::WrongSecret => "the secret of the API key is another",
            Self::Disabled => "the API key is switched off",
            Self::NotYetValid => "the API key is not valid yet",
            Self::Expired => "the API key has expired",
            Self::Outage(Outage) => "the store of the API keys did not answer",
        })
    }
}

impl fmt::Display for ApiKeysError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prefix => out.write_str("the prefix of API keys is refused: write 1 to 24 of `a-z`, `0-9` and `_`"),
            Self::Pepper(error) => error.fmt(out),
        }
    }
}

impl fmt::Display for IssueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoRandomness => "the operating system gave no random bytes: try again",
            Self::ForeignId => "the id of the key was not made by `issue`: issue a new key",
            Self::Subject => "the subject of a key is refused: write 1 to 256 bytes without control characters",
            Self::Description => "the description of a key is refused: write up to 1,024 bytes without control characters",
            Self::Names => "the scopes or roles of a key are refused: name at most 128 of each, without spaces",
            Self::UnknownScope(name) => return write!(out, "the API has no scope `{name}`: name one that it declares"),
            Self::UnknownRole(name) => return write!(out, "the API has no role `{name}`: name one that it declares"),
            Self::Past => "the key would be over at once: let it expire later",
            Self::UnknownId => "no API key has this id: look it up in the list",
            Self::Disabled => "the API key is switched off: create a new one",
            Self::Expired => "the API key is over: create a new one",
            Self::StillRotating { until } => {
                return write!(
                    out,
                    "two secrets of the API key are good already, the older one until {until} (seconds since 1970): wait until \
                     then, or rotate without grace, which ends both"
                );
            }
            Self::Changed => "somebody else changed the API key at the same time: look at it, and try again",
            Self::Outage(Outage) => "the store of the API keys did not answer: try again when it does",
        })
    }
}

impl From<Outage> for IssueError {
    fn from(outage: Outage) -> Self {
        Self::Outage(outage)
    }
}

impl std::error::Error for ApiKeyError {}
impl std::error::Error for ApiKeysError {}
impl std::error::Error for IssueError {}
