//! `Path<T>`: the path parameters that name no object, as a type that derives `Secure`.

use std::any::Any;

use serde::de::DeserializeOwned;

use super::{Argument, BodyBounds, Extract, object::AnyState};
use crate::{
    gate::{Refusal, Request},
    openapi::Operation,
    value::{
        Input, Source, declared,
        decode::{
            examined::{Pair, from_pairs},
            misfit::Holds,
        },
        entrance::Entrance,
    },
};

/// The open path parameters, by name.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Currency {
///     #[secure(pattern("[A-Z]{3}"))]
///     code: String,
/// }
///
/// #[secure(get = "/rates/{code}", open(code, "a currency belongs to nobody"), auth = "oauth2", rate = "60/min per caller")]
/// async fn exchange_rate(Path(currency): Path<Currency>) -> NoContent {
///     assert_eq!(currency.code.len(), 3);
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Path<T> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.path_parameters::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::beside(T::shape(), Holds::Texts)
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Path<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let mut found: Vec<Pair<'_>> = Vec::new();
        for (name, text) in request.open_path_parameters() {
            match text {
                Some(text) => found.push((name.into(), text)),
                None => return request.refuse(Refusal::not_found()),
            }
        }
        match from_pairs(&found, Entrance::of(request.surroundings(), &request.sender())) {
            Some(Ok(value)) => Some(Self(value)),
            Some(Err(report)) => request.report(report, Source::Path),
            None => request.refuse(Refusal::not_found()),
        }
    }
}
