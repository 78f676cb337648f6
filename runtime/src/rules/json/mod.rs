//! `json`: the text is one JSON document (RFC 8259); `json(depth = 8)` bounds how deep it nests.
//!
//! ```
//! use palisade::rules::{Apply, json::Json};
//!
//! const RULE: Json = Json::new().seal().into_rule();
//! assert!(RULE.check(r#"{ "kind": "gift", "wrap": null }"#));
//! assert!(!RULE.check("{'kind': 'gift'}"));
//! assert!(!RULE.check(&"[".repeat(1_000)));
//! ```
//!
//! Lists and objects nest at most 32 deep unless `depth` says otherwise, up to 128, where many readers end. A byte order mark
//! is refused, and so is everything that is no JSON for the RFC, such as comments and `NaN`. Numbers may have any size and
//! keys may repeat, as the grammar has it: what the document means is for whoever reads it.

mod grammar;

use std::fmt;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets};

/// The rule `json`.
#[derive(Debug, Clone, Copy)]
pub struct Json {
    depth: u8,
}

impl Json {
    /// Nested at most 32 deep.
    #[must_use]
    pub const fn new() -> Self {
        Self { depth: 32 }
    }

    /// Nested at most so deep; a number or text alone has depth 0.
    #[must_use]
    pub const fn depth(self, depth: u8) -> Self {
        Self { depth }
    }

    /// The rule.
    ///
    /// # Panics
    /// In const evaluation, when `depth` is above 128.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(self.depth <= grammar::DEEPEST, "`json`: `depth` is at most 128");
        Sealed::new(self, Facets::NONE.with(Facet::MinLength(1)).with(Facet::Custom("json")))
    }
}

impl TextRule for Json {
    fn code(&self) -> &'static str {
        "json"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be a JSON document, nested at most {} deep", self.depth)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("depth", Parameter::Integer(self.depth.into()));
    }

    fn accepts(&self, text: &str) -> bool {
        grammar::is_json(text, self.depth)
    }
}
