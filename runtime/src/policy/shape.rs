//! What a type is on the wire, for whoever folds over it.

use std::any::TypeId;

use super::{Field, FileForm, Kind, Rules, Unknown, Variants};

/// The shape of a type. References to other types are functions, because recursive types would be a const cycle.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text, number or truth value.
    Scalar(Kind),
    /// A list, and the shape of its items.
    List(fn() -> Shape),
    /// A list whose length the type fixes.
    Array(fn() -> Shape, u64),
    /// A map, and the shapes of its keys and values.
    Map(fn() -> Shape, fn() -> Shape),
    /// `null`, or the shape.
    Nullable(fn() -> Shape),
    /// An object with these fields.
    Object {
        /// The name of the type.
        name: &'static str,
        /// Its fields in source order.
        fields: &'static [Field],
        /// What becomes of others.
        unknown: Unknown,
    },
    /// A type that is another on the wire, with rules of its own.
    Newtype(fn() -> Shape, &'static Rules),
    /// A list of values of different shapes, each at its own position.
    Tuple(&'static [Field]),
    /// A type that is used for the purpose that this type stands for.
    Grouped(fn() -> Shape, TypeId),
    /// One of these names.
    Choice(&'static [&'static str]),
    /// An enum with data.
    Variants(Variants),
    /// A type that its JSON Schema describes, and nothing else.
    Described(fn() -> &'static serde_json::Value),
    /// A file, which only a multipart body can hold.
    File(&'static FileForm),
    /// Anything; explained as a whole or not at all.
    Opaque,
}

impl Shape {
    /// An object with named fields.
    #[must_use]
    pub const fn object(name: &'static str, fields: &'static [Field], unknown: Unknown) -> Self {
        Self::Object { name, fields, unknown }
    }

    /// An enum without fields.
    #[must_use]
    pub const fn choice(names: &'static [&'static str]) -> Self {
        Self::Choice(names)
    }

    /// A type around another.
    #[must_use]
    pub const fn newtype(inner: fn() -> Self, rules: &'static Rules) -> Self {
        Self::Newtype(inner, rules)
    }

    /// A list of values of different shapes.
    #[must_use]
    pub const fn tuple(fields: &'static [Field]) -> Self {
        Self::Tuple(fields)
    }

    /// An enum with data.
    #[must_use]
    pub const fn variants(variants: Variants) -> Self {
        Self::Variants(variants)
    }

    /// A type that is not explained field by field.
    #[must_use]
    pub const fn opaque(_name: &'static str) -> Self {
        Self::Opaque
    }
}
