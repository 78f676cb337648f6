//! How large a body can be, and whether what is to be read can be spelled, before anything is read.

use crate::{
    policy::Shape,
    value::decode::{
        bounds,
        misfit::{Holds, Misfit, file, misfit},
    },
};

/// What is known of a body before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyBounds {
    /// The most bytes it can need.
    pub bytes: u64,
    /// How many inputs read it. A body is read once.
    pub readers: u32,
    /// A field that no request could spell.
    pub misfit: Option<Misfit>,
}

impl BodyBounds {
    /// No body.
    pub const NONE: Self = Self { bytes: 0, readers: 0, misfit: None };
    /// More than this is never held as a whole, whatever a type allows.
    pub const MOST: u64 = bounds::MOST;

    /// The bounds of a JSON document of this shape, with room for white space.
    #[must_use]
    pub fn of(shape: Shape) -> Self {
        Self { bytes: bounds::longest(shape), readers: 1, misfit: file(shape) }
    }

    /// The bounds of a form that spells a value of this shape.
    #[must_use]
    pub fn of_form(shape: Shape) -> Self {
        Self { bytes: bounds::longest_form(shape), readers: 1, misfit: misfit(shape, Holds::Objects) }
    }

    /// The bounds of a body of at most so many bytes.
    #[must_use]
    pub const fn of_bytes(bytes: usize) -> Self {
        Self { bytes: bytes as u64, readers: 1, misfit: None }
    }

    /// No body, for an input that reads a value of this shape from somewhere else.
    pub(super) fn beside(shape: Shape, holds: Holds) -> Self {
        Self { misfit: misfit(shape, holds), ..Self::NONE }
    }

    /// The bounds of a stream of items of this shape, one in each line.
    #[must_use]
    pub fn of_lines(shape: Shape, items: u64) -> Self {
        let bytes = bounds::longest(shape).saturating_add(1).saturating_mul(items);
        Self { bytes, readers: 1, misfit: file(shape) }
    }

    /// The bounds of a multipart body of this shape: those of its texts and files, and room for what stands around each.
    #[cfg(feature = "multipart")]
    #[must_use]
    pub fn of_multipart(shape: Shape) -> Self {
        Self { bytes: bounds::longest_multipart(shape), readers: 1, misfit: misfit(shape, Holds::Parts) }
    }

    /// The same, with another misfit where there is none yet.
    pub(super) fn or_misfit(self, other: impl FnOnce() -> Option<Misfit>) -> Self {
        Self { misfit: self.misfit.or_else(other), ..self }
    }
}

/// The bounds of the largest of an endpoint's inputs.
pub fn longest(inputs: &[fn() -> BodyBounds]) -> BodyBounds {
    inputs.iter().map(|input| input()).fold(BodyBounds::NONE, |all, input| BodyBounds {
        bytes: all.bytes.max(input.bytes),
        readers: all.readers + input.readers,
        misfit: all.misfit.or(input.misfit),
    })
}

/// Proves in const evaluation that a limit lets something through, and no more than is ever read.
///
/// # Panics
/// In const evaluation, with the mend.
#[track_caller]
pub(super) const fn assert_limit(bytes: usize) {
    assert!(bytes != 0, "a body of at most 0 bytes: write a limit above 0, or leave the argument out");
    assert!(
        bytes as u64 <= BodyBounds::MOST,
        "a body of more than 16 MiB is never read at once: write a lower limit, or take it as a stream"
    );
}
