//! `Path<T>`: the path parameters that name no object, as a type that derives `Secure`.

use std::any::Any;

use serde::de::{DeserializeOwned, value::MapDeserializer};

use super::{Argument, Extract, explain::explain, lexical::Lexical, object::AnyState, tree::Tree};
use crate::{
    gate::{Refusal, Request},
    openapi::Operation,
    rules::standing::Standing,
    value::{self, Input, Report, Source, declared},
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
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Path<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let mut found = Vec::new();
        for (name, text) in request.open_path_parameters() {
            match text {
                Some(text) => found.push((name, text)),
                None => return request.refuse(Refusal::not_found()),
            }
        }
        let decoded =
            T::deserialize(MapDeserializer::new(found.iter().map(|(name, text)| (*name, Lexical(text.clone())))));
        let mut report = Report::new();
        if let Ok(mut value) = decoded {
            value.clean();
            value.check(&value::Path::root(), &mut report);
            if report.is_empty() {
                return Some(Self(value));
            }
            report.hide_sensitive(T::shape());
        } else {
            let members = found.into_iter().map(|(name, text)| (name.into(), Tree::Lexical(text))).collect();
            explain(&Tree::Object(members), T::shape(), &mut report);
            if report.is_empty() {
                report.refuse_value(&value::Path::root(), &Standing::Undecodable, false);
            }
        }
        request.report(report, Source::Path)
    }
}
