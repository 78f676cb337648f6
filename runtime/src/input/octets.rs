//! `Bytes<MAX>`: a body of any octets, no longer than its type says.

use std::any::Any;

use super::{Argument, BodyBounds, Extract, body, bounds::assert_limit, content_type::MediaType, object::AnyState};
use crate::{gate::Request, openapi::Operation};

/// A body of the type `application/octet-stream`, of at most `MAX` bytes. Nothing is known about them but their number.
///
/// ```
/// use palisade::{input::Bytes, prelude::*};
///
/// #[secure(put = "/avatar", auth = "oauth2", rate = "6/min per caller")]
/// async fn set_avatar(Bytes(image): Bytes<65_536>) -> NoContent {
///     assert!(image.len() <= 65_536);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes<const MAX: usize>(pub bytes::Bytes);

impl<const MAX: usize, E> Argument<E> for Bytes<MAX> {
    const DECLARED: () = assert_limit(MAX);

    fn document(operation: &mut Operation) {
        operation.octets_body(MAX);
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_bytes(MAX)
    }
}

impl<const MAX: usize, S: AnyState, E> Extract<S, E> for Bytes<MAX> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        body::declared(request, MediaType::Octets).await.map(Self)
    }
}
