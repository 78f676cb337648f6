//! `Json<T>`: a JSON body. As an argument it is decoded, cleaned and checked; as an answer it is safe inside HTML.

use std::any::Any;

use http::StatusCode;
use serde::{Serialize, de::DeserializeOwned};

use super::{Argument, BodyBounds, Extract, body, content_type::MediaType, object::AnyState};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    respond::{Answer, Recipient, Respond, answer_json},
    value::{
        Input, Output, Secure, Source, declared,
        decode::json::{Undecoded, decode_json, examine_json},
        entrance::Entrance,
    },
};

/// A JSON document.
///
/// As an argument of a handler it is the request's body: `T` derives `Secure`, so its size is bounded, its members are
/// known, and it was cleaned and checked. As an answer, `T` is declared with `#[secure(output)]`.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Note {
///     #[secure(trim, length(max = 280))]
///     text: String,
/// }
///
/// #[secure(post = "/notes", auth = "oauth2", rate = "60/min per caller")]
/// async fn keep(Json(note): Json<Note>) -> NoContent {
///     assert!(note.text.len() <= 4 * 280);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Json<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.request_body::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::of(T::shape())
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Json<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        read(request).await.map(Self)
    }
}

/// The body of the request, decoded, cleaned and checked.
pub(super) async fn read<T: Secure + DeserializeOwned, S: AnyState>(request: &mut Request<'_, S>) -> Option<T> {
    let bytes = body::declared(request, MediaType::Json).await?;
    match examine_json(&bytes, Entrance::of(request.surroundings(), &request.sender())) {
        Ok(value) => Some(value),
        Err(Undecoded::Malformed) => request.refuse(malformed()),
        Err(Undecoded::Refused(report)) => request.report(report, Source::Body),
    }
}

impl<T: DeserializeOwned> Json<T> {
    /// Decodes a text as a body is decoded, and no more: the value is neither cleaned nor checked.
    ///
    /// Duplicate keys are refused in maps too, and a list is no object. What is wrong is not said, since serde's own
    /// messages repeat values.
    ///
    /// ```
    /// use palisade::Json;
    /// use std::collections::HashMap;
    ///
    /// assert!(Json::<HashMap<String, u8>>::decode(r#"{"a":1,"b":2}"#).is_some());
    /// assert!(Json::<HashMap<String, u8>>::decode(r#"{"a":1,"a":2}"#).is_none());
    /// ```
    #[must_use]
    pub fn decode(text: &str) -> Option<T> {
        decode_json(text)
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(StatusCode::BAD_REQUEST, "urn:palisade:problem:malformed", "the body is not a JSON document"),
    )
}

impl<T: Output + Serialize> Respond for Json<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn respond(self, to: &Recipient<'_>) -> Answer {
        answer_json(StatusCode::OK, &self.0, to)
    }

    fn document(operation: &mut Operation) {
        operation.answer::<T>(StatusCode::OK);
    }
}
