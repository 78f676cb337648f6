//! `normalize_email`: white space around an e-mail address goes, and its domain is in lower case.
//!
//! The part before the `@` stays: only the receiving host knows whether case matters there (RFC 5321, section 2.4).
//! `local = "lowercase"` says that it does not, for addresses that identify an account. What is no e-mail address as
//! [`email`](super::email) has it is left alone, for `email` behind it to refuse.
//!
//! ```
//! use palisade::rules::{Apply, normalize_email::NormalizeEmail};
//!
//! let mut contact = String::from(" Ada@Example.ORG");
//! NormalizeEmail::new().seal().into_rule().clean(&mut contact);
//! assert_eq!(contact, "Ada@example.org");
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed, cleaning, email_grammar::is_email};
use crate::{
    policy::{Facet, Facets, Leaves, same},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `normalize_email`.
#[derive(Debug, Clone, Copy)]
pub struct NormalizeEmail {
    local: Local,
}

/// What becomes of the part before the `@`.
#[derive(Debug, Clone, Copy)]
enum Local {
    Kept,
    Lowercase,
    Unknown,
}

impl NormalizeEmail {
    /// The part before the `@` stays as it is.
    #[must_use]
    pub const fn new() -> Self {
        Self { local: Local::Kept }
    }

    /// What becomes of the part before the `@`: `"lowercase"`.
    #[must_use]
    pub const fn local(self, word: &'static str) -> Self {
        Self { local: if same(word, "lowercase") { Local::Lowercase } else { Local::Unknown } }
    }

    /// The rule, once its word is known.
    ///
    /// # Panics
    /// In const evaluation, when `local` is another word.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            !matches!(self.local, Local::Unknown),
            "`normalize_email`: `local` is \"lowercase\", or leave it out to keep the part before the `@` as it is"
        );
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("normalize_email", Leaves::Anything)))
    }

    fn normalized(self, text: &str) -> Cleaned {
        let range = cleaning::inner(text, char::is_whitespace);
        let address = text.get(range.clone()).unwrap_or_default();
        if !is_email(address) {
            return Cleaned::Same;
        }
        // An address has one `@`, and is ASCII.
        let at = address.bytes().position(|byte| byte == b'@').unwrap_or(0);
        let from = match self.local {
            Local::Kept | Local::Unknown => at,
            Local::Lowercase => 0,
        };
        let (kept, lowered) = address.split_at_checked(from).unwrap_or((address, ""));
        if !lowered.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return cleaning::part(text, range);
        }
        let mut clean = String::with_capacity(address.len());
        clean.push_str(kept);
        clean.extend(lowered.chars().map(|character| character.to_ascii_lowercase()));
        Cleaned::New(clean)
    }
}

impl Rule for NormalizeEmail {
    fn code(&self) -> &'static str {
        "normalize_email"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.local {
            Local::Kept | Local::Unknown => "must be an e-mail address with its domain in lower case",
            Local::Lowercase => "must be an e-mail address in lower case",
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.local {
            Local::Kept | Local::Unknown => {}
            Local::Lowercase => visit("local", Parameter::Text("lowercase")),
        }
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for NormalizeEmail {
    fn clean(&self, value: &mut T) {
        value.edit(|text| self.normalized(text));
    }

    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(|text| self.normalized(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    const KEPT: NormalizeEmail = NormalizeEmail::new().seal().into_rule();
    const LOWERCASE: NormalizeEmail = NormalizeEmail::new().local("lowercase").seal().into_rule();

    #[test]
    fn lowers_the_domain_of_what_is_an_address() {
        let rows = [
            ("ada@example.org", "ada@example.org"),
            ("Ada@Example.ORG", "Ada@example.org"),
            ("\u{3000}Ada@example.org\n", "Ada@example.org"),
            (" Ada Lovelace <Ada@Example.ORG> ", " Ada Lovelace <Ada@Example.ORG> "),
            ("Ada@@Example.ORG", "Ada@@Example.ORG"),
            ("Ada@Exämple.ORG", "Ada@Exämple.ORG"),
            (" ", " "),
        ];
        check_rows(&KEPT, &rows);
        check_rows(&LOWERCASE, &[("A.D+A@Example.ORG", "a.d+a@example.org"), ("Ada@", "Ada@")]);
    }

    proptest! {
        #[test]
        fn an_address_stays_one(given in prop_oneof![texts(), " ?[A-Za-z.+]{1,9}@[A-Z][a-z]{1,5}\\.[A-Z]{2} ?"]) {
            for rule in [KEPT, LOWERCASE] {
                let clean = cleaned(&rule, &given);
                if is_email(given.trim()) {
                    prop_assert!(is_email(&clean));
                    prop_assert!(clean.eq_ignore_ascii_case(given.trim()));
                } else {
                    prop_assert_eq!(clean, given.clone());
                }
            }
        }
    }
}
