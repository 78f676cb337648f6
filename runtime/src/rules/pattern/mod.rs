//! `pattern("[A-Z]{3}-[0-9]{4}")`: the whole text matches a pattern of the portable subset of ECMA-262.
//!
//! ```
//! use palisade::rules::{Apply, pattern::Pattern};
//!
//! static RULE: Pattern = Pattern::new("[A-Z]{3}-[0-9]{4}").seal().into_rule();
//! assert!(RULE.check("ABC-1234"));
//! assert!(!RULE.check("ABC-1234\n"));
//! ```

mod block;
mod brackets;
mod class;
mod counts;
mod draft;
mod ecma;
pub mod engine;
mod facts;
mod fallback;
mod parse;
mod program;
mod reader;
mod refusal;
mod row;
mod set;
mod syntax;

pub(crate) use ecma::{ecma, literal};

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets};

/// The rule `pattern`.
#[derive(Debug)]
pub struct Pattern {
    compiled: engine::Pattern,
}

impl Pattern {
    /// The pattern `source`, compiled when the user's crate is.
    ///
    /// # Panics
    /// In const evaluation, when it is not in the portable subset.
    #[must_use]
    #[track_caller]
    pub const fn new(source: &'static str) -> Self {
        Self { compiled: engine::Pattern::compile(source) }
    }

    /// The rule. A pattern of bounded length bounds its field.
    ///
    /// # Panics
    /// In const evaluation, when no text can match.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::Pattern(self.compiled.facts()));
        Sealed::new(self, facets)
    }
}

impl TextRule for Pattern {
    fn code(&self) -> &'static str {
        "pattern"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must match `")?;
        f.write_str(self.compiled.source())?;
        f.write_str("`")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("pattern", Parameter::Text(self.compiled.source()));
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        self.compiled.matches(text)
    }
}
