//! `machine`: the caller is a program on its own account. No person may call.

use crate::policy::{Access, CallerKinds};

/// Demands that the caller is a machine: a client with a token of its own, or the holder of an API key, a certificate, a signing
/// key or a webhook's secret.
///
/// ```
/// use palisade::{controls, policy::{Access, CallerKinds}};
///
/// assert!(matches!(controls::machine(), Access::Kinds(CallerKinds::MACHINES)));
/// ```
#[must_use]
pub const fn machine() -> Access {
    Access::Kinds(CallerKinds::MACHINES)
}
