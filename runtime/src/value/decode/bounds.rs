//! How large a document can be, computed from the bounds of its type.

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

/// A code point is at worst a pair of `\uXXXX` escapes.
const ESCAPED: u64 = 12;
const NUMBER: u64 = 40;
const OPAQUE: u64 = 64 * 1024;
const WHITE_SPACE: u64 = 1024;
/// A key about which nothing is said here has rules of its own type.
const KEY: u64 = 1024;
/// A type that goes deeper than this is taken to be recursive, and so without a bound of its own: the cap is its bound.
const DEPTH: u32 = 16;

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
