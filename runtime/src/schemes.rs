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
