//! What follows decoding, whatever was decoded: a value is cleaned and checked, and what did not decode is explained.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::{
    explain::explain,
    pairs::{self, Decode},
    spelled::Spelled,
    tree::Tree,
};
use crate::{
    rules::standing::Standing,
    value::{Path, Report, Secure, Surroundings, Value, entrance::Entrance, examine_in},
};

/// A name and a text, as queries and paths hold them.
pub(crate) type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// The value, clean and sound; else what is wrong with it.
#[inline]
pub(crate) fn examined<T: Secure>(mut value: T, surroundings: Surroundings) -> Result<T, Report> {
    let report = examine_in(&mut value, surroundings);
    if report.is_empty() { Ok(value) } else { Err(report) }
}

/// The same for a value that enters, and that its sender may not all have written.
#[inline]
pub(crate) fn entered<T: Secure>(mut value: T, entrance: Entrance<'_>) -> Result<T, Report> {
    let mut report = examine_in(&mut value, entrance.surroundings());
    entrance.judge(&value, &mut report);
    if report.is_empty() { Ok(value) } else { Err(report) }
}

/// The same for a constructor of the user's own type, wherever that is called.
pub fn sound<T: Secure>(value: T) -> Result<T, Report> {
    examined(value, Surroundings::NONE)
}

/// What is wrong with a document that did not decode.
#[cold]
pub(super) fn undecodable<T: Value>(tree: &Tree<'_>, surroundings: Surroundings) -> Report {
    let report = explanation::<T>(tree, surroundings);
    // Refused by the user's own decoding, which the shape does not know.
    if report.is_empty() { unexplained() } else { report }
}

/// What the shape says against a document.
pub(super) fn explanation<T: Value>(tree: &Tree<'_>, surroundings: Surroundings) -> Report {
    let mut report = Report::in_surroundings(surroundings);
    explain(tree, T::shape(), &mut report);
    if !report.is_empty() {
        report.hide_sensitive(T::shape());
    }
    report
}

/// A report that names no place.
pub(super) fn unexplained() -> Report {
    let mut report = Report::new();
    report.refuse_value(&Path::root(), &Standing::Undecodable, false);
    report
}

/// A value from the texts that spell it.
pub(super) fn from_tree<T: Secure + DeserializeOwned>(tree: &Tree<'_>, entrance: Entrance<'_>) -> Result<T, Report> {
    match T::deserialize(Spelled(tree)) {
        Ok(value) => entered(value, entrance),
        Err(_) => Err(undecodable::<T>(tree, entrance.surroundings())),
    }
}

/// The fields of a type from names and texts that are decoded already. `None` when there are more than it can take.
pub(crate) fn from_pairs<T: Secure + DeserializeOwned>(
    pairs: &[Pair<'_>],
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    let pairs = pairs.iter().map(|(name, text)| (&**name, &**text));
    from_spelled(pairs, |text| Some(Cow::Borrowed(text)), entrance)
}

/// The fields of a type from names and texts as they are spelled. `None` when one is broken, or there are more than it
/// can take.
pub(crate) fn from_spelled<'a, T: Secure + DeserializeOwned>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    decode: Decode,
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    Some(from_tree(&pairs::tree(pairs, decode, T::shape())?, entrance))
}
