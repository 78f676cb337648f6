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

use super::{Sealed, TextRule, email_grammar::is_email};
use crate::policy::{Facet, Facets};

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

impl TextRule for Email {
    fn code(&self) -> &'static str {
        "email"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an e-mail address")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        is_email(text)
    }
}
