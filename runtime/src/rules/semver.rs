//! `semver`: a version of Semantic Versioning 2.0.0, as `1.4.0-rc.1+build.7`.
//!
//! ```
//! use palisade::rules::{Apply, semver::Semver};
//!
//! const RULE: Semver = Semver::new().seal().into_rule();
//! assert!(RULE.check("1.4.0-rc.1+build.7"));
//! assert!(!RULE.check("v1.4"));
//! assert!(!RULE.check("1.04.0"));
//! ```
//!
//! It accepts the texts of the grammar in the specification, which bounds neither numbers nor lengths: `length(max = ..)`
//! does.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

const FORM: PatternFacts = Pattern::facts_of(
    "(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)\
     (?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z\\-][0-9A-Za-z\\-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z\\-][0-9A-Za-z\\-]*))*)?\
     (?:\\+[0-9A-Za-z\\-]+(?:\\.[0-9A-Za-z\\-]+)*)?",
);

/// The rule `semver`.
#[derive(Debug, Clone, Copy)]
pub struct Semver;

impl Semver {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule, with its form.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(FORM)))
    }
}

impl TextRule for Semver {
    fn code(&self) -> &'static str {
        "semver"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a version of Semantic Versioning, like `1.4.0`")
    }

    fn accepts(&self, text: &str) -> bool {
        let (version, build) = split(text, '+');
        let (core, pre_release) = split(version, '-');
        let mut numbers = core.split('.');
        let has_three = [numbers.next(), numbers.next(), numbers.next()].into_iter().all(|part| part.is_some_and(is_number))
            && numbers.next().is_none();
        has_three
            && pre_release.is_none_or(|parts| parts.split('.').all(|part| is_word(part) && (is_number(part) || !is_digits(part))))
            && build.is_none_or(|parts| parts.split('.').all(is_word))
    }
}

/// What stands before the first `sign`, and what behind it.
fn split(text: &str, sign: char) -> (&str, Option<&str>) {
    text.split_once(sign).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

/// `<numeric identifier>`: digits without a leading zero.
fn is_number(part: &str) -> bool {
    is_digits(part) && (part == "0" || !part.starts_with('0'))
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// `<build identifier>`: letters, digits and hyphens.
fn is_word(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::*;

    static PUBLISHED: Pattern = Pattern::compile(FORM.source);

    #[test]
    fn versions_are_those_of_the_grammar() {
        for text in [
            "0.0.0", "1.20.300", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x.7.z.92", "1.0.0-x-y-z.--", "1.0.0--",
            "1.0.0+001", "1.0.0-beta+exp.sha.5114f85", "1.0.0+21AF26D3---117B344092BD", "1.0.0-0a", "1.0.0-00a", "1.0.0+-",
            "99999999999999999999999.999999999999999999.99999999999999999",
        ] {
            assert!(Semver.accepts(text), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_version() {
        for text in [
            "", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3+", "1.2.3-+", "1.2.3-01",
            "1.2.3-a..b", "1.2.3-a.", "1.2.3-.a", "1.2.3+a+b", "1.2.3+a..b", "1.2.3-é", "1.2.3 ", " 1.2.3", "1.2.3\n", "-1.2.3",
            "1.-2.3", "1..3", "1.2.x", "1.2.3-a_b", "+1.2.3", "1.2.3-1.01", "１.2.3",
        ] {
            assert!(!Semver.accepts(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_code_the_published_pattern_and_the_crate_agree(
            text in "[0-2]{1,2}\\.[0-2]{1,2}\\.[0-2]{1,2}(-[0a.-]{0,5})?(\\+[0a.+-]{0,4})?|[0-2.+a-]{0,9}"
        ) {
            proptest::prop_assert_eq!(Semver.accepts(&text), PUBLISHED.matches(&text));
            proptest::prop_assert_eq!(Semver.accepts(&text), Version::parse(&text).is_ok());
        }
    }
}
