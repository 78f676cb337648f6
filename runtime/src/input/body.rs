//! Reads a body up to its limit.

use std::fmt;

use bytes::{Buf, Bytes, BytesMut};
use http::{StatusCode, header};
use http_body::Body;
use http_body_util::BodyExt;

use crate::{
    gate::{Reason, Refusal},
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
