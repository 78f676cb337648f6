//! `Text<MAX>`: a body of plain text, no longer than its type says.

use std::any::Any;

use http::StatusCode;

use super::{Argument, BodyBounds, Extract, body, bounds::assert_limit, content_type::MediaType, object::AnyState};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
};

/// A body of the type `text/plain`, of at most `MAX` bytes: UTF-8 without NUL, and otherwise as it came.
///
/// A text with more rules than that is a field of a type, and comes as [`Json`](super::Json) or [`Form`](super::Form).
///
/// ```
/// use palisade::{input::Text, prelude::*};
///
/// #[secure(put = "/motd", auth = "oauth2", rate = "6/min per caller")]
/// async fn set_message_of_the_day(Text(message): Text<1_024>) -> NoContent {
///     assert!(message.len() <= 1_024);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<const MAX: usize>(pub String);

impl<const MAX: usize, E> Argument<E> for Text<MAX> {
    const DECLARED: () = assert_limit(MAX);

    fn document(operation: &mut Operation) {
        operation.text_body(MAX);
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_bytes(MAX)
    }
}

impl<const MAX: usize, S: AnyState, E> Extract<S, E> for Text<MAX> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let bytes = body::declared(request, MediaType::Text).await?;
        match String::from_utf8(bytes.into()) {
            Ok(text) if !text.contains('\0') => Some(Self(text)),
            Ok(_) | Err(_) => request.refuse(malformed()),
        }
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "the body is not a text in UTF-8 without NUL",
        ),
    )
}
