//! Which field of a type a part is for, and what the field holds.

use crate::{
    policy::{Field, FileForm, Rules, Shape},
    value::decode::bounds::longest_part,
};

/// The field that a part is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) count: Count,
    pub(super) holds: Holds,
}

/// How many parts of its name there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    One,
    UpTo(u64),
}

/// What each of them holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    /// A text of at most so many bytes.
    Text(u64),
    File(&'static FileForm),
}

/// The place of a part of this name.
pub(super) fn place(shape: Shape, name: &str) -> Option<Place> {
    match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => place(inner(), name),
        Shape::Object { fields, .. } => fields.iter().find_map(|field| {
            if field.is_flattened() {
                place(field.shape(), name)
            } else {
                field.answers_to(name).then(|| Place::of(field))
            }
        }),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => None,
    }
}

impl Place {
    fn of(field: &Field) -> Self {
        let (count, holds) = held(field.shape(), field.rules());
        Self { name: field.name(), count, holds }
    }
}

fn held(shape: Shape, rules: &Rules) -> (Count, Holds) {
    match shape {
        Shape::Nullable(inner) | Shape::Grouped(inner, _) => held(inner(), rules),
        Shape::Newtype(inner, own) => match rules.longest() {
            Some(_) => held(inner(), rules),
            None => held(inner(), own),
        },
        Shape::List(item) => {
            let (_, holds) = held(item(), rules.on_items().unwrap_or(&Rules::NONE));
            (Count::UpTo(rules.longest().unwrap_or(0)), holds)
        }
        Shape::Array(item, count) => {
            let (_, holds) = held(item(), rules.on_items().unwrap_or(&Rules::NONE));
            (Count::UpTo(count), holds)
        }
        Shape::File(form) => (Count::One, Holds::File(form)),
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Object { .. }
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::Opaque => (Count::One, Holds::Text(longest_part(shape, rules))),
    }
}
