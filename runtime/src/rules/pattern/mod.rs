//! `pattern("[A-Z]{3}-[0-9]{4}")`: the whole text matches a pattern of the portable subset of ECMA-262.
//!
//! ```
//! use palisade::rules::{Apply, pattern::Pattern};
//!
//! static RULE: Pattern = Pattern::new("[A-Z]{3}-[0-9]{4}").seal().into_rule();
//! assert!(RULE.check("ABC-1234"));
//! assert!(!RULE.check("ABC-1234\n"));
//! ```

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

pub(crate) use ecma::ecma;

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets, PatternFacts},
    value::{Text, View},
};

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
        let facts = PatternFacts {
            source: self.compiled.source(),
            shortest: self.compiled.min_length(),
            longest: self.compiled.max_length(),
            needs_uppercase: self.compiled.requires_uppercase(),
            needs_outer_space: self.compiled.requires_outer_space(),
        };
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(facts)))
    }
}

impl Rule for Pattern {
    fn code(&self) -> &'static str {
        "pattern"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must match `{}`", self.compiled.source())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("pattern", Parameter::Text(self.compiled.source()));
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Text + ?Sized> Apply<T> for Pattern {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.text().is_none_or(|text| self.compiled.matches(text))
    }
}
