//! A declared value as JSON: the one way by which values leave.

use bytes::Bytes;
use serde::Serialize;

use super::{Recipient, shown::shown};
use crate::{
    problem::Problem,
    value::{Output, Path, Report},
};

/// The JSON of what the recipient may see of a value, safe inside HTML; the problem when it cannot be said, or may not leave.
///
/// In debug and test builds a value is held against its own declaration first, so that a test finds the handler that
/// breaks it. A production build sends it: who was promised an answer gets one.
pub(crate) fn written<T: Output + Serialize>(value: &T, to: &Recipient<'_>) -> Result<Bytes, Problem> {
    if cfg!(debug_assertions) && breaks_its_declaration(value, to) {
        Err(Problem::internal())
    } else {
        shown(value, to)
    }
}

/// Whether it does, told as errors of the program: places and codes, never values.
fn breaks_its_declaration<T: Output>(value: &T, to: &Recipient<'_>) -> bool {
    let mut report = Report::in_surroundings(to.surroundings());
    value.check(&Path::root(), &mut report);
    report.hide_sensitive(T::shape());
    for violation in report.violations() {
        tracing::error!(
            target: "palisade::respond",
            pointer = %violation.pointer(),
            code = violation.code(),
            "an answer breaks its own declaration",
        );
    }
    !report.is_empty()
}
