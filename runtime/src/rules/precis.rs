//! `precis(profile = "username_case_mapped")`: a user name, password or nickname of any script, brought into the one form
//! that its PRECIS profile has for it, and refused when the profile does (feature `unicode`).
//!
//! - `"username_case_mapped"`: user names, in lower case (RFC 8265, section 3.3).
//! - `"username_case_preserved"`: user names whose case matters (RFC 8265, section 3.4).
//! - `"opaque_string"`: passwords and other opaque texts (RFC 8265, section 4.2).
//! - `"nickname"`: names that are displayed, without spaces at their ends (RFC 8266, section 2).
//!
//! The form is the one that the profile's enforcement no longer changes. The profiles set no upper bound; here it is 256
//! code points, before and after, so that looking at a text costs no more than it should.
//!
//! ```
//! use palisade::rules::{Apply, precis::Precis};
//!
//! const RULE: Precis = Precis::new().profile("username_case_mapped").seal().into_rule();
//! let mut name = String::from("Ｊuliet");
//! RULE.clean(&mut name);
//! assert_eq!(name, "juliet");
//! assert!(RULE.check(&name));
//! assert!(!RULE.check(&String::from("foo bar")));
//! ```

use std::{borrow::Cow, fmt};

use precis_profiles::{
    Nickname, OpaqueString, UsernameCaseMapped, UsernameCasePreserved,
    precis_core::{Error, profile::PrecisFastInvocation},
};

use super::{Apply, Parameter, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves, same},
    value::{Cleaned, EditText, Measure, View},
};

/// The most code points. The contextual rules go through the whole text for each joiner in it.
const LONGEST: u64 = 256;
/// How often enforcement runs until it changes nothing (RFC 8264, section 7).
const ROUNDS: usize = 3;

/// The rule `precis`.
#[derive(Debug, Clone, Copy)]
pub struct Precis {
    profile: Profile,
}

/// What the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profile {
    UsernameCaseMapped,
    UsernameCasePreserved,
    OpaqueString,
    Nickname,
    Unknown,
}

impl Precis {
    /// No profile yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { profile: Profile::Unknown }
    }

    /// The profile: `"username_case_mapped"`, `"username_case_preserved"`, `"opaque_string"` or `"nickname"`.
    #[must_use]
    pub const fn profile(self, word: &'static str) -> Self {
        let profile = if same(word, "username_case_mapped") {
            Profile::UsernameCaseMapped
        } else if same(word, "username_case_preserved") {
            Profile::UsernameCasePreserved
        } else if same(word, "opaque_string") {
            Profile::OpaqueString
        } else if same(word, "nickname") {
            Profile::Nickname
        } else {
            Profile::Unknown
        };
        Self { profile }
    }

    /// The rule, once its profile is known.
    ///
    /// # Panics
    /// In const evaluation, without one of the four profiles.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            !matches!(self.profile, Profile::Unknown),
            "`precis` needs a `profile`: \"username_case_mapped\", \"username_case_preserved\", \"opaque_string\" or \"nickname\""
        );
        let facets = Facets::NONE
            .with(Facet::Cleaned("precis", Leaves::Anything))
            .with(Facet::MinLength(1))
            .with(Facet::MaxLength(LONGEST))
            .with(Facet::Custom("precis"));
        Sealed::new(self, facets)
    }

    fn enforce(self, text: &str) -> Result<Cow<'_, str>, Error> {
        match self.profile {
            Profile::UsernameCaseMapped => UsernameCaseMapped::enforce(text),
            Profile::UsernameCasePreserved => UsernameCasePreserved::enforce(text),
            Profile::OpaqueString => OpaqueString::enforce(text),
            Profile::Nickname => Nickname::enforce(text),
            Profile::Unknown => Err(Error::Invalid),
        }
    }

    /// Whether the text is ASCII that the profile takes as it is: enforcement allocates to find that out.
    #[inline]
    fn is_plain(self, text: &str) -> bool {
        let is_suspect = |byte: u8| !matches!(byte, b' '..=b'~');
        !text.is_empty()
            && match self.profile {
                Profile::UsernameCaseMapped => {
                    cleaning::no_byte(text, |byte| is_suspect(byte) | (byte == b' ') | byte.is_ascii_uppercase())
                }
                Profile::UsernameCasePreserved => cleaning::no_byte(text, |byte| is_suspect(byte) | (byte == b' ')),
                Profile::OpaqueString => cleaning::no_byte(text, is_suspect),
                Profile::Nickname => {
                    cleaning::has_solid_ends(text) && cleaning::no_byte(text, is_suspect) && !text.contains("  ")
                }
                Profile::Unknown => false,
            }
    }

    /// The settled form; what the profile refuses is left as it is, for the check to refuse.
    #[inline]
    fn enforced(self, text: &str) -> Cleaned {
        if self.is_plain(text) { Cleaned::Same } else { self.settled(text) }
    }

    #[inline(never)]
    fn settled(self, text: &str) -> Cleaned {
        if !Measure::within(text, 1, LONGEST) {
            return Cleaned::Same;
        }
        let mut clean = Cow::Borrowed(text);
        for _ in 0..=ROUNDS {
            match self.enforce(&clean) {
                Ok(again) if again == clean => return cleaning::replaced(text, clean.into_owned()),
                Ok(again) if Measure::within(&*again, 1, LONGEST) => clean = Cow::Owned(again.into_owned()),
                Ok(_) | Err(_) => return Cleaned::Same,
            }
        }
        Cleaned::Same
    }

    fn accepts(self, text: &str) -> bool {
        Measure::within(text, 1, LONGEST)
            && (self.is_plain(text) || self.enforce(text).is_ok_and(|enforced| enforced == text))
    }

    const fn word(self) -> &'static str {
        match self.profile {
            Profile::UsernameCaseMapped => "username_case_mapped",
            Profile::UsernameCasePreserved => "username_case_preserved",
            Profile::OpaqueString => "opaque_string",
            Profile::Nickname | Profile::Unknown => "nickname",
        }
    }
}

impl Rule for Precis {
    fn code(&self) -> &'static str {
        "precis"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.profile {
            Profile::UsernameCaseMapped | Profile::UsernameCasePreserved => "a user name as RFC 8265 has it",
            Profile::OpaqueString => "an opaque string as RFC 8265 has it",
            Profile::Nickname | Profile::Unknown => "a nickname as RFC 8266 has it",
        };
        write!(f, "must be {what}, at most {LONGEST} long")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("profile", Parameter::Text(self.word()));
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: EditText + ?Sized> Apply<T> for Precis {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| self.enforced(text));
    }

    #[inline]
    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(|text| self.enforced(text))
    }

    #[inline]
    fn check(&self, value: &T) -> bool {
        value.text().is_none_or(|text| self.accepts(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    const fn of(profile: &'static str) -> Precis {
        Precis::new().profile(profile).seal().into_rule()
    }

    const MAPPED: Precis = of("username_case_mapped");
    const PRESERVED: Precis = of("username_case_preserved");
    const OPAQUE: Precis = of("opaque_string");
    const NICKNAME: Precis = of("nickname");

    #[track_caller]
    fn check(rule: Precis, rows: &[(&str, Option<&str>)]) {
        for (given, expected) in rows {
            let clean = cleaned(&rule, given);
            assert_eq!(rule.accepts(&clean).then_some(clean.as_str()), *expected, "{given:?}");
        }
        check_rows(&rule, &[]);
    }

    #[test]
    fn user_names_of_rfc_8265() {
        // The examples of section 3.5.
        let rows = [
            ("juliet@example.com", Some("juliet@example.com")),
            ("fussball", Some("fussball")),
            ("fußball", Some("fußball")),
            ("π", Some("π")),
            ("Σ", Some("σ")),
            ("foo bar", None),
            ("", None),
            ("henry\u{2163}", None),
            ("∞", None),
            // A full-width letter, and a right-to-left name that ends in a Latin letter.
            ("Ｊuliet", Some("juliet")),
            ("אa", None),
        ];
        check(MAPPED, &rows);
        check(PRESERVED, &[("Juliet", Some("Juliet")), ("Σ", Some("Σ")), ("e\u{301}", Some("é")), ("foo bar", None)]);
    }

    #[test]
    fn passwords_of_rfc_8265() {
        // The examples of section 4.3.
        let rows = [
            ("correct horse battery staple", Some("correct horse battery staple")),
            ("Correct Horse Battery Staple", Some("Correct Horse Battery Staple")),
            ("πßå", Some("πßå")),
            ("Jack of ♦s", Some("Jack of ♦s")),
            ("foo\u{1680}bar", Some("foo bar")),
            ("", None),
            ("my cat is a \u{9}by", None),
        ];
        check(OPAQUE, &rows);
    }

    #[test]
    fn nicknames_of_rfc_8266() {
        let rows = [
            ("Foo", Some("Foo")),
            ("  Foo   Bar ", Some("Foo Bar")),
            ("Σ", Some("Σ")),
            ("Richard \u{2163}", Some("Richard IV")),
            ("♚", Some("♚")),
            (" ", None),
            ("a\0", None),
        ];
        check(NICKNAME, &rows);
    }

    #[test]
    fn what_is_too_long_is_refused_without_a_look() {
        for rule in [MAPPED, PRESERVED, OPAQUE, NICKNAME] {
            assert!(rule.accepts(&"a".repeat(256)));
            assert!(!rule.accepts(&"a".repeat(257)));
            // Each joiner is looked at in the whole text.
            let given = "\u{915}\u{94d}\u{200d}".repeat(100_000);
            assert_eq!(rule.enforced(&given), Cleaned::Same);
            assert!(!rule.accepts(&given));
            // Grows beyond the bound.
            assert!(!rule.accepts(&cleaned(&rule, &"\u{fdfa}".repeat(200))) || rule.profile == Profile::OpaqueString);
        }
    }

    proptest! {
        #[test]
        fn settled_and_as_the_library(given in texts()) {
            for rule in [MAPPED, PRESERVED, OPAQUE, NICKNAME] {
                let clean = cleaned(&rule, &given);
                if rule.is_plain(&given) {
                    let enforced = rule.enforce(&given).ok();
                    prop_assert_eq!(enforced.as_deref(), Some(given.as_str()));
                }
                if rule.accepts(&clean) {
                    let enforced = rule.enforce(&clean).ok();
                    prop_assert_eq!(enforced.as_deref(), Some(clean.as_str()));
                } else {
                    prop_assert_eq!(&clean, &given);
                }
            }
        }
    }
}
