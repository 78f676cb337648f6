//! What one recipient may see of a value, as JSON.

use bytes::Bytes;
use serde::Serialize;

use super::{Recipient, conceal::Concealed, html_safe::to_bytes};
use crate::{
    problem::Problem,
    value::{Value, audience::concealed},
};

/// The value as JSON, without what the recipient may not see. A type that every caller sees whole costs nothing more.
pub(crate) fn shown<T: Value + Serialize>(value: &T, to: &Recipient<'_>) -> Result<Bytes, Problem> {
    if !T::REGARDS_CALLERS {
        return to_bytes(value).ok_or_else(Problem::internal);
    }
    // Where a demand cannot be decided, nothing leaves.
    let marks = concealed(value, &to.party()).ok_or_else(Problem::unavailable)?;
    if marks.is_empty() {
        return to_bytes(value).ok_or_else(Problem::internal);
    }
    let json = to_bytes(&Concealed::new(value, &marks)).ok_or_else(Problem::internal)?;
    // What was marked and not written under its name may have been written under another.
    if marks.all_met() { Ok(json) } else { Err(Problem::internal()) }
}
