//! How large a body can be, before it is read.

use crate::{policy::Shape, value::decode::bounds};

/// What is known of a body before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyBounds {
    /// The most bytes it can need.
    pub bytes: u64,
    /// How many inputs read it. A body is read once.
    pub readers: u32,
}

impl BodyBounds {
    /// No body.
    pub const NONE: Self = Self { bytes: 0, readers: 0 };
    /// More than this is never held as a whole, whatever a type allows.
    pub const MOST: u64 = bounds::MOST;

    /// The bounds of a JSON document of this shape, with room for white space.
    #[must_use]
    pub fn of(shape: Shape) -> Self {
        Self { bytes: bounds::longest(shape), readers: 1 }
    }

    /// The bounds of a stream of items of this shape, one in each line.
    #[must_use]
    pub fn of_lines(shape: Shape, items: u64) -> Self {
        Self { bytes: bounds::longest(shape).saturating_add(1).saturating_mul(items), readers: 1 }
    }

    /// The bounds of a multipart body of this shape: those of its texts and files, and room for what stands around each.
    #[cfg(feature = "multipart")]
    #[must_use]
    pub fn of_multipart(shape: Shape) -> Self {
        Self { bytes: bounds::longest_multipart(shape), readers: 1 }
    }
}

/// The bounds of the largest of an endpoint's inputs.
pub fn longest(inputs: &[fn() -> BodyBounds]) -> BodyBounds {
    inputs.iter().map(|input| input()).fold(BodyBounds::NONE, |all, input| BodyBounds {
        bytes: all.bytes.max(input.bytes),
        readers: all.readers + input.readers,
    })
}
