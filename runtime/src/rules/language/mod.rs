//! `language`: a valid language tag of BCP 47 (RFC 5646), such as `de`, `zh-Hant-TW` or `de-CH-1996`, at most 35 characters long.
//!
//! Valid is what RFC 5646, section 2.2.9, calls so: the tag is well-formed; its language, extended language, script, region and
//! variant subtags are registered (`registry.rs` names the edition), private-use ranges such as `qaa` included; no variant and
//! no extension is there twice; or it is one of the grandfathered tags. Case does not matter, deprecated subtags pass, and
//! prefixes are not compared. Behind an extension's letter and behind `x` only the form is looked at, and a tag that is
//! private use alone (`x-pig-latin`) is refused: it says nothing to a stranger. 35 characters are what section 4.4.1 asks
//! of who bounds tags.
//!
//! ```
//! use palisade::rules::{Apply, language::Language};
//!
//! const RULE: Language = Language::new().seal().into_rule();
//! assert!(RULE.check("zh-Hant-TW") && RULE.check("de-DE-u-co-phonebk"));
//! assert!(!RULE.check("de_DE") && !RULE.check("english"));
//! ```

mod registry;
mod tag;

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

/// What every tag looks like, and more than tags do.
const FORM: &str = "[A-Za-z]{1,3}(?:-[0-9A-Za-z]{1,8}){0,16}";
const LONGEST: usize = 35;

/// The rule `language`.
#[derive(Debug, Clone, Copy)]
pub struct Language;

impl Language {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule with its bound.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE
            .with(Facet::Pattern(Pattern::facts_of(FORM)))
            .with(Facet::MaxLength(LONGEST as u64))
            .with(Facet::Custom("language"));
        Sealed::new(self, facets)
    }
}

impl TextRule for Language {
    fn code(&self) -> &'static str {
        "language"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a language tag of BCP 47, such as `en` or `zh-Hant-TW`")
    }

    fn accepts(&self, text: &str) -> bool {
        text.len() <= LONGEST && tag::is_valid(text)
    }
}

#[cfg(test)]
mod tests;
