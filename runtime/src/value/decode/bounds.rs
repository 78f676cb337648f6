//! How large a document can be, computed from the bounds of its type.

use super::described;
#[cfg(feature = "gate")]
use super::pairs;
use crate::policy::{Field, Kind, Rules, Shape, Unknown};

/// More than this is never read, whatever a type allows.
pub(crate) const MOST: u64 = 16 * 1024 * 1024;

/// The most bytes that a JSON document of this shape needs, with room for white space.
pub(crate) fn longest(shape: Shape) -> u64 {
    longest_of(shape, &Rules::NONE, 0).saturating_add(WHITE_SPACE).min(MOST)
}

/// Whether a document of this shape can have so many bytes.
pub(crate) fn may_be_long(shape: fn() -> Shape, bytes: u64) -> bool {
    // So few that any shape can, as nearly every document has: nothing needs to be added up.
    bytes <= WHITE_SPACE || bytes <= longest(shape())
}

/// The most bytes that a form needs which spells a value of this shape: percent-encoded, a byte takes three, and what JSON
/// takes for quotes, commas and colons is more than `=` and `&` are. A repeated name takes its length each time.
#[cfg(feature = "gate")]
pub(crate) fn longest_form(shape: Shape) -> u64 {
    let names = pairs::most(shape).saturating_mul(longest_name(shape, 0)).saturating_mul(3);
    longest(shape).saturating_add(names).min(MOST)
}

/// The longest name of a field, with the names of those around it.
#[cfg(feature = "gate")]
fn longest_name(shape: Shape, depth: u32) -> u64 {
    match shape {
        _ if DEPTH < depth => 0,
        Shape::Nullable(inner) | Shape::Grouped(inner, _) | Shape::Newtype(inner, _) => longest_name(inner(), depth),
        Shape::Object { fields, .. } => {
            let names = fields.iter().map(|field| {
                let own = field.names().map(str::len).max().unwrap_or(0) as u64;
                own.saturating_add(2).saturating_add(longest_name(field.shape(), depth + 4))
            });
            names.max().unwrap_or(0)
        }
        Shape::Map(..) => KEY,
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Array(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::File(_)
        | Shape::Opaque => 0,
    }
}

/// The most bytes that a multipart body of this shape needs. It is never whole in memory, so nothing caps it but its files.
#[cfg(feature = "multipart")]
pub(crate) fn longest_multipart(shape: Shape) -> u64 {
    longest_form_of_parts(shape, 0)
}

#[cfg(feature = "multipart")]
fn longest_form_of_parts(shape: Shape, depth: u32) -> u64 {
    let fields = match shape {
        Shape::Nullable(inner) | Shape::Newtype(inner, _) | Shape::Grouped(inner, _) => {
            return longest_form_of_parts(inner(), depth);
        }
        // Objects stand in objects only where they are flattened, which no recursive one can be.
        Shape::Object { fields, .. } if depth <= FLATTENED => fields,
        _ => &[],
    };
    fields.iter().fold(WHITE_SPACE, |sum, field| sum.saturating_add(longest_parts(field.shape(), field.rules(), depth)))
}

/// The most bytes of the parts of one field, with what stands around each.
#[cfg(feature = "multipart")]
fn longest_parts(shape: Shape, rules: &Rules, depth: u32) -> u64 {
    match shape {
        Shape::Nullable(inner) | Shape::Grouped(inner, _) => longest_parts(inner(), rules, depth),
        Shape::Newtype(inner, own) => longest_parts(inner(), own, depth).max(longest_parts(inner(), rules, depth)),
        Shape::List(item) => {
            let item = longest_parts(item(), rules.on_items().unwrap_or(&Rules::NONE), depth);
            item.saturating_mul(rules.longest().unwrap_or(0))
        }
        Shape::Array(item, count) => {
            longest_parts(item(), rules.on_items().unwrap_or(&Rules::NONE), depth).saturating_mul(count)
        }
        Shape::File(form) => form.size().longest().saturating_add(PART),
        Shape::Object { .. } => longest_form_of_parts(shape, depth + 1),
        Shape::Scalar(_)
        | Shape::Map(..)
        | Shape::Tuple(_)
        | Shape::Choice(_)
        | Shape::Variants(_)
        | Shape::Described(_)
        | Shape::Opaque => longest_part(shape, rules).saturating_add(PART),
    }
}

/// The most bytes of a text that stands as it is, without escapes.
#[cfg(feature = "multipart")]
pub(crate) fn longest_part(shape: Shape, rules: &Rules) -> u64 {
    (longest_of(shape, rules, 0) / (ESCAPED / UTF_8)).clamp(NUMBER, MOST)
}

/// No more objects are flattened into each other than this, as `misfit` says when the gate opens.
#[cfg(feature = "multipart")]
const FLATTENED: u32 = 4;
/// A code point of UTF-8 at worst.
#[cfg(feature = "multipart")]
const UTF_8: u64 = 4;
/// The boundary and the header fields of a part.
#[cfg(feature = "multipart")]
const PART: u64 = 1024;

/// A code point is at worst a pair of `\uXXXX` escapes.
pub(super) const ESCAPED: u64 = 12;
pub(super) const NUMBER: u64 = 40;
pub(super) const OPAQUE: u64 = 64 * 1024;
const WHITE_SPACE: u64 = 1024;
/// A key about which nothing is said here has rules of its own type.
const KEY: u64 = 1024;
/// A type that goes deeper than this is taken to be recursive, and so without a bound of its own: the cap is its bound.
pub(super) const DEPTH: u32 = 16;

fn longest_of(shape: Shape, rules: &Rules, depth: u32) -> u64 {
    if DEPTH < depth {
        return MOST;
    }
    if rules.unchecked_reason().is_some() {
        return OPAQUE;
    }
    let count = rules.longest().unwrap_or(0);
    match shape {
        Shape::Scalar(Kind::Text) => text(count),
        Shape::Scalar(Kind::Formatted(form)) => text(form.longest()),
        Shape::Scalar(_) => NUMBER,
        Shape::Choice(names) => text(names.iter().map(|name| name.len() as u64).max().unwrap_or(0)),
        Shape::Nullable(inner) => longest_of(inner(), rules, depth).max(4),
        Shape::Newtype(inner, own) => longest_of(inner(), own, depth).max(longest_of(inner(), rules, depth)),
        Shape::Grouped(inner, _) => longest_of(inner(), rules, depth),
        Shape::Tuple(fields) => object(fields, depth),
        Shape::List(item) => list(item(), count, rules, depth),
        Shape::Array(item, count) => list(item(), count, rules, depth),
        Shape::Map(key, value) => {
            let key = longest_key(key(), rules.on_keys().unwrap_or(&Rules::NONE));
            let value = longest_of(value(), rules.on_values().unwrap_or(&Rules::NONE), depth + 1);
            key.saturating_add(value).saturating_add(2).saturating_mul(count).saturating_add(2)
        }
        Shape::Object { fields, unknown, .. } => {
            let known = object(fields, depth);
            match unknown {
                Unknown::Refused => known,
                Unknown::Ignored => known.saturating_add(OPAQUE),
            }
        }
        // Each variant has some of these fields, and its name.
        Shape::Variants(variants) => object(variants.fields(), depth).saturating_add(WHITE_SPACE),
        Shape::Described(schema) => described::longest(schema()),
        // Only a multipart body holds files, and is measured otherwise.
        Shape::File(_) => 0,
        Shape::Opaque => OPAQUE,
    }
}

/// A key is a text, whatever it stands for.
fn longest_key(shape: Shape, rules: &Rules) -> u64 {
    match (shape, rules.longest()) {
        (Shape::Newtype(inner, own), None) => longest_key(inner(), own),
        (
            Shape::Choice(_) | Shape::Scalar(Kind::Integer(..) | Kind::Boolean | Kind::Choice | Kind::Formatted(_)),
            _,
        ) => longest_of(shape, rules, 0).saturating_add(2),
        (_, longest) => text(longest.unwrap_or(KEY)),
    }
}

fn list(item: Shape, count: u64, rules: &Rules, depth: u32) -> u64 {
    let item = longest_of(item, rules.on_items().unwrap_or(&Rules::NONE), depth + 1);
    item.saturating_add(1).saturating_mul(count).saturating_add(2)
}

fn object(fields: &[Field], depth: u32) -> u64 {
    let mut sum = 2_u64;
    for field in fields {
        let value = longest_of(field.shape(), field.rules(), depth + 1);
        sum = sum.saturating_add(text(field.name().len() as u64)).saturating_add(value).saturating_add(2);
        // Two recursive fields at each of many levels would take for ever to add up.
        if MOST <= sum {
            return MOST;
        }
    }
    sum
}

fn text(count: u64) -> u64 {
    count.saturating_mul(ESCAPED).saturating_add(2)
}
