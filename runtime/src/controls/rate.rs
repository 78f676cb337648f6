//! `rate = "60/min per caller"`: how often the endpoint may be called, and who is counted.

use crate::policy::Rate;

/// Limits calls: `COUNT/[N]UNIT per caller|ip`.
///
/// ```
/// use palisade::controls;
///
/// let rate = controls::rate("60/min per caller").burst(10);
/// assert_eq!((rate.count(), rate.period()), (60, 60));
/// ```
#[must_use]
#[track_caller]
pub const fn rate(text: &'static str) -> Rate {
    Rate::parse(text)
}
