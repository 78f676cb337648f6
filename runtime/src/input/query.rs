//! `Query<T>`: the query of the request, each name known, and said once unless it is a list's.

use std::any::Any;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Argument, BodyBounds, Extract, object::AnyState, spelled::from_urlencoded};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{Input, Secure, Source, declared, decode::misfit::Holds, entrance::Entrance},
};

/// The query, as a type that derives `Secure`.
///
/// A list is said by repeating its name (`tag=a&tag=b`), or as its [style](crate::styles) says; an object within needs one.
/// Names that the type does not know and names that come again are refused, as are broken percent-encoding, what is not
/// UTF-8, and NUL. `limit=` is an empty text and not an absent one.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Page {
///     #[secure(range(min = 1, max = 100))]
///     limit: Option<u16>,
/// }
///
/// #[secure(get = "/notes", auth = "oauth2", rate = "60/min per caller")]
/// async fn notes(Query(page): Query<Page>) -> NoContent {
///     assert!(page.limit.unwrap_or(20) <= 100);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Query<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.query_parameters::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::beside(T::shape(), Holds::Objects)
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Query<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        read(request).map(Self)
    }
}

/// The query of the request, decoded, cleaned and checked.
pub(super) fn read<T: Secure + DeserializeOwned, S: AnyState>(request: &mut Request<'_, S>) -> Option<T> {
    let query = request.read_query();
    match from_urlencoded(query, Entrance::of(request.surroundings(), &request.sender())) {
        Some(Ok(value)) => Some(value),
        Some(Err(report)) => request.report(report, Source::Query),
        None => request.refuse(malformed()),
    }
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "the query is not percent-encoded UTF-8, or has too many parameters",
        ),
    )
}
