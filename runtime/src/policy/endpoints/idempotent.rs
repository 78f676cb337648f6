//! Whether a request that is sent again is answered with its first answer, and for how long.

use core::time::Duration;

use super::{Control, Exposure, Method};
use crate::policy::Message;

/// The demand for an `Idempotency-Key`, and for how long the first answer is kept under it.
///
/// ```
/// use palisade::policy::{Idempotent, hours};
///
/// assert_eq!(Idempotent::within(hours(2)).seconds(), 7_200);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotent(u64);

impl Idempotent {
    /// Answers are kept for 24 hours.
    #[must_use]
    pub(crate) const fn for_a_day() -> Self {
        Self(86_400)
    }

    /// Answers are kept for this long, in whole seconds.
    ///
    /// # Panics
    /// In const evaluation, when it is less than a second.
    #[must_use]
    #[track_caller]
    pub const fn within(time: Duration) -> Self {
        assert!(0 < time.as_secs(), "`keep`: write at least a second, like `idempotent(keep = hours(24))`");
        Self(time.as_secs())
    }

    /// For how many seconds an answer is kept.
    #[must_use]
    pub const fn seconds(&self) -> u64 {
        self.0
    }
}

/// Whether any of the controls is the demand for a key.
pub(super) const fn demanded(controls: &[Control]) -> bool {
    0 < count(controls)
}

/// Proves in const evaluation that an endpoint can be idempotent, if it says so.
#[track_caller]
pub(super) const fn assert_sense(id: &str, method: Method, exposure: Exposure, controls: &[Control]) {
    match (count(controls), exposure, method) {
        (0, _, _) => {}
        (1, Exposure::Guarded, Method::Put | Method::Post | Method::Delete | Method::Patch) => {}
        (1, Exposure::Guarded, Method::Get | Method::Head | Method::Options) => Message::new("")
            .quoted(id)
            .text(" is a ")
            .text(method.name())
            .text(", which changes nothing however often it is sent: remove `idempotent`")
            .panic(),
        (1, Exposure::Public { .. }, _) => Message::new("")
            .quoted(id)
            .text(" is `public`, and an idempotency key belongs to a caller: demand access, or remove `idempotent`")
            .panic(),
        (_, _, _) => Message::new("").quoted(id).text(" is `idempotent` twice: remove one").panic(),
    }
}

const fn count(controls: &[Control]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < controls.len() {
        if controls[at].as_idempotent().is_some() {
            count += 1;
        }
        at += 1;
    }
    count
}
