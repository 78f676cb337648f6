//! Who gets an answer: what a response may depend on beside its value.

use std::sync::LazyLock;

use http::{HeaderMap, Method};

use crate::{access::Known, auth::Caller};

/// Who gets an answer, and how it was asked for.
///
/// ```
/// use palisade::respond::Recipient;
///
/// let nobody = Recipient::anybody();
/// assert!(nobody.caller().is_none());
/// assert!(nobody.headers().is_empty());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    caller: Option<&'a Caller>,
    method: &'a Method,
    headers: &'a HeaderMap,
    unix_seconds: Option<u64>,
}

impl<'a> Recipient<'a> {
    /// The sender of a request with this method and these header fields; no caller on a public endpoint.
    #[must_use]
    pub const fn new(caller: Option<&'a Caller>, method: &'a Method, headers: &'a HeaderMap) -> Self {
        Self { caller, method, headers, unix_seconds: None }
    }

    /// Somebody of whom nothing is known, who sent a plain `GET`.
    #[must_use]
    pub fn anybody() -> Self {
        static NO_HEADERS: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        Self { caller: None, method: &Method::GET, headers: &NO_HEADERS, unix_seconds: None }
    }

    /// The same at this second since 1970. Without a time, no login is fresh.
    #[must_use]
    pub const fn at(self, unix_seconds: u64) -> Self {
        Self { unix_seconds: Some(unix_seconds), ..self }
    }

    /// What demands on properties are held against.
    pub(crate) fn party(&self) -> Known<'a> {
        Known::new(self.caller, self.unix_seconds)
    }

    /// Who asked; nobody on a public endpoint.
    #[must_use]
    pub const fn caller(&self) -> Option<&'a Caller> {
        self.caller
    }

    /// The method of the request.
    #[must_use]
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// The header fields of the request.
    #[must_use]
    pub const fn headers(&self) -> &'a HeaderMap {
        self.headers
    }
}
