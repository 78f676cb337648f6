//! Why the keys of an issuer could not be had.

use std::fmt;

use crate::auth::{FetchError, KeySetError};

/// Why the keys of an issuer could not be had. None of them repeats what the issuer sent but the names of keys.
///
/// ```
/// use palisade::auth::{FetchError, IssuerError};
///
/// assert_eq!(IssuerError::Fetch(FetchError::Slow).code(), "slow");
/// assert!(IssuerError::Status(302).to_string().contains("redirects are not followed"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssuerError {
    /// The issuer identifier, or the address of the keys, is no `https` address.
    Insecure,
    /// There is no answer.
    Fetch(FetchError),
    /// The answer has another status than 200.
    Status(u16),
    /// The answer is no authorization server metadata (RFC 8414, section 2) of at most 512 KiB.
    NotMetadata,
    /// The metadata are those of another issuer (RFC 8414, section 3.3).
    OtherIssuer,
    /// The metadata name no `jwks_uri`.
    NoJwksUri,
    /// The `jwks_uri` of the metadata is no `https` address, or on this machine when the issuer is not.
    InsecureJwksUri,
    /// The keys cannot be used.
    Keys(KeySetError),
    /// The keys are secrets, which are none once they are published.
    PublishedSecrets,
    /// There is nothing to fetch with.
    NoClient,
    /// There is no tokio runtime to fetch them in.
    NoRuntime,
    /// An issuer is there twice.
    SaidTwice,
}

impl IssuerError {
    /// A stable code for logs and metrics.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Insecure => "insecure_issuer",
            Self::Fetch(error) => error.code(),
            Self::Status(_) => "status",
            Self::NotMetadata => "not_metadata",
            Self::OtherIssuer => "other_issuer",
            Self::NoJwksUri => "no_jwks_uri",
            Self::InsecureJwksUri => "insecure_jwks_uri",
            Self::Keys(_) => "keys",
            Self::PublishedSecrets => "published_secrets",
            Self::NoClient => "no_client",
            Self::NoRuntime => "no_runtime",
            Self::SaidTwice => "said_twice",
        }
    }
}

impl fmt::Display for IssuerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insecure => out.write_str(
                "keys are fetched over `https` only, or from this machine, from an address without user and fragment: \
                 give the issuer an `https` identifier, or its keys with `.keys(..)`",
            ),
            Self::Fetch(error) => error.fmt(out),
            Self::Status(status) => write!(
                out,
                "the issuer answers with status {status}, and redirects are not followed: give the final address with \
                 `.jwks_uri(..)`"
            ),
            Self::NotMetadata => out.write_str(
                "the issuer publishes no metadata (RFC 8414): give the address of its keys with `.jwks_uri(..)`",
            ),
            Self::OtherIssuer => {
                out.write_str("the metadata are of another issuer: write the identifier as its metadata do, to the letter")
            }
            Self::NoJwksUri => out.write_str("the metadata name no `jwks_uri`: give it with `.jwks_uri(..)`"),
            Self::InsecureJwksUri => {
                out.write_str("the metadata name a `jwks_uri` that is not safe: the issuer has to publish an `https` one")
            }
            Self::Keys(error) => error.fmt(out),
            Self::PublishedSecrets => out.write_str(
                "the issuer publishes a symmetric key, which everybody can sign with: give secrets with `.keys(..)` only",
            ),
            Self::NoClient => {
                out.write_str("nothing can fetch its keys: add the feature `discovery`, `.fetch(..)` or `.keys(..)`")
            }
            Self::NoRuntime => out.write_str("its keys are fetched by a task of tokio: build the gate within a runtime of it"),
            Self::SaidTwice => out.write_str("it is there twice: say `.bearer(..)` once for each issuer"),
        }
    }
}

impl std::error::Error for IssuerError {}

impl From<FetchError> for IssuerError {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

impl From<KeySetError> for IssuerError {
    fn from(error: KeySetError) -> Self {
        Self::Keys(error)
    }
}
