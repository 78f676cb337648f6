//! Who gets an answer: what a response may depend on beside its value.

use std::sync::LazyLock;

use http::{HeaderMap, Method};

use crate::{access::Known, auth::Caller, value::Surroundings};

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
    query: &'a str,
    surroundings: Surroundings,
}

impl<'a> Recipient<'a> {
    /// The sender of a request with this method and these header fields; no caller on a public endpoint.
    #[must_use]
    pub const fn new(caller: Option<&'a Caller>, method: &'a Method, headers: &'a HeaderMap) -> Self {
        Self { caller, method, headers, query: "", surroundings: Surroundings::NONE }
    }

    /// Somebody of whom nothing is known, who sent a plain `GET`.
    #[must_use]
    pub fn anybody() -> Self {
        static NO_HEADERS: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        Self::new(None, &Method::GET, &NO_HEADERS)
    }

    /// The same, who asked with this query.
    #[must_use]
    pub const fn asking(self, query: &'a str) -> Self {
        Self { query, ..self }
    }

    /// The same, whose answer is made in these surroundings. Without a time, no login is fresh.
    #[must_use]
    pub const fn within(self, surroundings: Surroundings) -> Self {
        Self { surroundings, ..self }
    }

    /// What demands on properties are held against.
    pub(crate) fn party(&self) -> Known<'a> {
        Known::new(self.caller, self.surroundings.unix_seconds())
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

    /// The query of the request, as it was sent.
    #[must_use]
    pub const fn query(&self) -> &'a str {
        self.query
    }

    /// What checks of the answer may know.
    #[must_use]
    pub const fn surroundings(&self) -> Surroundings {
        self.surroundings
    }
}

/// A recipient to whom an answer is still being written when the request is gone.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    caller: Option<Caller>,
    surroundings: Surroundings,
}

impl Reader {
    pub(super) fn of(recipient: &Recipient<'_>) -> Self {
        Self { caller: recipient.caller.cloned(), surroundings: recipient.surroundings }
    }

    pub(super) fn recipient(&self) -> Recipient<'_> {
        Recipient { caller: self.caller.as_ref(), ..Recipient::anybody() }.within(self.surroundings)
    }
}
