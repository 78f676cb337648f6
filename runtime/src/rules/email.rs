//! `email`: an address as HTML defines it for `<input type=email>`, at most 254 characters long.
//!
//! `email(profile = "..")` names another standard:
//!
//! | profile | texts |
//! |---|---|
//! | `"html5"` | the valid e-mail address of the HTML standard, section 4.10.5.1.5; this is what `email` alone means |
//! | `"rfc5321"` | the `Mailbox` of RFC 5321, section 4.1.2: quoted local parts and address literals too |
//! | `"idn"` | that of RFC 6531, section 3.3: UTF-8 before the `@`, U-labels behind it (feature `url`) |
//!
//! All of them keep the limits of RFC 5321, section 4.5.3.1: 64 octets before the `@`, 254 in all. In the latter two an
//! A-label is one of an international name, as [`hostname`](super::hostname) has it, a general address literal has no
//! tag that IANA registered, and no local part has a control character, a line separator or a paragraph separator.
//!
//! ```
//! use palisade::rules::{Apply, email::Email};
//!
//! const RULE: Email = Email::new().seal().into_rule();
//! assert!(RULE.check("ada@example.org"));
//! assert!(!RULE.check("ada@example.org\r\nBcc: all@example.org"));
//!
//! const MAILBOX: Email = Email::new().profile("rfc5321").seal().into_rule();
//! assert!(MAILBOX.check("\"Ada Lovelace\"@[192.0.2.1]"));
//! assert!(!MAILBOX.check(".ada@example.org"));
//! ```

use std::fmt;

use super::{
    Parameter, Sealed, TextRule,
    email_grammar::is_email,
    mailbox::{LONGEST_MAILBOX, Script, is_mailbox},
};
use crate::policy::{Facet, Facets, same};

/// The rule `email`.
#[derive(Debug, Clone, Copy)]
pub struct Email {
    profile: Profile,
}

/// A standard that says what an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profile {
    Html5,
    Rfc5321,
    Idn,
}

impl Email {
    /// The profile `html5`.
    #[must_use]
    pub const fn new() -> Self {
        Self { profile: Profile::Html5 }
    }

    /// The standard: `"html5"`, `"rfc5321"` or `"idn"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn profile(self, word: &'static str) -> Self {
        let profile = if same(word, "html5") {
            Profile::Html5
        } else if same(word, "rfc5321") {
            Profile::Rfc5321
        } else if same(word, "idn") {
            Profile::Idn
        } else {
            panic!("`email`: `profile` is \"html5\", \"rfc5321\" or \"idn\"")
        };
        Self { profile }
    }

    /// The rule with its bounds: 3 to 254 characters (RFC 5321, section 4.5.3.1.3).
    ///
    /// # Panics
    /// In const evaluation, with the profile `idn` and without the feature `url`.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        if matches!(self.profile, Profile::Idn) && !cfg!(feature = "url") {
            panic!("`email(profile = \"idn\")` needs the feature `url` of `palisade`");
        }
        let format = match self.profile {
            Profile::Html5 | Profile::Rfc5321 => "email",
            Profile::Idn => "idn-email",
        };
        let facets = Facets::NONE
            .with(Facet::Format(format))
            .with(Facet::MinLength(3))
            .with(Facet::MaxLength(LONGEST_MAILBOX as u64));
        // No profile is the grammar that JSON Schema's format names, and HTML's lets dots stand anywhere.
        Sealed::new(self, facets.with(Facet::Custom("email")))
    }
}

impl TextRule for Email {
    fn code(&self) -> &'static str {
        "email"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an e-mail address")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.profile {
            Profile::Html5 => {}
            Profile::Rfc5321 => visit("profile", Parameter::Text("rfc5321")),
            Profile::Idn => visit("profile", Parameter::Text("idn")),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        match self.profile {
            Profile::Html5 => is_email(text),
            Profile::Rfc5321 => is_mailbox(Script::Ascii, text),
            Profile::Idn => is_mailbox(Script::International, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Apply;

    #[test]
    fn each_profile_is_a_standard() {
        let rows = [
            ("ada@example.org", true, true),
            (".ada.@example.org", true, false),
            ("\"a b\"@example.org", false, true),
            ("ada@[192.0.2.1]", false, true),
            ("ada@bücher.example", false, false),
            ("ada@xn--x", true, false),
        ];
        let mailbox = Email::new().profile("rfc5321").seal().into_rule();
        for (text, html, smtp) in rows {
            assert_eq!((Email::new().check(text), mailbox.check(text)), (html, smtp), "{text:?}");
        }
    }

    #[cfg(feature = "url")]
    #[test]
    fn an_international_address_has_one_form() {
        const RULE: Email = Email::new().profile("idn").seal().into_rule();
        for text in ["ada@example.org", "дарья@пример.рф", "\"ä\"@bücher.example", "ä@xn--bcher-kva.example", "ä@[192.0.2.1]"]
        {
            assert!(RULE.check(text), "{text:?}");
        }
        for text in ["ada@Bücher.example", "ada@bu\u{308}cher.example", "ada@bücher。example", "ada@ü..b", "ada＠example.org"] {
            assert!(!RULE.check(text), "{text:?}");
        }
    }
}
