//! `body_limit(max = 1_048_576, reason = "..")`: another limit of the body than its type's bounds make.

use crate::policy::{Access, BodyLimit, Control};

/// Sets how many bytes the body may have. Both arguments have to be said: `max`, and the `reason`, which is published.
///
/// Without it the bounds of the type make the limit: room for every value, spelled as long as it can be. A lower limit refuses
/// some values with 413; a higher one leaves room for white space, or for what `unchecked` lets in.
///
/// ```
/// use palisade::{controls, policy::Control};
///
/// let limit = controls::body_limit().max(4_096).reason("devices send no more");
/// assert!(matches!(limit.control(), Control::BodyLimit(limit) if limit.bytes() == 4_096));
/// ```
#[must_use]
pub const fn body_limit() -> BodyLimitWords {
    BodyLimitWords { max: 0, reason: "" }
}

/// The words of a limit, until both are said.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimitWords {
    max: u64,
    reason: &'static str,
}

impl BodyLimitWords {
    /// The most bytes.
    #[must_use]
    pub const fn max(self, bytes: u64) -> Self {
        Self { max: bytes, ..self }
    }

    /// Why, which documents publish.
    #[must_use]
    pub const fn reason(self, reason: &'static str) -> Self {
        Self { reason, ..self }
    }

    /// The control.
    ///
    /// # Panics
    /// In const evaluation, when one of the two is missing.
    #[must_use]
    #[track_caller]
    pub const fn control(self) -> Control {
        Control::BodyLimit(BodyLimit::new(self.max, self.reason))
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`body_limit` says how much, not who: write it beside `allow`, as an entry of its own")
    }
}
