//! The parsers of what untrusted requests hold, each by itself, so that fuzz targets can ask them.

use http::{HeaderMap, Version};
use serde::de::DeserializeOwned;

use super::{content_type::MediaType, cookies::from_cookies, spelled::from_urlencoded};
use crate::value::{Report, Secure, entrance::Entrance};

/// The value of a query or form. `None` when it is malformed.
#[must_use]
pub fn read_query<T: Secure + DeserializeOwned>(query: &str) -> Option<Result<T, Report>> {
    from_urlencoded(query, Entrance::OWN)
}

/// The value of the cookies of a request. `None` when they are malformed.
#[must_use]
pub fn read_cookies<T: Secure + DeserializeOwned>(headers: &HeaderMap, version: Version) -> Option<Result<T, Report>> {
    from_cookies(headers, version, Entrance::OWN)
}

/// The names of the media types that a content type declares: one, or none.
pub fn read_content_type(declared: &str) -> impl Iterator<Item = &'static str> {
    let all = [MediaType::Json, MediaType::Form, MediaType::Text, MediaType::Octets];
    all.into_iter().filter(|media_type| media_type.is(declared)).map(MediaType::name)
}
