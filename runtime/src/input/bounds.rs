//! How large a body can be, computed from the bounds of its type.

use crate::policy::{Kind, Rules, Shape, Unknown};

/// What is known of a body before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyBounds {
    /// The most bytes it can need.
    pub bytes: u64,
}

impl BodyBounds {
    /// No body.
    pub const NONE: Self = Self { bytes: 0 };
    /// More than this is never read, whatever a type allows.
    pub const MOST: u64 = 16 * 1024 * 1024;

    /// The bounds of a JSON document of this shape, with room for white space.
    #[must_use]
    pub fn of(shape: Shape) -> Self {
        Self { bytes: longest_of(shape, &Rules::NONE, 0).saturating_add(WHITE_SPACE).min(Self::MOST) }
    }
}

/// The bounds of the largest of an endpoint's inputs.
pub fn longest(inputs: &[fn() -> BodyBounds]) -> BodyBounds {
    BodyBounds { bytes: inputs.iter().map(|input| input().bytes).max().unwrap_or(0) }
}

/// A code point is at worst a pair of `\uXXXX` escapes.
const ESCAPED: u64 = 12;
const NUMBER: u64 = 40;
const OPAQUE: u64 = 64 * 1024;
const WHITE_SPACE: u64 = 1024;
/// Beyond this depth a recursive type is counted as empty: the cap is reached long before.
const DEPTH: u32 = 8;

fn longest_of(shape: Shape, rules: &Rules, depth: u32) -> u64 {
    if DEPTH < depth {
        return 0;
    }
    if rules.unchecked_reason().is_some() {
        return OPAQUE;
    }
    let count = rules.longest().unwrap_or(0);
    match shape {
        Shape::Scalar(Kind::Text) => text(count),
        Shape::Scalar(_) => NUMBER,
        Shape::Choice(names) => text(names.iter().map(|name| name.len() as u64).max().unwrap_or(0)),
        Shape::Nullable(inner) => longest_of(inner(), rules, depth).max(4),
        Shape::Newtype(inner, own) => longest_of(inner(), own, depth).max(longest_of(inner(), rules, depth)),
        Shape::List(item) => {
            let item = longest_of(item(), rules.on_items().unwrap_or(&Rules::NONE), depth + 1);
            item.saturating_add(1).saturating_mul(count).saturating_add(2)
        }
        Shape::Map(value) => {
            let key = text(rules.on_keys().and_then(Rules::longest).unwrap_or(0));
            let value = longest_of(value(), rules.on_values().unwrap_or(&Rules::NONE), depth + 1);
            key.saturating_add(value).saturating_add(2).saturating_mul(count).saturating_add(2)
        }
        Shape::Object { fields, unknown, .. } => {
            let known = fields.iter().fold(2_u64, |sum, field| {
                let value = longest_of(field.shape(), field.rules(), depth + 1);
                sum.saturating_add(text(field.name().len() as u64)).saturating_add(value).saturating_add(2)
            });
            match unknown {
                Unknown::Refused => known,
                Unknown::Ignored => known.saturating_add(OPAQUE),
            }
        }
        Shape::Opaque => OPAQUE,
    }
}

fn text(count: u64) -> u64 {
    count.saturating_mul(ESCAPED).saturating_add(2)
}
