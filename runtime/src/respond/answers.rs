//! The answers beside a plain 200.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{Answer, Recipient, Respond, answer};
use crate::openapi::Operation;

/// `204 No Content`.
///
/// ```
/// use palisade::{prelude::*, respond::{Recipient, Respond}};
///
/// assert_eq!(NoContent.respond(&Recipient::anybody()).status(), 204);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoContent;

impl Respond for NoContent {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        answer(StatusCode::NO_CONTENT, None, Some(Bytes::new()))
    }

    fn document(operation: &mut Operation) {
        operation.empty_answer(StatusCode::NO_CONTENT);
    }
}

impl Respond for () {
    fn respond(self, to: &Recipient<'_>) -> Answer {
        NoContent.respond(to)
    }

    fn document(operation: &mut Operation) {
        NoContent::document(operation);
    }
}

/// `201 Created` with the `Location` of what was created.
///
/// ```
/// use palisade::{prelude::*, respond::{Recipient, Respond}};
///
/// let answer = Created::at("/orders/7", NoContent).respond(&Recipient::anybody());
/// assert_eq!(answer.status(), 201);
/// assert_eq!(answer.headers()["location"], "/orders/7");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created<T> {
    location: String,
    body: T,
}

impl<T> Created<T> {
    /// What was created, and where it can be read.
    #[must_use]
    pub fn at(location: impl Into<String>, body: T) -> Self {
        Self { location: location.into(), body }
    }
}

impl<T: Respond> Respond for Created<T> {
    const DECLARED: () = T::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        let mut answer = self.body.respond(to);
        *answer.status_mut() = StatusCode::CREATED;
        // A location that no header can hold is left out: the answer stays whole.
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            answer.headers_mut().insert(header::LOCATION, location);
        }
        answer
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        operation.created();
    }
}
