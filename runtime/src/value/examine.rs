//! The ways to a checked value where there is no gate: from a value, from JSON, from names and texts.

use std::borrow::Cow;

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Input, Path, Report, Secure, Surroundings, Valid, declared,
    decode::{
        bounds,
        examined::from_pairs,
        json::{Undecoded, examine_json},
    },
    entrance::Entrance,
    refuse_here,
};
use crate::rules::standing::Standing;

/// Cleans a value, then checks it.
///
/// ```
/// # use palisade::prelude::*;
/// # #[derive(Secure)]
/// # #[secure(output)]
/// # struct Tag { #[secure(trim, length(max = 3))] name: String }
/// let mut tag = Tag { name: " a ".into() };
/// assert!(palisade::value::examine(&mut tag).is_empty());
/// assert_eq!(tag.name, "a");
/// ```
pub fn examine<T: Secure>(value: &mut T) -> Report {
    examine_in(value, Surroundings::NONE)
}

/// Cleans a value, then checks it in these surroundings: at a time of your choice.
///
/// ```
/// # use palisade::{prelude::*, value::Surroundings};
/// # #[derive(Secure)]
/// # #[secure(output)]
/// # struct Tag { #[secure(trim, length(max = 3))] name: String }
/// let mut tag = Tag { name: " a ".into() };
/// assert!(palisade::value::examine_in(&mut tag, Surroundings::at(1_800_000_000)).is_empty());
/// ```
pub fn examine_in<T: Secure>(value: &mut T, surroundings: Surroundings) -> Report {
    value.clean();
    checked(value, surroundings)
}

/// Checks a value as it stands, and changes nothing.
///
/// It is not cleaned, so this says less than [`Valid::new`]: a text of spaces has a length, and loses it to `trim`. Use it
/// to ask about a value that was clean once, such as one read back from a store; to let one in, use [`Valid::new`].
///
/// ```
/// # use palisade::{prelude::*, value::{Valid, check}};
/// # #[derive(Debug, Secure)]
/// # #[secure(output)]
/// # struct Tag { #[secure(trim, length(min = 1, max = 3))] name: String }
/// assert!(check(&Tag { name: "abcd".into() }).is_err());
///
/// let blank = Tag { name: "  ".into() };
/// assert!(check(&blank).is_ok());
/// assert!(Valid::new(blank).is_err());
/// ```
///
/// # Errors
/// Everything that is wrong with it.
pub fn check<T: Secure>(value: &T) -> Result<(), Report> {
    const { declared(T::FIELDS) };
    let report = checked(value, Surroundings::NONE);
    if report.is_empty() { Ok(()) } else { Err(report) }
}

/// The value in a JSON document, as the body of a request is read: bounded in size, decoded strictly, cleaned and checked.
///
/// What is wrong is said all at once, types and missing fields included, and never with the value.
///
/// ```
/// use palisade::{prelude::*, value::from_json};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct NewOrder {
///     #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
///     sku: String,
///     #[secure(range(min = 1, max = 1_000))]
///     quantity: u32,
/// }
///
/// let order = from_json::<NewOrder>(r#"{"sku":"ABC-0042","quantity":2}"#)?;
/// assert_eq!(order.quantity, 2);
///
/// let report = from_json::<NewOrder>(r#"{"quantity":"two","price":1}"#).unwrap_err();
/// let codes: Vec<_> = report.violations().map(|found| (found.pointer(), found.code())).collect();
/// assert_eq!(codes, [("/sku".into(), "missing"), ("/quantity".into(), "type"), ("/price".into(), "unknown")]);
/// # Ok::<(), palisade::value::Report>(())
/// ```
///
/// Texts that stay in the document are not copied out of it: a `&str` is refused where its text has escapes, a `Cow<str>`
/// with `#[serde(borrow)]` is copied there, and where a cleaning step changes it.
///
/// ```
/// use std::borrow::Cow;
///
/// use palisade::{prelude::*, value::{Valid, from_json}};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields)]
/// struct Scan<'a> {
///     #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
///     sku: &'a str,
///     #[secure(trim, length(max = 80))]
///     #[serde(borrow)]
///     note: Cow<'a, str>,
/// }
///
/// let document = String::from(r#"{"sku":"ABC-0042","note":"fragile"}"#);
/// let scan: Valid<Scan<'_>> = from_json(&document)?;
/// assert!(document.as_bytes().as_ptr_range().contains(&scan.sku.as_ptr()));
/// assert!(matches!(scan.note, Cow::Borrowed("fragile")));
/// # Ok::<(), palisade::value::Report>(())
/// ```
///
/// # Errors
/// Everything that is wrong with it. What is no JSON in UTF-8 is `malformed`, what is longer than any value of the type
/// can be is `too_large`, both at the whole document.
pub fn from_json<'a, T: Input + Deserialize<'a>>(
    document: &'a (impl AsRef<[u8]> + ?Sized),
) -> Result<Valid<T>, Report> {
    const { declared(T::FIELDS) };
    let document = document.as_ref();
    if !bounds::may_be_long(T::shape, document.len() as u64) {
        return Err(refused(&Standing::TooLarge));
    }
    match examine_json(document, Entrance::OWN) {
        Ok(value) => Ok(Valid::proven(value)),
        Err(Undecoded::Malformed) => Err(refused(&Standing::Malformed)),
        Err(Undecoded::Refused(report)) => Err(report),
    }
}

/// The value that names and texts hold, as a query is read: from an environment, a command line, a form.
///
/// ```
/// use palisade::{prelude::*, value::from_texts};
///
/// #[derive(Debug, serde::Deserialize, Secure)]
/// #[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
/// struct Settings {
///     #[secure(range(min = 1_024))]
///     port: u16,
/// }
///
/// assert_eq!(from_texts::<Settings>([("PORT", "8080")])?.port, 8_080);
/// let report = from_texts::<Settings>([("PORT", "eighty")]).unwrap_err();
/// assert_eq!(report.to_string(), "/PORT must be an integer (type)");
/// # Ok::<(), palisade::value::Report>(())
/// ```
///
/// # Errors
/// Everything that is wrong with it. More texts than any value of the type is spelled with are `too_large`.
pub fn from_texts<'a, T: Input + DeserializeOwned>(
    pairs: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, impl Into<Cow<'a, str>>)>,
) -> Result<Valid<T>, Report> {
    const { declared(T::FIELDS) };
    let pairs: Vec<_> = pairs.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
    match from_pairs(&pairs, Entrance::OWN) {
        Some(value) => value.map(Valid::proven),
        None => Err(refused(&Standing::TooLarge)),
    }
}

#[inline]
fn checked<T: Secure>(value: &T, surroundings: Surroundings) -> Report {
    let mut report = Report::in_surroundings(surroundings);
    value.check(&Path::root(), &mut report);
    if !report.is_empty() {
        report.hide_sensitive(T::shape());
    }
    report
}

fn refused(standing: &'static Standing) -> Report {
    let mut report = Report::new();
    refuse_here(&mut report, &Path::root(), standing);
    report
}
