//! `Verified<Json<T>>`, `Verified<Form<T>>` and `Verified<Query<T>>`: an input about which a lookup has the last word.

use std::any::Any;

use serde::de::DeserializeOwned;

use super::{Argument, BodyBounds, Extract, Form, Json, Query, form, json, object::AnyState, query};
use crate::{
    Outage,
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    value::{Findings, Path, Report, Source, Verified, Verify, VerifyIn, declared, decode::misfit::Holds},
};

impl<T: Verify + DeserializeOwned, E> Argument<E> for Verified<Json<T>> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.request_body::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::of(T::shape())
    }
}

impl<T: VerifyIn<S> + DeserializeOwned + Send + Sync, S: AnyState, E> Extract<S, E> for Verified<Json<T>> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let value = json::read(request).await?;
        let value = verified::<T, S>(request, value, Source::Body).await?;
        Some(Self::proven(Json(value)))
    }
}

impl<T: Verify + DeserializeOwned, E> Argument<E> for Verified<Form<T>> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.form_body::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::of_form(T::shape())
    }
}

impl<T: VerifyIn<S> + DeserializeOwned + Send + Sync, S: AnyState, E> Extract<S, E> for Verified<Form<T>> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let value = form::read(request).await?;
        let value = verified::<T, S>(request, value, Source::Body).await?;
        Some(Self::proven(Form(value)))
    }
}

impl<T: Verify + DeserializeOwned, E> Argument<E> for Verified<Query<T>> {
    const DECLARED: () = declared(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.query_parameters::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::beside(T::shape(), Holds::Objects)
    }
}

impl<T: VerifyIn<S> + DeserializeOwned + Send + Sync, S: AnyState, E> Extract<S, E> for Verified<Query<T>> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        let value = query::read(request)?;
        let value = verified::<T, S>(request, value, Source::Query).await?;
        Some(Self::proven(Query(value)))
    }
}

/// The value, unless the request was refused already: what is refused anyway is not worth a lookup.
async fn verified<T: VerifyIn<S>, S: AnyState>(request: &mut Request<'_, S>, value: T, source: Source) -> Option<T> {
    if request.is_refused() {
        return None;
    }
    let mut report = Report::new();
    let path = Path::root();
    match value.verify_in(request.state(), &mut Findings::new(&path, &mut report)).await {
        Err(Outage) => request.refuse(Refusal::unavailable(Reason::StoreOutage)),
        Ok(()) if report.is_empty() => Some(value),
        Ok(()) => {
            report.hide_sensitive(T::shape());
            request.report(report, source)
        }
    }
}
