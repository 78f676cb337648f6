//! `prefix("ord_")`: the text begins with another, compared exactly.
//!
//! ```
//! use palisade::rules::{Apply, prefix::Prefix};
//!
//! const RULE: Prefix = Prefix::new("ord_").seal().into_rule();
//! assert!(RULE.check("ord_17"));
//! assert!(!RULE.check("Ord_17"));
//! ```

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets, Position};

/// The rule `prefix`.
#[derive(Debug, Clone, Copy)]
pub struct Prefix {
    part: &'static str,
}

impl Prefix {
    /// Texts that begin with `part`.
    #[must_use]
    pub const fn new(part: &'static str) -> Self {
        Self { part }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when the text is empty: every text begins with it.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.part.is_empty(), "`prefix` needs a text, like `prefix(\"ord_\")`");
        Sealed::new(self, Facets::NONE.with(Facet::Holds(Position::Start, self.part)))
    }
}

impl TextRule for Prefix {
    fn code(&self) -> &'static str {
        "prefix"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must begin with `{}`", self.part)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("prefix", Parameter::Text(self.part));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        text.starts_with(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_compared_exactly() {
        let rule = Prefix::new("a\u{301}b");
        for (text, verdict) in [
            ("a\u{301}b", true),
            ("a\u{301}bc", true),
            (" a\u{301}b", false),
            ("\u{E1}b", false),
            ("A\u{301}b", false),
            ("", false),
        ] {
            assert_eq!(rule.accepts(text), verdict, "{text:?}");
        }
    }
}
