//! `contains("{id}")`: the text has another in it, compared exactly.
//!
//! ```
//! use palisade::rules::{Apply, contains::Contains};
//!
//! const RULE: Contains = Contains::new("{id}").seal().into_rule();
//! assert!(RULE.check("/orders/{id}/lines"));
//! assert!(!RULE.check("/orders/{ID}"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets, Position};

/// The rule `contains`.
#[derive(Debug, Clone, Copy)]
pub struct Contains {
    part: &'static str,
}

impl Contains {
    /// Texts with `part` in them.
    #[must_use]
    pub const fn new(part: &'static str) -> Self {
        Self { part }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the text is empty: every text has it.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.part.is_empty(), "`contains` needs a text, like `contains(\"@\")`");
        Sealed::new(self, Facets::NONE.with(Facet::Holds(Position::Anywhere, self.part)))
    }
}

impl TextRule for Contains {
    fn code(&self) -> &'static str {
        "contains"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must contain `{}`", self.part)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("contains", Parameter::Text(self.part));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        text.contains(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_compared_exactly() {
        let rule = Contains::new("a\u{301}b");
        for (text, verdict) in [
            ("a\u{301}b", true),
            ("ca\u{301}bc", true),
            ("\na\u{301}b\n", true),
            ("\u{E1}b", false),
            ("a\u{301} b", false),
            ("", false),
        ] {
            assert_eq!(rule.accepts(text), verdict, "{text:?}");
        }
    }
}
