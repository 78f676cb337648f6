//! What kind of value a Rust type is on the wire, as far as bounds are concerned.

/// The kind of a field's type. Wrappers such as `Option` and `Box` are of the kind of what they wrap.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text, unbounded by its type.
    Text,
    /// A whole number between these two, both included.
    Integer(i128, i128),
    /// A floating-point number.
    Number,
    /// True or false.
    Boolean,
    /// A list of any length; the kind of its items.
    List(&'static Kind),
    /// A list whose length the type fixes; the kind of its items and how many.
    Array(&'static Kind, u64),
    /// A map of any size; the kinds of its keys and values.
    Map(&'static Kind, &'static Kind),
    /// A type that derives `Secure` and so bounds itself.
    Object,
    /// One of a fixed list of names: an enum without fields.
    Choice,
    /// Anything: only allowed where the declaration gives a reason.
    Opaque,
}
