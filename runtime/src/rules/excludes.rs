//! `excludes("://")`: the text does not have another in it, compared exactly.
//!
//! ```
//! use palisade::rules::{Apply, excludes::Excludes};
//!
//! const RULE: Excludes = Excludes::new("://").seal().into_rule();
//! assert!(RULE.check("example.org"));
//! assert!(!RULE.check("https://example.org"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets, Position};

/// The rule `excludes`.
#[derive(Debug, Clone, Copy)]
pub struct Excludes {
    part: &'static str,
}

impl Excludes {
    /// Texts without `part` in them.
    #[must_use]
    pub const fn new(part: &'static str) -> Self {
        Self { part }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the text is empty: no text would pass.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.part.is_empty(), "`excludes` needs a text, like `excludes(\"://\")`");
        Sealed::new(self, Facets::NONE.with(Facet::Holds(Position::Nowhere, self.part)))
    }
}

impl TextRule for Excludes {
    fn code(&self) -> &'static str {
        "excludes"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must not contain `{}`", self.part)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("excludes", Parameter::Text(self.part));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        !text.contains(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_compared_exactly() {
        let rule = Excludes::new("a\u{301}b");
        for (text, verdict) in [
            ("a\u{301}b", false),
            ("ca\u{301}bc", false),
            ("\na\u{301}b\n", false),
            ("\u{E1}b", true),
            ("a\u{301} b", true),
            ("", true),
        ] {
            assert_eq!(rule.accepts(text), verdict, "{text:?}");
        }
    }
}
