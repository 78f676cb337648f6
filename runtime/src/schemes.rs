//! The authentication schemes an API lists under `auth(..)`, one constructor each.

use crate::policy::{Scheme, SchemeKind};

/// OAuth 2 bearer tokens (RFC 6750), under the name `oauth2`.
///
/// ```
/// assert_eq!(palisade::schemes::oauth2().seal().name(), "oauth2");
/// ```
#[must_use]
pub const fn oauth2() -> Named {
    Named(Scheme::new("oauth2", SchemeKind::OAuth2))
}

/// Keys in a header of their own, under the name `api_key`; the header is `X-Api-Key` unless said otherwise.
///
/// ```
/// let scheme = palisade::schemes::api_key().header("X-Shop-Key").seal();
/// assert_eq!(scheme.name(), "api_key");
/// ```
#[must_use]
pub const fn api_key() -> ApiKeyHeader {
    ApiKeyHeader { header: "X-Api-Key" }
}

/// Certificates of clients (mutual TLS, RFC 8705), under the name `mtls`.
///
/// ```
/// assert_eq!(palisade::schemes::mtls().seal().name(), "mtls");
/// ```
#[must_use]
pub const fn mtls() -> Named {
    Named(Scheme::new("mtls", SchemeKind::MutualTls))
}

/// HTTP Message Signatures (RFC 9421) by keys that the gate knows under the scheme's name: `signature` unless said otherwise.
///
/// ```
/// let scheme = palisade::schemes::signature().name("partner").seal();
/// assert_eq!(scheme.name(), "partner");
/// ```
#[must_use]
pub const fn signature() -> Renamed {
    Renamed { name: "signature", kind: SchemeKind::Signature }
}

/// Webhooks (Standard Webhooks) with secrets that the gate knows under the scheme's name: `webhook` unless said otherwise.
///
/// ```
/// let scheme = palisade::schemes::webhook().name("payments").seal();
/// assert_eq!(scheme.name(), "payments");
/// ```
#[must_use]
pub const fn webhook() -> Renamed {
    Renamed { name: "webhook", kind: SchemeKind::Webhook }
}

/// A scheme that an API may have several of, each under a name of its own.
#[derive(Debug, Clone, Copy)]
pub struct Renamed {
    name: &'static str,
    kind: SchemeKind,
}

impl Renamed {
    /// The scheme is called this.
    #[must_use]
    pub const fn name(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The scheme.
    ///
    /// # Panics
    /// In const evaluation, when the name is more than `a-z`, `0-9`, `_` and `-`: documents refer to it.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Scheme {
        let name = self.name.as_bytes();
        let mut at = 0;
        while at < name.len() {
            assert!(
                name[at].is_ascii_lowercase() || name[at].is_ascii_digit() || name[at] == b'-' || name[at] == b'_',
                "`name`: write a short name of `a-z`, `0-9`, `_` and `-`, like `name = \"partner\"`"
            );
            at += 1;
        }
        assert!(!name.is_empty(), "`name`: write a short name of `a-z`, `0-9`, `_` and `-`, like `name = \"partner\"`");
        Scheme::new(self.name, self.kind)
    }
}

/// A scheme without arguments.
#[derive(Debug, Clone, Copy)]
pub struct Named(Scheme);

impl Named {
    /// The scheme.
    #[must_use]
    pub const fn seal(self) -> Scheme {
        self.0
    }
}

/// The header that carries API keys.
#[derive(Debug, Clone, Copy)]
pub struct ApiKeyHeader {
    header: &'static str,
}

impl ApiKeyHeader {
    /// Keys come in this header.
    #[must_use]
    pub const fn header(self, header: &'static str) -> Self {
        Self { header }
    }

    /// The scheme.
    ///
    /// # Panics
    /// In const evaluation, when the header is no field name (RFC 9110, section 5.1) or carries something else already.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Scheme {
        let name = self.header.as_bytes();
        let mut at = 0;
        while at < name.len() {
            assert!(
                name[at].is_ascii_alphanumeric() || name[at] == b'-' || name[at] == b'_',
                "`api_key`: write a header name, like `header = \"X-Api-Key\"`"
            );
            at += 1;
        }
        assert!(!name.is_empty(), "`api_key`: write a header name, like `header = \"X-Api-Key\"`");
        assert!(
            !name.eq_ignore_ascii_case(b"authorization"),
            "`api_key`: `Authorization` carries tokens: give keys a header of their own"
        );
        Scheme::new("api_key", SchemeKind::ApiKey { header: self.header })
    }
}
