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
