//! Names and texts in percent-encoding, as queries and forms hold them.

use serde::de::DeserializeOwned;

use super::percent::decode;
use crate::value::{Report, Secure, decode::examined::from_spelled, entrance::Entrance};

/// The value that names and texts spell. `None` when they are not percent-encoded UTF-8, or more than it can take.
pub(super) fn from_urlencoded<T: Secure + DeserializeOwned>(
    text: &str,
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    from_spelled(pairs, |text| decode(text, true), entrance)
}
