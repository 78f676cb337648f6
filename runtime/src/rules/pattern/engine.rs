//! A pattern, compiled when the crate is: checked, measured, and turned into a program where it can be one.

use super::{
    ecma::ecma, fallback,
    parse::{Parsed, parse},
    program::Program,
};
use crate::policy::PatternFacts;

/// A pattern that a whole text matches or does not.
///
/// It is written in the part of ECMA-262 that means the same everywhere: characters, classes, groups, alternatives and
/// counts. What other engines read otherwise is refused when the crate is compiled, and the message says what to write.
///
/// ```
/// use palisade::rules::pattern::engine::Pattern;
///
/// static SKU: Pattern = Pattern::compile("[A-Z]{3}-[0-9]{4,8}");
///
/// assert!(SKU.matches("ABC-12345"));
/// assert!(!SKU.matches("ABC-12345\n"));
/// assert_eq!((SKU.min_length(), SKU.max_length()), (8, Some(12)));
/// assert_eq!(SKU.ecma(), "^(?:[A-Z]{3}-[0-9]{4,8})$");
/// ```
///
/// ```compile_fail
/// use palisade::rules::pattern::engine::Pattern;
///
/// static SKU: Pattern = Pattern::compile(r"\w+?");
/// ```
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    engine: Engine,
    min_length: u64,
    max_length: Option<u64>,
    requires_uppercase: bool,
    requires_lowercase: bool,
    requires_outer_space: bool,
}

#[expect(clippy::large_enum_variant, reason = "a pattern lives in a static, where a box cannot")]
#[derive(Debug)]
enum Engine {
    Program(Program),
    Automaton,
}

impl Pattern {
    /// Compiles `source`. One `^` before and one `$` behind it change nothing, since the whole text is matched anyway.
    ///
    /// # Panics
    /// In const evaluation, when `source` is not in the portable subset; the message names the construct and what to
    /// write in its place.
    #[must_use]
    #[track_caller]
    pub const fn compile(source: &'static str) -> Self {
        match parse(source) {
            Ok(parsed) => Self::of(source, parsed),
            Err(refusal) => refusal.message(source).panic(),
        }
    }

    // For a source that is known at run time only, such as one that a fuzzer made up: refusal is an answer there.
    #[doc(hidden)]
    pub fn try_compile(source: &'static str) -> Result<Self, String> {
        match parse(source) {
            Ok(parsed) => Ok(Self::of(source, parsed)),
            Err(refusal) => Err(refusal.message(source).to_string()),
        }
    }

    const fn of(source: &'static str, Parsed { facts, program }: Parsed) -> Self {
        Self {
            source,
            engine: match program {
                Some(program) => Engine::Program(program),
                None => Engine::Automaton,
            },
            min_length: facts.min,
            max_length: facts.max,
            requires_uppercase: facts.requires_uppercase,
            requires_lowercase: facts.requires_lowercase,
            requires_outer_space: facts.requires_outer_space(),
        }
    }

    /// Whether the whole text is a match.
    #[must_use]
    #[inline]
    pub fn matches(&self, text: &str) -> bool {
        match &self.engine {
            Engine::Program(program) => program.matches(text),
            Engine::Automaton => self.may_fit(text) && fallback::matches(self.source, text),
        }
    }

    /// The pattern as it was written.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// The pattern for a JSON Schema, whose patterns match anywhere in a text unless they say otherwise. It means the
    /// same under the flags `u` and `v` of ECMA-262.
    #[must_use]
    pub fn ecma(&self) -> String {
        ecma(self.source)
    }

    /// The length of the shortest match in code points.
    #[must_use]
    pub const fn min_length(&self) -> u64 {
        self.min_length
    }

    /// The length of the longest match in code points, if there is one.
    #[must_use]
    pub const fn max_length(&self) -> Option<u64> {
        self.max_length
    }

    /// Whether every match holds a capital letter of ASCII, so that no lower-case text matches.
    #[must_use]
    pub const fn requires_uppercase(&self) -> bool {
        self.requires_uppercase
    }

    /// Whether every match holds a small letter of ASCII, so that no upper-case text matches.
    #[must_use]
    pub const fn requires_lowercase(&self) -> bool {
        self.requires_lowercase
    }

    /// Whether every match begins or ends with white space, so that no trimmed text matches.
    #[must_use]
    pub const fn requires_outer_space(&self) -> bool {
        self.requires_outer_space
    }

    /// What the pattern says about the texts it matches, for a rule whose texts are those of a pattern.
    #[must_use]
    pub const fn facts(&self) -> PatternFacts {
        PatternFacts {
            source: self.source,
            shortest: self.min_length,
            longest: self.max_length,
            needs_uppercase: self.requires_uppercase,
            needs_lowercase: self.requires_lowercase,
            needs_outer_space: self.requires_outer_space,
        }
    }

    /// The [`facts`](Self::facts) of a pattern that is only published, because its rule checks texts in a faster way.
    ///
    /// # Panics
    /// In const evaluation, as [`compile`](Self::compile) does.
    #[must_use]
    #[track_caller]
    pub const fn facts_of(source: &'static str) -> PatternFacts {
        match parse(source) {
            Ok(Parsed { facts, program: _ }) => PatternFacts {
                source,
                shortest: facts.min,
                longest: facts.max,
                needs_uppercase: facts.requires_uppercase,
                needs_lowercase: facts.requires_lowercase,
                needs_outer_space: facts.requires_outer_space(),
            },
            Err(refusal) => refusal.message(source).panic(),
        }
    }

    /// A code point takes one to four bytes, so most texts of a wrong length need no automaton.
    fn may_fit(&self, text: &str) -> bool {
        let bytes = text.len() as u64;
        self.min_length <= bytes && self.max_length.is_none_or(|most| bytes <= most.saturating_mul(4))
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
