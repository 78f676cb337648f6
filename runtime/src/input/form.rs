//! `Form<T>`: a body as HTML forms send it, each name known.

use std::any::Any;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Argument, BodyBounds, Extract, body, content_type::MediaType, object::AnyState, spelled::from_urlencoded};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{Input, Secure, Source, declared, entrance::Entrance},
};

/// A body of the type `application/x-www-form-urlencoded`, as a type that derives `Secure`.
///
/// It is spelled as a [`Query`](super::Query) is, lists and [styles](crate::styles) included, and read as strictly.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Contact {
///     #[secure(trim, length(min = 1, max = 64))]
///     name: String,
///     #[secure(length(max = 5), each(one_of(["billing", "delivery", "other"])))]
///     topic: Vec<String>,
/// }
///
/// #[secure(post = "/contact", public = "anybody may write to us", rate = "6/min per ip")]
/// async fn contact(Form(contact): Form<Contact>) -> NoContent {
///     assert!(contact.topic.len() <= 5);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Form<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.form_body::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_form(T::shape())
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Form<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        read(request).await.map(Self)
    }
}

/// The body of the request, decoded, cleaned and checked.
pub(super) async fn read<T: Secure + DeserializeOwned, S: AnyState>(request: &mut Request<'_, S>) -> Option<T> {
    let bytes = body::declared(request, MediaType::Form).await?;
    let sender = request.sender();
    let entrance = Entrance::of(request.surroundings(), &sender);
    let read = std::str::from_utf8(&bytes).ok().and_then(|text| from_urlencoded(text, entrance));
    match read {
        Some(Ok(value)) => Some(value),
        Some(Err(report)) => request.report(report, Source::Body),
        None => request.refuse(malformed()),
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "the form is not percent-encoded UTF-8, or has too many fields",
        ),
    )
}
