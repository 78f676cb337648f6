//! `Query<T>`: the query of the request, each name known and said once.

use std::any::Any;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Argument, Extract, object::AnyState, percent::decode};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{
        Input, Secure, Source, declared,
        decode::examined::{Pair, from_pairs},
        entrance::Entrance,
    },
};

/// The query, as a type that derives `Secure`.
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

/// More pairs than this are refused before they are looked at.
const PAIRS: usize = 64;

impl<T: Input + DeserializeOwned, E> Argument<E> for Query<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.query_parameters::<T>();
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Query<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        read(request).map(Self)
    }
}

/// The query of the request, decoded, cleaned and checked.
pub(super) fn read<T: Secure + DeserializeOwned, S: AnyState>(request: &mut Request<'_, S>) -> Option<T> {
    let Some(pairs) = pairs(request.read_query()) else { return request.refuse(malformed()) };
    match from_pairs(pairs, Entrance::of(request.surroundings(), &request.sender())) {
        Ok(value) => Some(value),
        Err(report) => request.report(report, Source::Query),
    }
}

fn pairs(query: &str) -> Option<Vec<Pair<'_>>> {
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if pairs.len() == PAIRS {
            return None;
        }
        pairs.push((decode(name, true)?, decode(value, true)?));
    }
    Some(pairs)
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
