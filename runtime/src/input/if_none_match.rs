//! `IfNoneMatch`: the precondition that something is not there yet, or another (RFC 9110, section 13.1.2).

use std::any::Any;

use http::header;

use super::{Argument, Extract, if_match, object::AnyState};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    respond::{Condition, EntityTag},
};

/// The versions that must not be there, on a request that changes something: `If-None-Match: *` asks to create and not to
/// replace. A request without it asks for nothing. One that reads needs no such argument:
/// [`Tagged`](crate::respond::Tagged) answers it.
///
/// ```
/// use palisade::{input::IfNoneMatch, prelude::*, respond::EntityTag};
///
/// #[secure(put = "/avatar", auth = "oauth2", rate = "60/min per caller")]
/// async fn put_avatar(if_none_match: IfNoneMatch) -> Result<NoContent, Problem> {
///     let current = Some(EntityTag::of_version(7)); // from the store; none where there is nothing
///     if_none_match.check(current.as_ref())?;
///     Ok(NoContent)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert!(put_avatar::handler(IfNoneMatch::absent()).await.is_ok());
/// assert_eq!(put_avatar::handler(IfNoneMatch::any()).await.unwrap_err().status(), 412);
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfNoneMatch(Option<Condition>);

impl IfNoneMatch {
    /// Of a request without the field: for tests of a handler.
    #[must_use]
    pub const fn absent() -> Self {
        Self(None)
    }

    /// `*`, for tests of a handler.
    #[must_use]
    pub const fn any() -> Self {
        Self(Some(Condition::Any))
    }

    /// Whether the request may go on where this is what there is. Tags are compared weakly.
    ///
    /// # Errors
    /// 412, when it names what there is.
    pub fn check(&self, current: Option<&EntityTag>) -> Result<(), Problem> {
        match (&self.0, current) {
            (Some(condition), Some(current)) if condition.holds_weakly(current) => Err(if_match::failed()),
            (Some(_) | None, Some(_) | None) => Ok(()),
        }
    }
}

impl<E> Argument<E> for IfNoneMatch {
    fn document(operation: &mut Operation) {
        operation.takes_if_none_match();
    }
}

impl<S: AnyState, E> Extract<S, E> for IfNoneMatch {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        match Condition::of(request.headers(), &header::IF_NONE_MATCH) {
            Ok(condition) => Some(Self(condition)),
            Err(_) => request.refuse(Refusal::new(Reason::Malformed, Problem::no_list_of_tags("`If-None-Match`"))),
        }
    }
}
