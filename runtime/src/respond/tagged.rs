//! Answers with an entity tag, and the 304 to those who have what is tagged already (RFC 9110, sections 13 and 15.4.5).

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header};

use super::{Answer, EntityTag, Recipient, Respond, answer, condition::Condition, profile::Revalidated};
use crate::{
    openapi::{Carried, Operation},
    problem::Problem,
};

/// An answer with an `ETag`. A `GET` or `HEAD` that names it in `If-None-Match` is answered `304 Not Modified`; what else
/// a request would change, it names in [`IfMatch`](crate::input::IfMatch).
///
/// Clients may keep it for themselves, and ask each time whether it still holds (`Cache-Control: private, no-cache`).
///
/// ```
/// use http::{HeaderMap, HeaderValue, Method};
/// use palisade::{prelude::*, respond::{Recipient, Respond, Tagged}};
///
/// #[derive(serde::Serialize, Secure)]
/// #[secure(output)]
/// struct Note { #[secure(length(max = 64))] text: String }
///
/// let note = || Json(Note { text: "buy milk".into() });
/// let answer = Tagged::version(7, note()).respond(&Recipient::anybody());
/// assert_eq!((answer.status().as_u16(), &answer.headers()["etag"]), (200, &HeaderValue::from_static("\"7\"")));
///
/// let mut headers = HeaderMap::new();
/// headers.insert("if-none-match", HeaderValue::from_static("\"7\""));
/// let answer = Tagged::version(7, note()).respond(&Recipient::new(None, &Method::GET, &headers));
/// assert_eq!(answer.status(), 304);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged<T> {
    /// The tag of a version; without one, the bytes of the answer are hashed.
    tag: Option<EntityTag>,
    body: T,
}

impl<T> Tagged<T> {
    /// Tagged with its version, which [`IfMatch`](crate::input::IfMatch) is checked against. Every change of what is shown
    /// has to change the version. Where callers are shown different properties, [`Tagged::hashed`] tells them apart; it is no
    /// version to change. A version does both where it also says what its caller is: `version(format_args!("{n}-{role}"), ..)`.
    #[must_use]
    pub fn version(version: impl std::fmt::Display, body: T) -> Self {
        Self::with(EntityTag::of_version(version), body)
    }

    /// Tagged with this.
    #[must_use]
    pub const fn with(tag: EntityTag, body: T) -> Self {
        Self { tag: Some(tag), body }
    }

    /// Tagged with a hash of the bytes that this caller gets.
    #[must_use]
    pub const fn hashed(body: T) -> Self {
        Self { tag: None, body }
    }
}

impl<T: Respond> Respond for Tagged<T> {
    const DECLARED: () = T::DECLARED;

    fn respond(self, to: &Recipient<'_>) -> Answer {
        let reads = *to.method() == Method::GET || *to.method() == Method::HEAD;
        let condition = if reads { Condition::of(to.headers(), &header::IF_NONE_MATCH) } else { Ok(None) };
        let Ok(condition) = condition else { return Problem::no_list_of_tags("`If-None-Match`").into_answer() };
        let has = |tag: &EntityTag| condition.as_ref().is_some_and(|condition| condition.holds_weakly(tag));
        if let Some(tag) = self.tag.as_ref().filter(|tag| has(tag)) {
            return not_modified(tag);
        }
        let answer = self.body.respond(to);
        if !answer.status().is_success() {
            return answer;
        }
        match self.tag.or_else(|| answer.body().whole().map(|bytes| EntityTag::of_bytes(bytes))) {
            Some(tag) if has(&tag) => not_modified(&tag),
            Some(tag) => tagged(answer, &tag),
            // A stream has no bytes to hash yet.
            None => answer,
        }
    }

    fn document(operation: &mut Operation) {
        T::document(operation);
        operation.carries(Carried::Tag);
        NotModified::document(operation);
        operation.reads_if_none_match();
    }
}

/// `304 Not Modified`: the client has it already. [`Tagged`] answers it by itself.
///
/// ```
/// use palisade::respond::{EntityTag, NotModified, Recipient, Respond};
///
/// let answer = NotModified(EntityTag::of_version(7)).respond(&Recipient::anybody());
/// assert_eq!(answer.status(), 304);
/// assert_eq!(answer.headers()["etag"], "\"7\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotModified(pub EntityTag);

impl Respond for NotModified {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        not_modified(&self.0)
    }

    fn document(operation: &mut Operation) {
        operation.not_modified();
    }
}

fn not_modified(tag: &EntityTag) -> Answer {
    tagged(answer(StatusCode::NOT_MODIFIED, None, Some(Bytes::new())), tag)
}

fn tagged(mut answer: Answer, tag: &EntityTag) -> Answer {
    if let Some(value) = tag.value() {
        answer.headers_mut().insert(header::ETAG, value);
        // Who asks decides what is shown, so one caller's copy is not another's.
        answer.headers_mut().append(header::VARY, HeaderValue::from_static("Authorization"));
        answer.extensions_mut().insert(Revalidated);
    }
    answer
}
