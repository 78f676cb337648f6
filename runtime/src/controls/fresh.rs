//! `fresh(minutes(15))`: the caller logged in at most this long ago (the `auth_time` claim).

use core::time::Duration;

use crate::policy::{Access, Freshness};

/// Demands a recent login; a staler one is challenged to step up (RFC 9470).
///
/// ```
/// use palisade::{controls, policy::minutes};
///
/// let access = controls::fresh(minutes(15));
/// assert!(matches!(access, palisade::policy::Access::Fresh(fresh) if fresh.seconds() == 900));
/// ```
#[must_use]
#[track_caller]
pub const fn fresh(age: Duration) -> Access {
    Access::Fresh(Freshness::within(age))
}
