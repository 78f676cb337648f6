//! `Cookies<T>`: the cookies that a type declares, and no others (RFC 6265).

use std::any::Any;

use http::{HeaderMap, StatusCode, Version, header};
use serde::de::DeserializeOwned;

use super::{
    Argument, BodyBounds, Extract,
    names::{assert_cookie_names, flattened_cookie, is_token},
    object::AnyState,
};
use crate::{
    gate::{Reason, Refusal, Request},
    openapi::Operation,
    problem::Problem,
    value::{
        Input, Report, Secure, Source,
        decode::{
            fields::{Found, from_fields},
            misfit::Holds,
        },
        entrance::Entrance,
    },
};

/// Cookies, as a type that derives `Secure`.
///
/// Its names on the wire are those of the cookies, compared with case. A browser sends whatever it was given, so cookies
/// that nobody declared are ignored. A declared one that comes twice is refused, since whoever set the second may be a
/// neighbour; a pair that is none is refused whatever its name. Values are taken as they are: not percent-decoded, and
/// with the quotes around them.
///
/// ```
/// use palisade::prelude::*;
///
/// #[derive(serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Preferences {
///     #[secure(one_of(["light", "dark"]))]
///     theme: Option<String>,
/// }
///
/// #[secure(get = "/style", public = "a style sheet is for everybody", rate = "60/min per ip")]
/// async fn style(Cookies(preferences): Cookies<Preferences>) -> NoContent {
///     assert!(preferences.theme.is_none_or(|theme| theme.len() <= 5));
///     NoContent
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies<T>(pub T);

impl<T: Input + DeserializeOwned, E> Argument<E> for Cookies<T> {
    const DECLARED: () = assert_cookie_names(T::FIELDS);

    fn document(operation: &mut Operation) {
        operation.cookie_parameters::<T>();
    }

    fn longest() -> BodyBounds {
        BodyBounds::beside(T::shape(), Holds::Texts).or_misfit(|| flattened_cookie(T::shape()))
    }
}

impl<T: Input + DeserializeOwned + Send, S: AnyState, E> Extract<S, E> for Cookies<T> {
    async fn extract(request: &mut Request<'_, S>, _objects: &mut [&mut (dyn Any + Send)]) -> Option<Self> {
        match from_cookies(
            request.headers(),
            request.version(),
            Entrance::of(request.surroundings(), &request.sender()),
        ) {
            Some(Ok(value)) => Some(Self(value)),
            Some(Err(report)) => request.report(report, Source::Cookie),
            None => request.refuse(malformed()),
        }
    }
}

/// The value that cookies hold. `None` when they are none.
pub(super) fn from_cookies<T: Secure + DeserializeOwned>(
    headers: &HeaderMap,
    version: Version,
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    let mut pairs = Vec::new();
    for (at, field) in headers.get_all(header::COOKIE).iter().enumerate() {
        // Only where header fields are compressed may one be divided (RFC 9113, section 8.2.3).
        if 0 < at && version < Version::HTTP_2 {
            return None;
        }
        for pair in field.to_str().ok()?.split("; ") {
            pairs.push(pair_of(pair)?);
        }
    }
    from_fields(
        &mut |name, _wanted| {
            let values = pairs.iter().filter(|(known, _)| *known == name);
            values.map(|(_, value)| Some(Found::Text(sound(value)?.into()))).collect()
        },
        entrance,
    )
}

/// A name and a value, whatever is in it. Browsers keep values that no grammar allows, and they are somebody else's.
fn pair_of(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    // A text in quotes that goes on behind a semicolon would hide a cookie, or make one up.
    let is_open = value.starts_with('"') && (value.len() == 1 || !value.ends_with('"'));
    let is_pair = is_token(name) && !is_open && !value.contains([';', '\t']);
    is_pair.then_some((name, value))
}

/// The value, when it is of the grammar (RFC 6265, section 4.1.1).
fn sound(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    inner.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)).then_some(value)
}

fn malformed() -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Problem::fixed(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed",
            "the cookies are not pairs of a name and a value",
        ),
    )
}
