//! The answers of a handler that did what it was asked to, or will: 201, 202 and 204.

use bytes::Bytes;
use http::{StatusCode, header};

use super::{Answer, Recipient, Respond, answer, location::Location};
use crate::openapi::{Carried, Operation};

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
/// What no URI-reference can hold is percent-encoded, so a location may be made of data.
///
/// ```
/// use palisade::{prelude::*, respond::{Recipient, Respond}};
///
/// let answer = Created::at("/orders/7", NoContent).respond(&Recipient::anybody());
/// assert_eq!(answer.status(), 201);
/// assert_eq!(answer.headers()["location"], "/orders/7");
///
/// let answer = Created::at("/files/a b\r\n", NoContent).respond(&Recipient::anybody());
/// assert_eq!(answer.headers()["location"], "/files/a%20b%0D%0A");
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
        succeeded(StatusCode::CREATED, Some(&self.location), self.body.respond(to))
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        operation.created();
    }
}

/// `202 Accepted`: it will be done. What is said so far, and where its progress can be read, if anywhere.
///
/// ```
/// use palisade::{prelude::*, respond::{Accepted, Recipient, Respond}};
///
/// let answer = Accepted::monitored("/exports/7/status", NoContent).respond(&Recipient::anybody());
/// assert_eq!(answer.status(), 202);
/// assert_eq!(answer.headers()["location"], "/exports/7/status");
///
/// assert_eq!(Accepted::unmonitored(NoContent).respond(&Recipient::anybody()).status(), 202);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted<T> {
    monitor: Option<String>,
    body: T,
}

impl<T> Accepted<T> {
    /// With a status monitor at this location, encoded as that of [`Created`].
    #[must_use]
    pub fn monitored(location: impl Into<String>, body: T) -> Self {
        Self { monitor: Some(location.into()), body }
    }

    /// Without a status monitor.
    #[must_use]
    pub const fn unmonitored(body: T) -> Self {
        Self { monitor: None, body }
    }
}

impl<T: Respond> Respond for Accepted<T> {
    const DECLARED: () = T::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        succeeded(StatusCode::ACCEPTED, self.monitor.as_deref(), self.body.respond(to))
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        operation.succeeds_with(StatusCode::ACCEPTED);
        operation.carries(Carried::Monitor);
    }
}

/// The body's answer under another status. A body that cannot be said stays the problem it is.
fn succeeded(status: StatusCode, location: Option<&str>, mut answer: Answer) -> Answer {
    if !answer.status().is_success() {
        return answer;
    }
    *answer.status_mut() = status;
    if let Some(location) = location.and_then(|location| Location::of(location).value()) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}
