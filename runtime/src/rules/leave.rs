//! The words `"allowed"` and `"refused"`, as arguments of rules.

use crate::policy::same;

/// Whether something may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    Allowed,
    Refused,
}

impl Leave {
    /// What the word says.
    ///
    /// # Panics
    /// In const evaluation, with `mend`, when it is neither of the two.
    #[track_caller]
    pub(super) const fn of(word: &str, mend: &'static str) -> Self {
        if same(word, "allowed") {
            Self::Allowed
        } else if same(word, "refused") {
            Self::Refused
        } else {
            panic!("{}", mend)
        }
    }

    /// The word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        }
    }
}
