//! Types with type, const and lifetime parameters.

use std::borrow::Cow;

use palisade::prelude::*;

/// A page of anything that is declared.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub struct Page<T> {
    #[secure(length(max = 2))]
    items: Vec<T>,
    next: Option<T>,
}

/// A grid with its own predicates.
#[derive(serde::Serialize, Secure)]
#[secure(output)]
pub struct Grid<T: Clone, const N: usize>
where
    Option<T>: Send,
    [(); N]: Sized,
{
    rows: [T; 2],
}

/// A note that borrows from the request.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub struct Note<'a> {
    #[serde(borrow)]
    #[secure(trim, length(min = 1, max = 4))]
    text: Cow<'a, str>,
    #[secure(length(max = 4))]
    label: &'a str,
}

/// A name.
#[derive(Clone, serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(transparent)]
pub struct Name(#[secure(length(max = 4))] String);

/// A choice of anything.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub enum Either<L, R> {
    /// The one.
    TheOne(L),
    /// The other.
    TheOther {
        /// What it is.
        what: R,
    },
}

/// Turns a page.
#[secure(post = "/pages", public = "a library", rate = "1/s per ip")]
async fn turn(Json(page): Json<Page<Name>>) -> Json<Either<Page<Name>, Name>> {
    Json(Either::TheOne(page))
}

/// Pages.
#[secure(title = "Pages", version = "1.0.0", endpoints(turn))]
pub struct Pages;

#[test]
fn parameters_are_carried_along() {
    let long = || Name("12345".into());
    assert_eq!(super::refused(Page { items: vec![long()], next: Some(long()) }), ["/items/0", "/next"]);
    assert_eq!(super::refused(Grid::<_, 3> { rows: [long(), long()] }), ["/rows/0", "/rows/1"]);
    assert_eq!(super::refused(Note { text: Cow::Borrowed(" "), label: "12345" }), ["/text", "/label"]);
    assert_eq!(super::refused(Either::<Name, Name>::TheOne(long())), ["/theOne"]);
    assert_eq!(super::refused(Either::<Name, Name>::TheOther { what: long() }), ["/theOther/what"]);
    assert_eq!(Pages::POLICY.title(), "Pages");
}
