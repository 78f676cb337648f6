//! What a request asks of a limiter.

use crate::policy::Rate;

/// One unit of one policy, asked for one key.
///
/// Two charges share a bucket when the name, the rate's count, period and partition, and the key are all the same.
///
/// ```
/// use palisade::{limit::Charge, policy::Rate};
///
/// const RATE: Rate = Rate::parse("60/min per caller");
/// let charge = Charge { name: "place_order", rate: &RATE, key: b"alice" };
/// assert_eq!(charge.rate.count(), 60);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Charge<'a> {
    /// What is limited. Clients see it in header fields, unless the rate has a name of its own: visible ASCII.
    pub name: &'static str,
    /// The rate that the policy allows each key.
    pub rate: &'a Rate,
    /// Who is counted. A key of several parts must say where each ends, else `ab` + `c` counts as `a` + `bc`.
    pub key: &'a [u8],
}
