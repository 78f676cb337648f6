//! The parsers of what untrusted requests hold, each by itself, so that fuzz targets can ask them.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderMap, Version};
use http_body::{Body, Frame};
use serde::de::DeserializeOwned;

#[cfg(feature = "multipart")]
use super::upload::from_body;
use super::{
    Arriving, BodyBounds, BodyError, Incoming, Ndjson, content_type::MediaType, cookies::from_cookies,
    spelled::from_urlencoded,
};
use crate::value::{Input, Report, Secure, Surroundings, entrance::Entrance};

/// The value of a query or form. `None` when it is malformed.
#[must_use]
pub fn read_query<T: Secure + DeserializeOwned>(query: &str) -> Option<Result<T, Report>> {
    from_urlencoded(query, Entrance::OWN)
}

/// The value of the cookies of a request. `None` when they are malformed.
#[must_use]
pub fn read_cookies<T: Secure + DeserializeOwned>(headers: &HeaderMap, version: Version) -> Option<Result<T, Report>> {
    from_cookies(headers, version, Entrance::OWN)
}

/// The names of the media types that a content type declares: one, or none.
pub fn read_content_type(declared: &str) -> impl Iterator<Item = &'static str> {
    let all = [MediaType::Json, MediaType::Ndjson, MediaType::Form, MediaType::Text, MediaType::Octets];
    all.into_iter().filter(|media_type| media_type.is(declared)).map(MediaType::name)
}

/// The value of a multipart body that comes in these pieces. `None` when it is refused as a whole.
#[cfg(feature = "multipart")]
pub async fn read_multipart<T: Secure + DeserializeOwned>(
    boundary: &str,
    pieces: Vec<Bytes>,
) -> Option<Result<T, Report>> {
    let limit = BodyBounds::of_multipart(T::shape()).bytes;
    from_body(&mut Pieces(pieces.into_iter()), boundary.to_owned(), limit).await
}

/// The items of a body that comes in these pieces.
#[must_use]
pub fn read_lines<T: Input, const ITEMS: u64>(pieces: Vec<Bytes>) -> Ndjson<T, ITEMS> {
    let left = BodyBounds::of_lines(T::shape(), ITEMS).bytes;
    Ndjson::over(Box::new(Pieces(pieces.into_iter())), left, Surroundings::NONE, None, Arc::default())
}

/// A body that is there already, in pieces.
struct Pieces(std::vec::IntoIter<Bytes>);

impl Arriving for Pieces {
    fn detach(&mut self) -> Box<Incoming<'static>> {
        Box::new(Self(std::mem::take(&mut self.0)))
    }

    fn renew(&mut self) {}
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Poll::Ready(self.0.next().map(|piece| Ok(Frame::data(piece))))
    }
}
