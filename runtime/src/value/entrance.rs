//! What a value that enters is held against: the surroundings of its check, and what its sender may write.

use super::{
    Report, Secure, Surroundings,
    audience::{Party, refuse_unwritable},
};

/// The surroundings of a check and, in a request, its sender.
#[derive(Clone, Copy)]
pub(crate) struct Entrance<'a> {
    surroundings: Surroundings,
    sender: Option<&'a dyn Party>,
}

impl<'a> Entrance<'a> {
    /// No request: a program's own value, which no caller sends.
    pub(crate) const OWN: Self = Self { surroundings: Surroundings::NONE, sender: None };

    /// A request.
    #[cfg(feature = "gate")]
    pub(crate) const fn of(surroundings: Surroundings, sender: &'a dyn Party) -> Self {
        Self { surroundings, sender: Some(sender) }
    }

    pub(crate) const fn surroundings(self) -> Surroundings {
        self.surroundings
    }

    /// Reports what the sender gave and may not write.
    #[inline]
    pub(crate) fn judge<T: Secure>(self, value: &T, report: &mut Report) {
        if T::REGARDS_CALLERS
            && let Some(sender) = self.sender
        {
            let before = report.len();
            refuse_unwritable(value, sender, report);
            if before < report.len() {
                report.hide_sensitive(T::shape());
            }
        }
    }
}
