//! The ways in which an API lets callers prove who they are.

/// A scheme of an API, by the name its endpoints and documents use.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    name: &'static str,
    kind: SchemeKind,
}

/// What a scheme is. Closed: authentication and documents match every variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// An OAuth 2 access token in the `Authorization` header (RFC 6750).
    OAuth2,
    /// A key in a header of its own.
    ApiKey {
        /// The header's name.
        header: &'static str,
    },
    /// A certificate of the client's, by which the connection was made (mutual TLS).
    MutualTls,
    /// An HTTP Message Signature (RFC 9421) by a key that is known under the scheme's name.
    Signature,
    /// A webhook's HMAC (Standard Webhooks) with a secret that is known under the scheme's name.
    Webhook,
}

impl SchemeKind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = 5;

    /// A number for each kind, from 0.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::OAuth2 => 0,
            Self::ApiKey { .. } => 1,
            Self::MutualTls => 2,
            Self::Signature => 3,
            Self::Webhook => 4,
        }
    }

    /// Whether it is the same kind, whatever the header.
    pub(crate) const fn is_like(self, other: Self) -> bool {
        self.place() == other.place()
    }
}

impl Scheme {
    /// A scheme under a name.
    #[must_use]
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> SchemeKind {
        self.kind
    }
}
