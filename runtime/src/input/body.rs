//! Reads a body up to its limit.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf, Bytes, BytesMut};
use http::{StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use super::content_type::MediaType;
use crate::{
    gate::{Reason, Refusal, Request},
    problem::Problem,
};

/// A body of whatever framework, read frame by frame.
pub(crate) type Incoming<'a> = dyn Arriving + 'a;

/// A body on its way, whose sender may not take as long as it likes.
pub(crate) trait Arriving: Body<Data = Bytes, Error = BodyError> + Send + Unpin {
    /// The rest of it, for an input that outlives the request. Nothing stays behind.
    fn detach(&mut self) -> Box<Incoming<'static>>;

    /// Forgets how long its sender has kept us waiting: what came was worth it.
    fn renew(&mut self);
}

/// A body that is here already.
pub(crate) struct Buffered(pub(crate) Bytes);

impl Arriving for Buffered {
    fn detach(&mut self) -> Box<Incoming<'static>> {
        Box::new(Self(std::mem::take(&mut self.0)))
    }

    fn renew(&mut self) {}
}

impl Body for Buffered {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let bytes = std::mem::take(&mut self.0);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than the endpoint's types can be.
    TooLarge,
    /// The connection failed while it was read.
    Interrupted,
    /// It came slower than the gate waits for.
    Slow,
}

impl BodyError {
    /// What a request whose body cannot be read is told.
    pub(crate) fn refusal(self) -> Refusal {
        match self {
            Self::TooLarge => Refusal::too_large(),
            Self::Interrupted => Refusal::new(
                Reason::Malformed,
                Problem::fixed(
                    StatusCode::BAD_REQUEST,
                    "urn:palisade:problem:malformed",
                    "the body ended before it was complete",
                ),
            ),
            // Who is asked to repeat it does so on another connection (RFC 9110, section 15.5.9).
            Self::Slow => Refusal::new(
                Reason::SlowBody,
                Problem::fixed(
                    StatusCode::REQUEST_TIMEOUT,
                    "urn:palisade:problem:slow-body",
                    "the body took too long to arrive",
                )
                .with_header(header::CONNECTION, http::HeaderValue::from_static("close")),
            ),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the body is larger than this endpoint accepts",
            Self::Interrupted => "the body ended before it was complete",
            Self::Slow => "the body took too long to arrive",
        })
    }
}

impl std::error::Error for BodyError {}

/// The body of the request, when it is declared as what the endpoint reads and not larger than its types can be.
pub(super) async fn declared<S>(request: &mut Request<'_, S>, media_type: MediaType) -> Option<Bytes> {
    if !media_type.is_declared(request.headers()) {
        return request.refuse(media_type.refusal());
    }
    let limit = request.body_bounds().bytes;
    match read(request.body(), limit).await {
        Ok(bytes) => Some(bytes),
        Err(error) => request.refuse(error.refusal()),
    }
}

/// The whole body, when it is not larger than `limit`. A body in one piece is not copied.
pub(crate) async fn read(body: &mut Incoming<'_>, limit: u64) -> Result<Bytes, BodyError> {
    if limit < body.size_hint().lower() {
        return Err(BodyError::TooLarge);
    }
    let Some(first) = next(body).await? else { return Ok(Bytes::new()) };
    if limit < first.remaining() as u64 {
        return Err(BodyError::TooLarge);
    }
    let Some(second) = next(body).await? else { return Ok(first) };
    let mut whole = BytesMut::from(first);
    let mut chunk = second;
    loop {
        if limit < whole.len() as u64 + chunk.remaining() as u64 {
            return Err(BodyError::TooLarge);
        }
        whole.extend_from_slice(&chunk);
        match next(body).await? {
            Some(next) => chunk = next,
            None => return Ok(whole.freeze()),
        }
    }
}

/// The next bytes of it.
pub(super) async fn next(body: &mut Incoming<'_>) -> Result<Option<Bytes>, BodyError> {
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}
