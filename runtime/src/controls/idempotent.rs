//! `idempotent`: a request that is sent again is not carried out again. Its first answer comes back.

use core::time::Duration;

use crate::policy::{Access, Control, Idempotent};

/// Demands an `Idempotency-Key`, under which the first answer is kept for a day, or as long as `keep` says.
///
/// ```
/// use palisade::{controls, policy::hours};
///
/// assert_eq!(controls::idempotent().seconds(), 86_400);
/// assert_eq!(controls::idempotent().keep(hours(48)).seconds(), 172_800);
/// ```
#[must_use]
pub const fn idempotent() -> Idempotent {
    Idempotent::for_a_day()
}

impl Idempotent {
    /// The same demand, with answers that are kept this long.
    ///
    /// # Panics
    /// In const evaluation, when it is less than a second: no request could be sent again that soon.
    #[must_use]
    #[track_caller]
    pub const fn keep(self, time: Duration) -> Self {
        Self::within(time)
    }

    /// The control.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Idempotent(self)
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`idempotent` says how often a request counts, not who may send it: write it beside `allow`, as an entry of its own")
    }
}
