//! The declared fields of a type, looked up one by one where a request holds more than a type asks for.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::{
    examined::from_tree,
    pairs::{Layout, layout},
    tree::Tree,
};
use crate::{
    policy::{Field, Shape},
    value::{Report, Secure, entrance::Entrance},
};

/// What stands under the name of a declared field.
pub(crate) enum Found<'a> {
    /// One text.
    Text(Cow<'a, str>),
    /// The items of a list.
    List(Vec<Cow<'a, str>>),
}

/// What a field can hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One text.
    Text,
    /// A list of texts.
    List,
}

/// Looks up everything that stands under a name; more than one is a duplicate. `None` when something is broken.
pub(crate) type Find<'f, 'a> = &'f mut dyn FnMut(&'static str, Wanted) -> Option<Vec<Found<'a>>>;

/// A value whose fields are looked up, each by every name it has. `None` when something is broken.
pub(crate) fn from_fields<T: Secure + DeserializeOwned>(
    find: Find<'_, '_>,
    entrance: Entrance<'_>,
) -> Option<Result<T, Report>> {
    let mut members = Vec::new();
    collect(T::shape(), find, &mut members)?;
    Some(from_tree(&Tree::Object(members), entrance))
}

fn collect<'a>(shape: Shape, find: Find<'_, 'a>, members: &mut Vec<(Cow<'a, str>, Tree<'a>)>) -> Option<()> {
    for field in declared(shape) {
        let wanted = match layout(field) {
            Layout::Flattened => {
                collect(field.shape(), find, members)?;
                continue;
            }
            Layout::Repeated | Layout::Commas => Wanted::List,
            Layout::Text | Layout::Members => Wanted::Text,
        };
        for name in field.names() {
            members.extend(find(name, wanted)?.into_iter().map(|found| (Cow::Borrowed(name), found.into())));
        }
    }
    Some(())
}

/// The fields of an object.
pub(crate) fn declared(shape: Shape) -> &'static [Field] {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => declared(inner()),
        Shape::Object { fields, .. } => fields,
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::File(_)
        | Shape::Described(_)
        | Shape::Opaque => &[],
    }
}

impl<'a> From<Found<'a>> for Tree<'a> {
    fn from(found: Found<'a>) -> Self {
        match found {
            Found::Text(text) => Self::Lexical(text),
            Found::List(items) => Self::List(items.into_iter().map(Self::Lexical).collect()),
        }
    }
}
