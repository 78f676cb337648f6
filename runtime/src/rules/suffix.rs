//! `suffix(".pdf")`: the text ends with another, compared exactly.
//!
//! ```
//! use palisade::rules::{Apply, suffix::Suffix};
//!
//! const RULE: Suffix = Suffix::new(".pdf").seal().into_rule();
//! assert!(RULE.check("report.pdf"));
//! assert!(!RULE.check("report.PDF"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets, Position};

/// The rule `suffix`.
#[derive(Debug, Clone, Copy)]
pub struct Suffix {
    part: &'static str,
}

impl Suffix {
    /// Texts that end with `part`.
    #[must_use]
    pub const fn new(part: &'static str) -> Self {
        Self { part }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the text is empty: every text ends with it.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.part.is_empty(), "`suffix` needs a text, like `suffix(\".pdf\")`");
        Sealed::new(self, Facets::NONE.with(Facet::Holds(Position::End, self.part)))
    }
}

impl TextRule for Suffix {
    fn code(&self) -> &'static str {
        "suffix"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must end with `{}`", self.part)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("suffix", Parameter::Text(self.part));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        text.ends_with(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_compared_exactly() {
        let rule = Suffix::new("a\u{301}b");
        for (text, verdict) in [
            ("a\u{301}b", true),
            ("ca\u{301}b", true),
            ("a\u{301}b\n", false),
            ("\u{E1}b", false),
            ("a\u{301}B", false),
            ("", false),
        ] {
            assert_eq!(rule.accepts(text), verdict, "{text:?}");
        }
    }
}
