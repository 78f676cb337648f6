//! `303 See Other`: what was asked for is to be read elsewhere.

use bytes::Bytes;
use http::{StatusCode, header};

use super::{Answer, Recipient, Respond, answer, location::Location};
use crate::{
    openapi::{Carried, Operation},
    problem::Problem,
};

/// `303 See Other`. Data never chooses the site that a client is sent to: it is this one, or a constant.
///
/// ```
/// use palisade::{prelude::*, respond::{Recipient, Respond, SeeOther}};
///
/// let answer = SeeOther::within("/orders/7").respond(&Recipient::anybody());
/// assert_eq!(answer.status(), 303);
/// assert_eq!(answer.headers()["location"], "/orders/7");
///
/// let answer = SeeOther::within("//evil.example/orders").respond(&Recipient::anybody());
/// assert_eq!(answer.headers()["location"], "/evil.example/orders");
///
/// let answer = SeeOther::at("https://id.shop.example", "/login?hint=a b").respond(&Recipient::anybody());
/// assert_eq!(answer.headers()["location"], "https://id.shop.example/login?hint=a%20b");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeeOther {
    location: Location,
}

impl SeeOther {
    /// On this site. What names another one is read as a path.
    #[must_use]
    pub fn within(location: impl AsRef<str>) -> Self {
        Self { location: Location::within(location.as_ref()) }
    }

    /// On a site that is known when the program is written: `origin` is a scheme and an authority.
    #[must_use]
    pub fn at(origin: &'static str, path: impl AsRef<str>) -> Self {
        // The slash ends the authority, so that the path cannot add to it.
        let path = Location::within(path.as_ref());
        let path = path.as_str().trim_start_matches('/');
        Self { location: Location::of(&format!("{}/{path}", origin.trim_end_matches('/'))) }
    }
}

impl Respond for SeeOther {
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        let Some(location) = self.location.value() else { return Problem::internal().into_answer() };
        let mut answer = answer(StatusCode::SEE_OTHER, None, Some(Bytes::new()));
        answer.headers_mut().insert(header::LOCATION, location);
        answer
    }

    fn document(operation: &mut Operation) {
        operation.empty_answer(StatusCode::SEE_OTHER);
        operation.carries(Carried::Other);
    }
}
