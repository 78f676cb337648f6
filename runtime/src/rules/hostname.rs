//! `hostname`: the name of a host as RFC 1123 has it, without a dot at its end; `international = "allowed"`: U-labels too.
//!
//! A name has at most 253 characters, and labels of 1 to 63 letters, digits and hyphens that neither begin nor end with
//! a hyphen (RFC 1123, section 2.1). Three things are stricter than those letters:
//!
//! - A label that begins with `xn--` is the A-label of an international label (RFC 5891); `xn--` with anything else
//!   behind it is refused. Without the feature `url` no A-label can be judged, and none passes.
//! - A name whose last label is a number, such as `1.2.3.4`, `127.1` or `a.0x7f`, is refused: programs take it for an
//!   address.
//! - A U-label is in its only form: composed, in small letters. So a name is never another one in disguise. Two texts are
//!   still one name when they differ in the case of letters of ASCII, and, with `international`, when one has the U-label
//!   and the other its A-label: before you compare such names, bring them to A-labels in small letters.
//!
//! A name says nothing about where it leads: see [`is_public`](super::public_address::is_public).
//!
//! ```
//! use palisade::rules::{Apply, hostname::Hostname};
//!
//! const RULE: Hostname = Hostname::new().seal().into_rule();
//! assert!(RULE.check("api.example.org"));
//! assert!(!RULE.check("api.example.org."));
//! assert!(!RULE.check("127.0.0.1"));
//! assert!(!RULE.check("bücher.example"));
//! ```

use std::fmt;

use super::{
    Parameter, Sealed, TextRule,
    domain_name::{LONGEST_NAME, ends_in_a_number, is_ascii_name, is_name},
    leave::Leave,
};
use crate::policy::{Facet, Facets};

/// The rule `hostname`.
#[derive(Debug, Clone, Copy)]
pub struct Hostname {
    international: Leave,
    trailing_dot: Leave,
}

impl Hostname {
    /// ASCII alone, and no dot at the end.
    #[must_use]
    pub const fn new() -> Self {
        Self { international: Leave::Refused, trailing_dot: Leave::Refused }
    }

    /// Whether U-labels may stand in the name: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn international(self, word: &'static str) -> Self {
        let mend = "`hostname`: `international` is \"allowed\" or \"refused\"";
        Self { international: Leave::of(word, mend), ..self }
    }

    /// Whether one dot for the root may end the name: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn trailing_dot(self, word: &'static str) -> Self {
        let mend = "`hostname`: `trailing_dot` is \"allowed\" or \"refused\"";
        Self { trailing_dot: Leave::of(word, mend), ..self }
    }

    /// The rule with its bound.
    ///
    /// # Panics
    /// In const evaluation, when international names are asked for without the feature `url`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            cfg!(feature = "url") || matches!(self.international, Leave::Refused),
            "`hostname(international = \"allowed\")` needs the feature `url` of `palisade`"
        );
        let facets = match (self.international, self.trailing_dot) {
            (Leave::Refused, Leave::Refused) => {
                Facets::NONE.with(Facet::Format("hostname")).with(Facet::MaxLength(LONGEST_NAME as u64))
            }
            (Leave::Allowed, Leave::Refused) => {
                Facets::NONE.with(Facet::Format("idn-hostname")).with(Facet::MaxLength(LONGEST_NAME as u64))
            }
            // Neither format has a dot at the end.
            (_, Leave::Allowed) => Facets::NONE.with(Facet::MaxLength(LONGEST_NAME as u64 + 1)),
        };
        Sealed::new(self, facets.with(Facet::Custom("hostname")))
    }
}

impl TextRule for Hostname {
    fn code(&self) -> &'static str {
        "hostname"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be the name of a host")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("international", Parameter::Text(self.international.word()));
        visit("trailing_dot", Parameter::Text(self.trailing_dot.word()));
    }

    fn accepts(&self, text: &str) -> bool {
        let name = match self.trailing_dot {
            Leave::Allowed => text.strip_suffix('.').unwrap_or(text),
            Leave::Refused => text,
        };
        let is_formed = match self.international {
            Leave::Allowed => is_name(name),
            Leave::Refused => is_ascii_name(name),
        };
        is_formed && !ends_in_a_number(name)
    }
}

#[cfg(all(test, feature = "url"))]
mod tests {
    use super::*;
    use crate::rules::Apply;

    const INTERNATIONAL: Hostname = Hostname::new().international("allowed").seal().into_rule();
    const ROOTED: Hostname = Hostname::new().trailing_dot("allowed").seal().into_rule();

    fn plain(text: &str) -> bool {
        Hostname::new().check(text)
    }

    #[test]
    fn a_number_at_the_end_is_an_address() {
        for text in ["1.2.3.4", "127.1", "2130706433", "0x7f.1", "0x7f000001", "a.0x1", "a.1", "0177.0.0.1", "0x"] {
            assert!(!plain(text) && !INTERNATIONAL.check(text) && !ROOTED.check(text), "{text:?}");
        }
        assert!(plain("1.2.3.4a") && plain("1.example") && plain("0x7f.example"));
    }

    #[test]
    fn a_dot_at_the_end_is_for_those_who_ask() {
        assert!(!plain("example.org."));
        assert!(ROOTED.check("example.org.") && ROOTED.check("example.org"));
        assert!(!ROOTED.check(".") && !ROOTED.check("example.org..") && !ROOTED.check("127.1."));
    }

    #[test]
    fn u_labels_are_for_those_who_ask() {
        assert!(!plain("bücher.example"));
        assert!(INTERNATIONAL.check("bücher.example") && INTERNATIONAL.check("books.example"));
        assert!(plain("xn--bcher-kva.example"));
        assert!(!plain("xn--x.example") && !INTERNATIONAL.check("xn--x.example"));
        assert!(!INTERNATIONAL.check("bücher.１"));
    }
}
