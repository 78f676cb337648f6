//! `Headers<T>`: the header fields that a type declares, and no others.

use std::any::Any;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

use super::{
    Argument, BodyBounds, Extract,
    names::{assert_header_names, flattened_header},
    object::AnyState,
};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{
        Input, Report, Secure, Source,
        decode::{
            fields::{Found, Wanted, from_fields},
            misfit::Holds,
        },
        entrance::Entrance,
    },
};

/// Header fields, as a type that derives `Secure`.
///
/// Its names on the wire are those of the fields, compared without case. What it does not declare is not looked at: a
/// request carries many fields that are not the endpoint's business. One that is said twice is refused, unless it is a
/// list, whose items stand apart by commas or in fields of their own (RFC 9110, section 5.3). A content is ASCII without
/// control characters.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Tracing {
///     #[serde(rename = "X-Request-Id")]
///     #[secure(uuid)]
///     request_id: Option<String>,
/// }
///
/// #[secure(get = "/status", auth = "oauth2", rate = "60/min per caller")]
/// async fn status(Headers(tracing): Headers<Tracing>) -> NoContent {
///     assert!(tracing.request_id.is_none_or(|id| id.len() == 36));
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headers<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Headers<T> {
    const DECLARED: () = assert_header_names(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.header_parameters::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::beside(T::shape(), Holds::Lists).or_misfit(|| flattened_header(T::shape()))
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Headers<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        match from_headers(request.headers(), Entrance::of(request.surroundings(), &request.sender())) {
            Some(Ok(value)) => Some(Self(value)),
            Some(Err(report)) => request.report(report, Source::Header),
            None => request.refuse(malformed()),
        }
    }
}

/// The value that header fields hold. `None` when one of those that it declares is no text.
fn from_headers<T: Secure + DeserializeOwned>(
    headers: &HeaderMap,
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    from_fields(
        &mut |name, wanted| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let contents = headers.get_all(name).iter().map(text);
            match wanted {
                Wanted::Text => contents.map(|content| Some(Found::Text(content?.into()))).collect(),
                Wanted::List => {
                    let contents = contents.collect::<Option<Vec<_>>>()?;
                    let items = contents.iter().flat_map(|content| items(content)).map(Into::into).collect();
                    Some(if contents.is_empty() { Vec::new() } else { vec![Found::List(items)] })
                }
            }
        },
        entrance,
    )
}

/// The items of a list. An empty one says nothing (RFC 9110, section 5.6.1).
fn items(content: &str) -> impl Iterator<Item = &str> {
    content.split(',').map(|item| item.trim_matches([' ', '\t'])).filter(|item| !item.is_empty())
}

fn text(content: &HeaderValue) -> Option<&str> {
    content.to_str().ok().filter(|text| !text.contains('\t'))
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "a header field that this endpoint reads is not printable ASCII",
        ),
    )
}
