//! `Lines<T>`: a stream of declared values, one JSON document a line.

use std::{fmt, pin::Pin};

use bytes::{BufMut, BytesMut};
use futures_util::{Stream, StreamExt};
use http::StatusCode;
use serde::Serialize;

use super::{
    Answer, Broken, Recipient, Respond,
    content::{streamed, written as content},
    recipient::Reader,
    written,
};
use crate::{
    openapi::Operation,
    value::{Output, declared},
};

/// Values as they come.
pub(super) type Values<T> = Pin<Box<dyn Stream<Item = Result<T, Broken>> + Send>>;

/// One JSON document a line (`application/x-ndjson`), sent as they come: an answer that need not fit into memory.
///
/// Each line is what [`Json`](crate::Json) would be for its caller. A stream that breaks off cuts the connection.
///
/// ```
/// use futures_util::stream;
/// use palisade::{prelude::*, respond::Lines};
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Reading { celsius: i16 }
///
/// #[secure(get = "/readings", auth = "oauth2", rate = "6/min per caller")]
/// async fn readings() -> Lines<Reading> {
///     Lines::of(stream::iter([20, 21]).map(|celsius| Ok(Reading { celsius })))
/// }
/// # use futures_util::StreamExt;
/// ```
pub struct Lines<T>(Values<T>);

impl<T> Lines<T> {
    /// A line for each value.
    #[must_use]
    pub fn of(values: impl Stream<Item = Result<T, Broken>> + Send + 'static) -> Self {
        Self(Box::pin(values))
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines")
    }
}

impl<T: Output + Serialize + 'static> Respond for Lines<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn respond(self, to: &Recipient<'_>) -> Answer {
        let reader = Reader::of(to);
        let lines = self.0.map(move |value| {
            let json = written(&value?, &reader.recipient()).map_err(|_| Broken)?;
            let mut line = BytesMut::with_capacity(json.len() + 1);
            line.put(json);
            line.put_u8(b'\n');
            Ok(line.freeze())
        });
        content(LINES, streamed(lines))
    }

    fn document(operation: &mut Operation) {
        operation.answer_each::<T>(StatusCode::OK, LINES, "Each line of the answer.");
    }
}

const LINES: &str = "application/x-ndjson";
