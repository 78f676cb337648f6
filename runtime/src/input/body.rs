//! Reads a body up to its limit.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf, Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use super::content_type::MediaType;
use crate::gate::{Refusal, Request};

/// A body of whatever framework, read frame by frame.
pub(crate) type Incoming<'a> = dyn Body<Data = Bytes, Error = BodyError> + Send + Unpin + 'a;

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than the endpoint's types can be.
    TooLarge,
    /// The connection failed while it was read.
    Interrupted,
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the body is larger than this endpoint accepts",
            Self::Interrupted => "the body ended before it was complete",
        })
    }
}

impl std::error::Error for BodyError {}

/// A foreign body whose errors are ours.
pub(crate) struct Foreign<B>(pub(crate) B);

impl<B: Body<Data = Bytes> + Unpin> Body for Foreign<B> {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Pin::new(&mut self.0)
            .poll_frame(context)
            .map(|frame| frame.map(|frame| frame.map_err(|_| BodyError::Interrupted)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// The body of the request, when it is declared as what the endpoint reads and not larger than its types can be.
/// `interrupted` is the answer to one that is cut off.
pub(super) async fn declared<S>(
    request: &mut Request<'_, S>,
    media_type: MediaType,
    interrupted: fn() -> Refusal,
) -> Option<Bytes> {
    if !media_type.is_declared(request.headers()) {
        return request.refuse(media_type.refusal());
    }
    let limit = request.body_bounds().bytes;
    match read(request.body(), limit).await {
        Ok(bytes) => Some(bytes),
        Err(BodyError::TooLarge) => request.refuse(Refusal::too_large()),
        Err(BodyError::Interrupted) => request.refuse(interrupted()),
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

async fn next(body: &mut Incoming<'_>) -> Result<Option<Bytes>, BodyError> {
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}
