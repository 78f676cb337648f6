//! An answer as it is kept: status, header fields and body, and nothing that the gate adds to every answer anew.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::respond::{Answer, Body};

/// Kept with an answer, and never sent.
const SIGHT: HeaderName = HeaderName::from_static("palisade-sight");

/// The first answer to a request, as the handler gave it.
///
/// ```
/// use bytes::Bytes;
/// use http::{HeaderMap, HeaderValue, StatusCode, header};
/// use palisade::idempotency::KeptAnswer;
///
/// let headers = HeaderMap::from_iter([(header::LOCATION, HeaderValue::from_static("/orders/7"))]);
/// let answer = KeptAnswer::new(StatusCode::CREATED, headers, Bytes::from("{}"));
/// let read = KeptAnswer::read(201, &answer.header_lines(), Bytes::from("{}")).unwrap();
/// assert_eq!(read, answer);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl KeptAnswer {
    /// An answer of these parts.
    #[must_use]
    pub const fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }

    /// A copy of the answer, unless its body is a stream: that is gone once it was sent.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        let body = answer.body().whole()?.clone();
        Some(Self::new(answer.status(), answer.headers().clone(), body))
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The header fields.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The header fields for a store: a line for each, as it stands on the wire.
    #[must_use]
    pub fn header_lines(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for (name, value) in &self.headers {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.extend_from_slice(b": ");
            lines.extend_from_slice(value.as_bytes());
            lines.extend_from_slice(b"\n");
        }
        lines
    }

    /// The answer that a store has kept. `None` when it was not written by [`KeptAnswer::header_lines`].
    #[must_use]
    pub fn read(status: u16, header_lines: &[u8], body: Bytes) -> Option<Self> {
        let mut headers = HeaderMap::new();
        for line in header_lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?.strip_prefix(b" ")?);
            headers.append(HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?);
        }
        Some(Self::new(StatusCode::from_u16(status).ok()?, headers, body))
    }

    /// About how many bytes it takes in memory.
    pub(super) fn size(&self) -> usize {
        let fields = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 64);
        self.body.len() + fields.sum::<usize>()
    }

    /// The same, and what its recipient might see.
    pub(crate) fn shown_by(mut self, sight: HeaderValue) -> Self {
        self.headers.insert(SIGHT, sight);
        self
    }

    /// What its recipient might see, which nobody is told.
    pub(crate) fn take_sight(&mut self) -> Option<HeaderValue> {
        self.headers.remove(SIGHT)
    }

    pub(crate) fn into_answer(self) -> Answer {
        let mut answer = Answer::new(Body::Whole(self.body));
        *answer.status_mut() = self.status;
        *answer.headers_mut() = self.headers;
        answer
    }
}

impl fmt::Debug for KeptAnswer {
    /// What leaves may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptAnswer({}, {} bytes)", self.status, self.body.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut headers = HeaderMap::new();
        headers.append("set-cookie", HeaderValue::from_static("a=1: 2"));
        headers.append("set-cookie", HeaderValue::from_static(""));
        headers.append("x-bytes", HeaderValue::from_bytes(b"\xff\xe9").unwrap());
        let answer = KeptAnswer::new(StatusCode::OK, headers, Bytes::new());
        assert_eq!(KeptAnswer::read(200, &answer.header_lines(), Bytes::new()), Some(answer));
    }

    #[test]
    fn what_nobody_wrote_is_not_read() {
        for (status, lines) in [(99, ""), (200, "a"), (200, "a:b"), (200, "a b: c"), (200, ": c"), (200, "a: \0")] {
            assert_eq!(KeptAnswer::read(status, lines.as_bytes(), Bytes::new()), None, "{status} {lines:?}");
        }
    }
}
