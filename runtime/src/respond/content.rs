//! `Content<M>`: bytes of a declared media type, whole or as a stream.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};
use http::{HeaderValue, Response, StatusCode, header};
use http_body::Frame;
use http_body_util::StreamBody;
use schemars::json_schema;

use super::{Answer, Body, Broken, HEADERS, MediaType, Recipient, Respond, media_type};
use crate::openapi::Operation;

/// Bytes of the media type `M`.
///
/// ```
/// use futures_util::stream;
/// use palisade::respond::{Broken, Content, OctetStream, Pdf, Recipient, Respond};
///
/// let answer = Content::<Pdf>::whole(&b"%PDF-1.7"[..]).respond(&Recipient::anybody());
/// assert_eq!(answer.headers()["content-type"], "application/pdf");
///
/// // Piece by piece, never whole in memory.
/// let pieces = stream::iter([Ok("a".into()), Ok("b".into()), Err(Broken)]);
/// let answer = Content::<OctetStream>::stream(pieces).respond(&Recipient::anybody());
/// assert!(answer.body().whole().is_none());
/// ```
pub struct Content<M> {
    body: Body,
    media_type: PhantomData<fn() -> M>,
}

impl<M> Content<M> {
    /// All of it.
    #[must_use]
    pub fn whole(bytes: impl Into<Bytes>) -> Self {
        Self::of(Body::from(bytes))
    }

    /// Piece by piece. A stream that breaks off cuts the connection, so that no client takes what came for all of it.
    #[must_use]
    pub fn stream(pieces: impl Stream<Item = Result<Bytes, Broken>> + Send + 'static) -> Self {
        Self::of(streamed(pieces))
    }

    const fn of(body: Body) -> Self {
        Self { body, media_type: PhantomData }
    }
}

impl<M> fmt::Debug for Content<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Content").field(&self.body).finish()
    }
}

impl<M: MediaType> Respond for Content<M> {
    const DECLARED: () = media_type::assert_sound(M::NAME);

    fn respond(self, _to: &Recipient<'_>) -> Answer {
        written(M::NAME, self.body)
    }

    fn document(operation: &mut Operation) {
        operation.answer_of(StatusCode::OK, M::NAME, json_schema!({ "contentMediaType": M::NAME }));
    }
}

/// A body of whatever media type.
pub(super) fn written(media_type: &'static str, body: Body) -> Answer {
    let mut answer = Response::new(body);
    answer.headers_mut().reserve(HEADERS);
    // A name that was not proven is no name, so the bytes are only bytes.
    let octets = HeaderValue::from_static("application/octet-stream");
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_str(media_type).unwrap_or(octets));
    answer
}

/// A stream of pieces as a body.
pub(super) fn streamed(pieces: impl Stream<Item = Result<Bytes, Broken>> + Send + 'static) -> Body {
    Body::Stream(Box::pin(StreamBody::new(pieces.map_ok(Frame::data))))
}
