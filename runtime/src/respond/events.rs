//! `Events<T>`: a stream of declared values as server-sent events (HTML Living Standard, section 9.2).

use std::fmt;

use bytes::{BufMut, BytesMut};
use futures_util::{Stream, StreamExt};
use http::StatusCode;
use serde::Serialize;

use super::{
    Answer, Broken, Recipient, Respond,
    content::{streamed, written as content},
    lines::Values,
    recipient::Reader,
    written,
};
use crate::{
    openapi::Operation,
    value::{Output, declared},
};

/// Server-sent events (`text/event-stream`), each with a value as JSON: what [`Json`](crate::Json) would be for its caller.
///
/// ```
/// use futures_util::stream;
/// use palisade::{prelude::*, respond::{Event, Events}};
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Reading { celsius: i16 }
///
/// #[secure(get = "/readings/live", auth = "oauth2", rate = "6/min per caller")]
/// async fn live() -> Events<Reading> {
///     Events::of(stream::iter([Ok(Event::of(Reading { celsius: 20 }).named("reading").numbered(7))]))
/// }
/// ```
pub struct Events<T>(Values<Event<T>>);

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<T> {
    data: T,
    name: Option<&'static str>,
    number: Option<u64>,
}

impl<T> Event<T> {
    /// An event that holds this.
    #[must_use]
    pub const fn of(data: T) -> Self {
        Self { data, name: None, number: None }
    }

    /// The same, under this name: the field `event`.
    #[must_use]
    pub fn named(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// The same with this number: the field `id`, which a client that comes back says in `Last-Event-ID`.
    #[must_use]
    pub fn numbered(self, number: u64) -> Self {
        Self { number: Some(number), ..self }
    }
}

impl<T> Events<T> {
    /// These events, as they come.
    #[must_use]
    pub fn of(events: impl Stream<Item = Result<Event<T>, Broken>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<T: Output + Serialize + 'static> Respond for Events<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn respond(self, to: &Recipient<'_>) -> Answer {
        let reader = Reader::of(to);
        let events = self.0.map(move |event| {
            let event = event?;
            let data = written(&event.data, &reader.recipient()).map_err(|_| Broken)?;
            let mut text = BytesMut::with_capacity(data.len() + 64);
            if let Some(name) = event.name {
                text.put_slice(b"event: ");
                // A line break would end the field.
                text.extend(name.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')));
                text.put_u8(b'\n');
            }
            if let Some(number) = event.number {
                text.put_slice(format!("id: {number}\n").as_bytes());
            }
            // JSON without white space is one line.
            text.put_slice(b"data: ");
            text.put(data);
            text.put_slice(b"\n\n");
            Ok(text.freeze())
        });
        content(EVENTS, streamed(events))
    }

    fn document(operation: &mut Operation) {
        operation.answer_each::<T>(StatusCode::OK, EVENTS, "The data of each event.");
    }
}

const EVENTS: &str = "text/event-stream";
