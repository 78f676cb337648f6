//! `Ndjson<T>`: a body of many items, one in each line, checked one by one while the handler takes them.

use std::{
    any::Any,
    fmt,
    marker::PhantomData,
    sync::{Arc, OnceLock},
};

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Argument, BodyBounds, BodyError, Extract, Incoming, body, content_type::MediaType, object::AnyState};
use crate::{
    access::Known,
    auth::Caller,
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{
        Input, Source, Surroundings, declared,
        decode::{
            bounds::longest,
            json::{Undecoded, examine_json},
        },
        entrance::Entrance,
    },
};

/// A body of `application/x-ndjson`: at most `ITEMS` lines, each a JSON document of `T`.
///
/// It is not read in front of the handler: the handler asks for one item after the other, and each is decoded, cleaned and
/// checked as a body of its own. So a line is no longer than a `T` can be, the body no longer than `ITEMS` of them, and
/// no more than a line is in memory. What is wrong with a line is a [`Problem`] that says the number of the line and points
/// into it; the handler answers with it (`?`), or notes it and goes on with the next line. A body that is too long, too slow
/// or cut off has no next line. A line is waited for as a body is
/// ([`body_timeout`](crate::gate::GateBuilder::body_timeout)).
///
/// ```
/// use palisade::{input::Ndjson, prelude::*};
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Reading {
///     #[secure(range(min = -90, max = 60))]
///     celsius: i8,
/// }
///
/// #[secure(post = "/readings", auth = "oauth2", rate = "60/min per caller")]
/// async fn record(mut readings: Ndjson<Reading, 10_000>) -> Result<NoContent, Problem> {
///     while let Some(reading) = readings.next().await {
///         assert!(reading?.celsius <= 60);
///     }
///     Ok(NoContent)
/// }
/// ```
pub struct Ndjson<T, const ITEMS: u64> {
    lines: Lines,
    line: u64,
    surroundings: Surroundings,
    sender: Option<Caller>,
    /// Where the audit event learns what ended the body.
    fault: Arc<OnceLock<Reason>>,
    item: PhantomData<fn() -> T>,
}

impl<T, const ITEMS: u64> fmt::Debug for Ndjson<T, ITEMS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ndjson").field("line", &self.line).finish_non_exhaustive()
    }
}

impl<T: Input + DeserializeOwned, const ITEMS: u64> Ndjson<T, ITEMS> {
    const SOME: () = assert!(ITEMS != 0, "`Ndjson`: say how many items there may be, like `Ndjson<Item, 10_000>`");

    /// The next item; `None` behind the last, and behind what ended the body before.
    ///
    /// # Errors
    /// What is wrong with the line, or with the body.
    pub async fn next(&mut self) -> Option<Result<T, Problem>> {
        let line = match self.lines.next().await {
            Ok(line) => line?,
            Err(error) => {
                self.line += 1;
                return Some(Err(self.note(error.refusal())));
            }
        };
        self.line += 1;
        if ITEMS < self.line {
            self.lines.end();
            return Some(Err(self.note(Refusal::too_large())));
        }
        let sender = Known::new(self.sender.as_ref(), self.surroundings.unix_seconds());
        let refused = match examine_json(&line, Entrance::of(self.surroundings, &sender)) {
            Ok(item) => return Some(Ok(item)),
            Err(Undecoded::Malformed) => malformed(),
            Err(Undecoded::Refused(report)) if report.is_undecided() => Refusal::unavailable(Reason::Indeterminate),
            Err(Undecoded::Refused(mut report)) => {
                report.place(Source::Body);
                Refusal::new(Reason::Invalid, Problem::of_report(report))
            }
        };
        Some(Err(self.note(refused)))
    }

    /// The number of the line that was read last, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    fn note(&self, refusal: Refusal) -> Problem {
        // The first fault is the one that the event names.
        let _ = self.fault.set(refusal.reason());
        refusal.into_problem().with_detail(format!("line {}", self.line))
    }
}

impl<T: Input + DeserializeOwned, const ITEMS: u64, E> Argument<E> for Ndjson<T, ITEMS> {
    const DECLARED: () = (declared(T::FIELDS), Self::SOME).1;

    fn document(operation: &mut Operation) {
        operation.ndjson_body::<T>(ITEMS);
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_lines(T::shape(), ITEMS)
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E, const ITEMS: u64> Extract<S, E> for Ndjson<T, ITEMS> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        if !MediaType::Ndjson.is_declared(request.headers()) {
            return request.refuse(MediaType::Ndjson.refusal());
        }
        let (surroundings, sender) = (request.surroundings(), request.caller().cloned());
        let left = request.body_bounds().bytes;
        Some(Self::over(request.body().detach(), left, surroundings, sender, request.fault()))
    }
}

impl<T: Input, const ITEMS: u64> Ndjson<T, ITEMS> {
    /// The items of a body of at most so many bytes.
    pub(super) fn over(
        body: Box<Incoming<'static>>,
        left: u64,
        surroundings: Surroundings,
        sender: Option<Caller>,
        fault: Arc<OnceLock<Reason>>,
    ) -> Self {
        let lines = Lines { body: Some(body), held: BytesMut::new(), longest: longest(T::shape()), left };
        Self { lines, line: 0, surroundings, sender, fault, item: PhantomData }
    }
}

/// A body, line by line.
struct Lines {
    /// Nothing once it has ended.
    body: Option<Box<Incoming<'static>>>,
    held: BytesMut,
    /// The longest line.
    longest: u64,
    /// How many bytes may still come.
    left: u64,
}

impl Lines {
    /// The next line, without its end.
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let mut searched = 0;
        loop {
            let unsearched = self.held.get(searched..).unwrap_or_default();
            if let Some(end) = unsearched.iter().position(|byte| *byte == b'\n') {
                return self.line(searched + end).map(Some);
            }
            searched = self.held.len();
            if self.longest < searched as u64 {
                return self.fail(BodyError::TooLarge);
            }
            let Some(body) = &mut self.body else { return Ok(None) };
            match body::next(&mut **body).await {
                Ok(Some(bytes)) => {
                    match self.left.checked_sub(bytes.len() as u64) {
                        Some(left) => self.left = left,
                        None => return self.fail(BodyError::TooLarge),
                    }
                    self.held.extend_from_slice(&bytes);
                }
                Ok(None) => {
                    self.body = None;
                    let last = std::mem::take(&mut self.held);
                    return Ok((!last.is_empty()).then(|| last.freeze()));
                }
                Err(error) => return self.fail(error),
            }
        }
    }

    fn line(&mut self, end: usize) -> Result<Bytes, BodyError> {
        if self.longest < end as u64 {
            return self.fail(BodyError::TooLarge);
        }
        let mut line = self.held.split_to(end + 1);
        line.truncate(end);
        if let Some(body) = &mut self.body {
            body.renew();
        }
        Ok(line.freeze())
    }

    fn fail<L>(&mut self, error: BodyError) -> Result<L, BodyError> {
        self.end();
        Err(error)
    }

    fn end(&mut self) {
        self.body = None;
        self.held.clear();
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "a line of the body is not a JSON document",
        ),
    )
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use serde::Deserialize;

    use super::{super::Buffered, *};
    use crate::{access::Decision, auth::StoredKey, policy::Mask, prelude::Secure};

    fn outage(_caller: &Caller) -> Decision {
        Decision::Indeterminate
    }

    #[derive(Debug, Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    struct Asked {
        #[secure(writable(allow = outage))]
        asked: Option<u32>,
    }

    #[tokio::test]
    async fn a_line_that_cannot_be_decided_is_an_outage() {
        let body = Box::new(Buffered("{\"asked\":1}\n{}\n".into()));
        let sender = Caller::api_key(StoredKey::new("k", "ada"), Mask::EMPTY, Mask::EMPTY);
        let mut items = Ndjson::<Asked, 2>::over(body, 100, Surroundings::NONE, Some(sender), Arc::default());
        let refused = items.next().await.and_then(Result::err).map(|problem| problem.status());
        assert_eq!(refused, Some(StatusCode::SERVICE_UNAVAILABLE));
        assert!(items.next().await.is_some_and(|item| item.is_ok_and(|item| item.asked.is_none())));
    }
}
