//! Whether a type can be spelled where a request holds names and texts only. What cannot is said before the first request.

use super::pairs::{Layout, layout};
use crate::policy::{Content, Field, Kind, Shape, Tagging, Variants};

/// A field that no request could spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    /// Its name on the wire; nothing for the type as a whole.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: &'static str,
    /// What to do about it.
    pub mend: &'static str,
}

/// What a part of a request can hold under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// One text: a cookie, a path segment.
    Texts,
    /// One text, or the items of a list: a header field.
    Lists,
    /// One text, the items of a list, or files: a multipart body.
    #[cfg(feature = "multipart")]
    Parts,
    /// Lists, and objects of a declared style: a query, a form.
    Objects,
}

/// The first field of `shape` that cannot be spelled.
pub(crate) fn misfit(shape: Shape, holds: Holds) -> Option<Misfit> {
    inside("", shape, holds, 0)
}

/// The first field in `shape` that is a file, which no JSON document can hold.
pub(crate) fn file(shape: Shape) -> Option<Misfit> {
    file_in("", shape, &mut Vec::new(), 0)
}

/// `seen` are the fields that were looked at: a type may hold itself.
fn file_in(name: &'static str, shape: Shape, seen: &mut Vec<*const Field>, depth: u32) -> Option<Misfit> {
    let fields = match shape {
        // A newtype around itself ends nowhere, and holds nothing.
        _ if super::bounds::DEPTH < depth => return None,
        Shape::Nullable(inner)
        | Shape::Newtype(inner, _)
        | Shape::Grouped(inner, _)
        | Shape::List(inner)
        | Shape::Array(inner, _)
        | Shape::Map(_, inner) => return file_in(name, inner(), seen, depth + 1),
        Shape::Object { fields, .. } | Shape::Tuple(fields) => fields,
        Shape::Variants(variants) => variants.fields(),
        Shape::File(_) => return Some(Misfit { field: name, what: FILE, mend: "take it with `Multipart<T>`" }),
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Described(_) | Shape::Opaque => return None,
    };
    if seen.contains(&fields.as_ptr()) {
        return None;
    }
    seen.push(fields.as_ptr());
    fields.iter().find_map(|field| file_in(field.name(), field.shape(), seen, 0))
}

const FILE: &str = "is a file, which only the parts of a multipart body are";

/// No more objects within objects are read than this.
const DEPTH: u32 = 4;

fn inside(name: &'static str, shape: Shape, holds: Holds, depth: u32) -> Option<Misfit> {
    if DEPTH < depth {
        let (what, mend) = ("holds objects more than 4 deep", "take it as the body");
        return Some(Misfit { field: name, what, mend });
    }
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => {
            inside(name, inner(), holds, depth)
        }
        Shape::Object { fields, .. } => fields.iter().find_map(|field| of_field(field, holds, depth)),
        Shape::Map(_, value) if holds == Holds::Objects => one_text(name, value()),
        // Which fields there are depends on the variant: serde reads each as a text, and refuses what is none.
        Shape::Variants(_) | Shape::Opaque if name.is_empty() => None,
        // A query and a form say what they hold. Elsewhere the fields have to be asked for, each by its name.
        Shape::Described(_) if name.is_empty() && holds == Holds::Objects => None,
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::File(_)
        | Shape::Described(_)
        | Shape::Opaque => {
            Some(Misfit { field: name, what: "has no fields with names", mend: "write a struct with named fields" })
        }
    }
}

fn of_field(field: &Field, holds: Holds, depth: u32) -> Option<Misfit> {
    let (name, shape) = (field.name(), field.shape());
    let says = |what, mend| Some(Misfit { field: name, what, mend });
    let styled = || says("has a style, which is for queries and forms", "remove `style`");
    match (layout(field), holds) {
        // What stands in a flattened type, serde keeps as texts.
        #[cfg(feature = "multipart")]
        (Layout::Flattened, Holds::Parts) => kept(shape, depth).or_else(|| inside("", shape, Holds::Lists, depth + 1)),
        #[cfg(feature = "multipart")]
        (Layout::Text | Layout::Repeated, Holds::Parts) if holds_files(shape) => None,
        (Layout::Flattened, _) => kept(shape, depth).or_else(|| inside("", shape, holds, depth + 1)),
        (Layout::Text, _) => one_text(name, shape),
        #[cfg(feature = "multipart")]
        (Layout::Repeated, Holds::Parts) => items(name, shape),
        #[cfg(feature = "multipart")]
        (Layout::Commas | Layout::Members, Holds::Parts) => styled(),
        (Layout::Repeated, Holds::Lists | Holds::Objects) => items(name, shape),
        (Layout::Commas, Holds::Objects) => items(name, shape),
        (Layout::Members, Holds::Objects) => inside(name, shape, holds, depth + 1),
        (Layout::Repeated, Holds::Texts) => says("is a list, and one text is all it can be", LIST),
        (Layout::Commas | Layout::Members, Holds::Texts | Holds::Lists) => styled(),
    }
}

/// The first field of a flattened type that no text is decoded as: serde keeps what it flattens, and no longer knows then that a
/// text may mean a number.
fn kept(shape: Shape, depth: u32) -> Option<Misfit> {
    let says = |field| {
        let (what, mend) =
            ("stands in a flattened type, where serde keeps texts", "write the field out, or take it as the body");
        Some(Misfit { field, what, mend })
    };
    match shape {
        _ if DEPTH < depth => None,
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => kept(inner(), depth),
        Shape::Object { fields, .. } => fields.iter().find_map(|field| match layout(field) {
            Layout::Flattened => kept(field.shape(), depth + 1),
            _ if is_number(field.shape()) => says(field.name()),
            _ => None,
        }),
        Shape::Map(_, value) if is_number(value()) => says(""),
        _ => None,
    }
}

/// Whether a text has to be read as a number or a truth value.
fn is_number(shape: Shape) -> bool {
    match shape {
        Shape::Nullable(inner)
        | Shape::Newtype(inner, _)
        | Shape::Grouped(inner, _)
        | Shape::List(inner)
        | Shape::Array(inner, _) => is_number(inner()),
        Shape::Scalar(kind) => matches!(kind, Kind::Integer(..) | Kind::Number | Kind::Boolean),
        _ => false,
    }
}

const LIST: &str = "write a type that is read from one text, or take the list in the query or the body";

#[cfg(feature = "multipart")]
fn holds_files(shape: Shape) -> bool {
    match shape {
        Shape::Nullable(inner)
        | Shape::Newtype(inner, _)
        | Shape::Grouped(inner, _)
        | Shape::List(inner)
        | Shape::Array(inner, _) => holds_files(inner()),
        Shape::File(_) => true,
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::Opaque => false,
    }
}

/// What stands under a name that is there once.
fn one_text(name: &'static str, shape: Shape) -> Option<Misfit> {
    let says = |what, mend| Some(Misfit { field: name, what, mend });
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => one_text(name, inner()),
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Opaque => None,
        Shape::Object { .. } | Shape::Map(..) => {
            says("is an object, and nothing says how it is spelled", "say `#[secure(style = deep_object)]` on it")
        }
        Shape::Variants(variants) if is_text(&variants) => None,
        Shape::Described(_) => {
            says("is described by a schema alone, and nothing says how it is spelled", "take it as the body")
        }
        Shape::File(_) => says(FILE, "take it with `Multipart<T>`"),
        Shape::Variants(_) => says("is an enum with data, which no text spells", "take it as the body"),
        Shape::List(_) | Shape::Array(..) | Shape::Tuple(_) => says("holds lists, and a text is no list", LIST),
    }
}

/// Whether a text may be a value of the enum.
fn is_text(variants: &Variants) -> bool {
    match variants.tagging() {
        Tagging::Untagged => true,
        Tagging::External => variants.each().all(|(variant, _)| variant.form() == Content::Unit),
        Tagging::Internal(_) | Tagging::Adjacent(..) => false,
    }
}

fn items(name: &'static str, shape: Shape) -> Option<Misfit> {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => items(name, inner()),
        Shape::List(item) | Shape::Array(item, _) => one_text(name, item()),
        Shape::Tuple(fields) => fields.iter().find_map(|field| one_text(name, field.shape())),
        Shape::Opaque => None,
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_) => {
            Some(Misfit { field: name, what: "is no list, and its style is that of one", mend: "remove `style`" })
        }
    }
}
