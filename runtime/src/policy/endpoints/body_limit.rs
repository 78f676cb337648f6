//! How large the body of an endpoint may be, where that is not what its type says.

use super::Control;
use crate::policy::Message;

/// A limit of the body, and why it is another than the bounds of the endpoint's type make.
///
/// ```
/// use palisade::policy::BodyLimit;
///
/// const LIMIT: BodyLimit = BodyLimit::new(4_096, "devices send no more");
/// assert_eq!((LIMIT.bytes(), LIMIT.reason()), (4_096, "devices send no more"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimit {
    bytes: u64,
    reason: &'static str,
}

impl BodyLimit {
    /// At most so many bytes, for this reason.
    ///
    /// # Panics
    /// In const evaluation, when nothing could be sent, or no reason is given.
    #[must_use]
    #[track_caller]
    pub const fn new(bytes: u64, reason: &'static str) -> Self {
        assert!(bytes != 0, "`body_limit`: say how many bytes, like `max = 1_048_576`");
        assert!(!reason.is_empty(), "`body_limit`: say why with `reason = \"..\"`, which is published");
        Self { bytes, reason }
    }

    /// The most bytes.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Why, which documents publish.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

/// Whether any of the controls is a limit.
pub(super) const fn is_said(controls: &[Control]) -> bool {
    0 < count(controls)
}

/// Proves in const evaluation that an endpoint has one limit at most.
#[track_caller]
pub(super) const fn assert_once(id: &str, controls: &[Control]) {
    if 1 < count(controls) {
        Message::new("").quoted(id).text(" has `body_limit` twice: remove one").panic();
    }
}

const fn count(controls: &[Control]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < controls.len() {
        if controls[at].as_body_limit().is_some() {
            count += 1;
        }
        at += 1;
    }
    count
}
