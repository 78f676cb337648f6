//! `email`: an address as HTML defines it for `<input type=email>`, at most 254 characters long.
//!
//! ```
//! use palisade::rules::{Apply, email::Email};
//!
//! const RULE: Email = Email::new().seal().into_rule();
//! assert!(RULE.check("ada@example.org"));
//! assert!(!RULE.check("ada@example.org\r\nBcc: all@example.org"));
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed, email_grammar::is_email};
use crate::{
    policy::{Facet, Facets},
    value::{Text, View},
};

/// The rule `email`.
#[derive(Debug, Clone, Copy)]
pub struct Email;

impl Email {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule with its bounds: 3 to 254 characters (RFC 5321, section 4.5.3.1.3).
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::Format("email")).with(Facet::MinLength(3)).with(Facet::MaxLength(254));
        Sealed::new(self, facets)
    }
}

impl Rule for Email {
    fn code(&self) -> &'static str {
        "email"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an e-mail address")
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Text + ?Sized> Apply<T> for Email {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.text().is_none_or(is_email)
    }
}
