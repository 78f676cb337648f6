//! The proof that a field of a handler struct can be had from where it says that it comes from.

use crate::{
    policy::{Field, Kind, Message},
    value::Source,
};

/// Proves in const evaluation that a text, or the texts of a list, can be the value of `field`, whose type has the fields
/// `inner`. What can only be seen in the shape of the type is found when the gate opens.
///
/// # Panics
/// In const evaluation, with the field and the mend.
#[track_caller]
pub const fn assert_text(owner: &str, field: &'static Field, inner: &'static [Field], source: Source) {
    if field.declared_style().is_some() {
        return;
    }
    let what = match field.kind() {
        Kind::Object if holds_names(inner) => "an object",
        Kind::Map(..) => "a map",
        Kind::List(_) | Kind::Array(..) => match source {
            Source::Path | Source::Cookie => "a list",
            Source::Query | Source::Header | Source::Body => return,
        },
        Kind::Text
        | Kind::Integer(..)
        | Kind::Number
        | Kind::Boolean
        | Kind::Object
        | Kind::Choice
        | Kind::Formatted(_)
        | Kind::Opaque => return,
    };
    let mend = match source {
        Source::Query => "say `style = deep_object`, or take it as the body",
        Source::Path | Source::Header | Source::Cookie | Source::Body => {
            "write a type that is read from one text, or take it as the body"
        }
    };
    Message::new("`")
        .text(owner)
        .text(".")
        .text(field.name())
        .text("` is ")
        .text(what)
        .text(", and what stands in a ")
        .text(source.name())
        .text(" is a text: ")
        .text(mend)
        .panic();
}

/// Whether all fields stand under names of their own. Those of an enum that says nothing of its variant do not.
const fn holds_names(fields: &[Field]) -> bool {
    let mut at = 0;
    while at < fields.len() {
        if fields[at].is_flattened() {
            return false;
        }
        at += 1;
    }
    at != 0
}
