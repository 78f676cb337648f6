//! `IfMatch`: the precondition that something is still what the client has seen (RFC 9110, section 13.1.1; RFC 6585).

use std::any::Any;

use http::{HeaderMap, StatusCode, header};

use super::{Argument, Extract, object::AnyState};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    respond::{Condition, EntityTag},
};

/// The versions that a request may change. A request without `If-Match` is refused with 428, and one that names no
/// current version with 412: two clients who change the same thing do not overwrite each other unseen.
///
/// ```
/// use palisade::{input::IfMatch, prelude::*, respond::EntityTag};
///
/// const CURRENT: u64 = 7;
///
/// #[secure(put = "/settings", auth = "oauth2", rate = "60/min per caller")]
/// async fn change(if_match: IfMatch) -> Result<NoContent, Problem> {
///     if_match.check(&EntityTag::of_version(CURRENT))?;
///     Ok(NoContent)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert!(change::handler(IfMatch::only(&EntityTag::of_version(7))).await.is_ok());
/// assert_eq!(change::handler(IfMatch::only(&EntityTag::of_version(6))).await.unwrap_err().status(), 412);
/// # }
/// ```
///
/// Check and change in one step of the store, such as `UPDATE .. WHERE version = ..`, or under a lock: between two steps
/// somebody else may change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(Condition);

impl IfMatch {
    /// This version only: for tests of a handler.
    #[must_use]
    pub fn only(tag: &EntityTag) -> Self {
        Self(Condition::only(tag))
    }

    /// Whether the request is about the current version. Weak tags never are, and `*` always is.
    ///
    /// # Errors
    /// 412, when it is not.
    pub fn check(&self, current: &EntityTag) -> Result<(), Problem> {
        if self.0.holds_strongly(current) { Ok(()) } else { Err(failed()) }
    }

    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        match Condition::of(headers, &header::IF_MATCH) {
            Ok(Some(condition)) => Ok(Self(condition)),
            Ok(None) => Err(Refusal::new(Reason::PreconditionRequired, required())),
            Err(_) => Err(Refusal::new(Reason::Malformed, Problem::no_list_of_tags("`If-Match`"))),
        }
    }
}

impl<E> Argument<E> for IfMatch {
    fn document(operation: &mut Operation) {
        operation.demands_if_match();
    }
}

impl<S: AnyState, E> Extract<S, E> for IfMatch {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        match Self::of(request.headers()) {
            Ok(condition) => Some(condition),
            Err(refusal) => request.refuse(refusal),
        }
    }
}

pub(super) fn failed() -> Problem {
    Problem::fixed(
        StatusCode::PRECONDITION_FAILED,
        "urn:palisade:problem:precondition-failed",
        "what is there is not what the request is about: read it again",
    )
}

fn required() -> Problem {
    Problem::fixed(
        StatusCode::PRECONDITION_REQUIRED,
        "urn:palisade:problem:precondition-required",
        "say in `If-Match` which version the request is about: the `ETag` that it was read with",
    )
}
