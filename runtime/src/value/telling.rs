//! In whose words violations are told: the rules' own, or those of a language (feature `fluent`).

use std::fmt;

#[cfg(feature = "fluent")]
use crate::language::Language;
use crate::rules::Rule;

/// The words of violations. Without the feature there is but one way, and this takes no room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Telling {
    #[cfg(feature = "fluent")]
    language: Option<Language>,
}

impl Telling {
    /// In the rules' own words.
    pub(crate) const PLAIN: Self = Self {
        #[cfg(feature = "fluent")]
        language: None,
    };

    #[cfg(feature = "fluent")]
    pub(crate) const fn translated(language: Language) -> Self {
        Self { language: Some(language) }
    }

    /// Writes what `rule` expected.
    pub(super) fn explain(&self, f: &mut fmt::Formatter<'_>, rule: &dyn Rule) -> fmt::Result {
        #[cfg(feature = "fluent")]
        if let Some(language) = &self.language {
            return language.write(f, rule);
        }
        rule.explain(f)
    }
}

/// What is said of a sensitive value, whichever rule it breaks.
#[derive(Debug)]
pub(super) struct Refused;

impl Rule for Refused {
    fn code(&self) -> &'static str {
        "refused"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is refused")
    }
}
