//! Why a token that an authorization server was asked about is not let in.

use std::fmt;

use crate::auth::{FetchError, TokenError};

/// Why a token is not let in: it is not good, or nobody can tell.
///
/// ```
/// use palisade::auth::{IntrospectionError, IntrospectionFault, TokenError};
///
/// assert_eq!(IntrospectionError::Refused(TokenError::Inactive).code(), "inactive");
/// assert_eq!(IntrospectionError::Unavailable(IntrospectionFault::Busy).code(), "introspection_busy");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntrospectionError {
    /// The token is not good here (401).
    Refused(TokenError),
    /// There is no answer to go by (503).
    Unavailable(IntrospectionFault),
}

/// Why there is no answer to go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntrospectionFault {
    /// The server did not answer.
    Fetch(FetchError),
    /// It answered with this status: 401 and 403 say that the gate's own credentials are not good there.
    Status(u16),
    /// Its answer is not a JSON object.
    Malformed,
    /// So many questions are open that no other is asked.
    Busy,
}

/// Why an introspection cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntrospectionSetupError {
    /// The endpoint is no address, or neither `https` nor of this machine.
    Endpoint,
    /// It is not said whose tokens these are.
    NoIssuer,
    /// It is not said which resource this is.
    NoAudience,
    /// It is not said who asks, or without a secret.
    NoClient,
    /// It is not said what to ask with.
    NoFetch,
}

impl IntrospectionError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(error) => error.code(),
            Self::Unavailable(fault) => fault.code(),
        }
    }
}

impl IntrospectionFault {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fetch(FetchError::Insecure) => "introspection_insecure",
            Self::Fetch(FetchError::Unreachable) => "introspection_unreachable",
            Self::Fetch(FetchError::Slow) => "introspection_slow",
            Self::Fetch(FetchError::TooLarge) => "introspection_too_large",
            Self::Status(401 | 403) => "introspection_unauthorized",
            Self::Status(_) => "introspection_status",
            Self::Malformed => "introspection_malformed",
            Self::Busy => "introspection_busy",
        }
    }
}

impl From<TokenError> for IntrospectionError {
    fn from(error: TokenError) -> Self {
        Self::Refused(error)
    }
}

impl From<IntrospectionFault> for IntrospectionError {
    fn from(fault: IntrospectionFault) -> Self {
        Self::Unavailable(fault)
    }
}

impl fmt::Display for IntrospectionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(out),
            Self::Unavailable(fault) => fault.fmt(out),
        }
    }
}

impl fmt::Display for IntrospectionFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => write!(out, "the introspection endpoint did not answer: {error}"),
            Self::Status(status) => write!(out, "the introspection endpoint answered with {status}"),
            Self::Malformed => out.write_str("the answer of the introspection endpoint is not a JSON object"),
            Self::Busy => out.write_str("the introspection endpoint is asked about too many tokens at once"),
        }
    }
}

impl fmt::Display for IntrospectionSetupError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Endpoint => "the introspection endpoint is no `https` address: write it out, like \"https://id.example/introspect\"",
            Self::NoIssuer => "the introspection has no issuer: add `.issuer(..)`",
            Self::NoAudience => "the introspection has no audience: add `.audience(..)`",
            Self::NoClient => "the introspection has no client, or one without a secret: add `.client(ClientAuthentication::basic(..))`",
            Self::NoFetch => "the introspection has nothing to ask with: add `.fetch(..)`",
        })
    }
}

impl std::error::Error for IntrospectionError {}
impl std::error::Error for IntrospectionFault {}
impl std::error::Error for IntrospectionSetupError {}
