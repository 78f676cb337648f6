//! `url`: an absolute URL of a public host over `https`, written without anything that a parser would repair.
//!
//! It is for URLs that the service will follow: web hooks, pictures to fetch, places to send a caller to. So what is not
//! asked for is refused:
//!
//! | argument | without it | with it |
//! |---|---|---|
//! | `schemes = ["https", "wss"]` | `https` alone | one of these, in any case |
//! | `host = "any"` | `"public"`: a name with two labels that is none of a local network, or a public address | any host |
//! | `ports = [443, 8443]` | any port but 0 | one of these, given or the default of the scheme |
//! | `userinfo = "allowed"` | no `user:password@` | it may stand there |
//! | `fragment = "refused"` | a fragment may stand there | none |
//! | `international = "allowed"` | ASCII, as a URI has it (RFC 3986) | U-labels, and other letters behind the host |
//! | `max = 512` | at most 2,048 characters | at most so many |
//!
//! The text is a valid URL string of the WHATWG URL standard; one that its parser accepts with a validation error (a
//! backslash, a tab, a missing slash, a space at an end) is refused. The host is written plainly: a name as
//! [`hostname`](super::hostname) has it, four decimal numbers, or an address of version 6 in brackets. So `127.1`,
//! `2130706433`, `0177.0.0.1`, `%6c%6f...` and full-width digits are refused, whatever they would mean.
//!
//! **A public name may lead to a private address.** No look at a text can tell, and what DNS answers may change until the
//! request is made, as may a redirect. Where the request is made, ask [`is_public`] of each address the name was resolved
//! to, connect to that address and no other, and follow no redirect without asking again. A name within a domain of one's
//! own that is searched, or answered by a local resolver, looks like any other name too.
//!
//! ```
//! use palisade::rules::{Apply, url::Url};
//!
//! const HOOK: Url = Url::new().seal().into_rule();
//! assert!(HOOK.check("https://hooks.example.org/orders?id=7"));
//! assert!(!HOOK.check("http://hooks.example.org/"));
//! assert!(!HOOK.check("https://169.254.169.254/latest/meta-data/"));
//! assert!(!HOOK.check("https://2130706433/"));
//! assert!(!HOOK.check("https://localhost.:8080/"));
//!
//! const INTERNAL: Url = Url::new().schemes(&["http", "https"]).host("any").seal().into_rule();
//! assert!(INTERNAL.check("http://localhost:8080/"));
//! ```

mod host;
mod parts;

use std::{cell::Cell, fmt};

use url::SyntaxViolation;

use self::parts::Parts;
use super::{Parameter, Sealed, TextRule, leave::Leave};
use crate::policy::{Facet, Facets, same};

pub use super::public_address::is_public;

/// What is long enough for a URL that means something.
const SHORTEST_MAX: u64 = 16;

/// The rule `url`.
#[derive(Debug, Clone, Copy)]
pub struct Url {
    schemes: &'static [&'static str],
    host: Host,
    ports: &'static [u16],
    userinfo: Leave,
    fragment: Leave,
    international: Leave,
    max: u64,
}

/// Which hosts a URL may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    Public,
    Any,
}

impl Url {
    /// Over `https`, to a public host, without credentials, with at most 2,048 characters of ASCII.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            schemes: &["https"],
            host: Host::Public,
            ports: &[],
            userinfo: Leave::Refused,
            fragment: Leave::Allowed,
            international: Leave::Refused,
            max: 2_048,
        }
    }

    /// The schemes, in small letters.
    #[must_use]
    pub const fn schemes(self, schemes: &'static [&'static str]) -> Self {
        Self { schemes, ..self }
    }

    /// Which hosts: `"public"` or `"any"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn host(self, word: &'static str) -> Self {
        let host = if same(word, "public") {
            Host::Public
        } else if same(word, "any") {
            Host::Any
        } else {
            panic!("`url`: `host` is \"public\" or \"any\"")
        };
        Self { host, ..self }
    }

    /// The ports, given or the default of the scheme.
    ///
    /// # Panics
    /// In const evaluation, when there is none, or one is 0.
    #[must_use]
    #[track_caller]
    pub const fn ports(self, ports: &'static [u16]) -> Self {
        assert!(!ports.is_empty(), "`url`: `ports` needs a port, like `ports = [443]`; without it, any will do");
        let mut at = 0;
        while at < ports.len() {
            assert!(ports[at] != 0, "`url`: no host is reached at port 0");
            at += 1;
        }
        Self { ports, ..self }
    }

    /// Whether a user name and a password may stand before the host: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn userinfo(self, word: &'static str) -> Self {
        Self { userinfo: Leave::of(word, "`url`: `userinfo` is \"allowed\" or \"refused\""), ..self }
    }

    /// Whether a fragment may end the URL: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn fragment(self, word: &'static str) -> Self {
        Self { fragment: Leave::of(word, "`url`: `fragment` is \"allowed\" or \"refused\""), ..self }
    }

    /// Whether there may be characters beyond ASCII: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn international(self, word: &'static str) -> Self {
        Self { international: Leave::of(word, "`url`: `international` is \"allowed\" or \"refused\""), ..self }
    }

    /// The most characters.
    #[must_use]
    pub const fn max(self, count: u64) -> Self {
        Self { max: count, ..self }
    }

    /// The rule, once its arguments make sense.
    ///
    /// # Panics
    /// In const evaluation, when a scheme is missing, is none, or is one whose URLs run or hold something instead of
    /// naming a host, and when `max` leaves no room.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(!self.schemes.is_empty(), "`url`: `schemes` needs a scheme, like `schemes = [\"https\"]`");
        let mut at = 0;
        while at < self.schemes.len() {
            let scheme = self.schemes[at];
            assert!(
                parts::is_scheme(scheme),
                "`url`: a scheme is in small letters and without `:`, like `schemes = [\"https\"]`"
            );
            assert!(
                !parts::is_without_host(scheme),
                "`url`: a URL of this scheme runs or holds something and names no host: leave the scheme out"
            );
            at += 1;
        }
        assert!(SHORTEST_MAX <= self.max, "`url`: `max` leaves no room for a URL: write 16 or more");
        let format = match self.international {
            Leave::Allowed => "iri",
            Leave::Refused => "uri",
        };
        let facets = Facets::NONE.with(Facet::Format(format)).with(Facet::MaxLength(self.max));
        Sealed::new(self, facets.with(Facet::Custom("url")))
    }

    /// Whether the parser of the standard takes the text as it stands, with the very host that was judged.
    fn is_parsed_as(&self, text: &str, host: &host::Host<'_>) -> bool {
        let violated = Cell::new(false);
        let note = |violation| {
            // Credentials are a matter of `userinfo`, and were judged.
            if violation != SyntaxViolation::EmbeddedCredentials {
                violated.set(true);
            }
        };
        let parsed = url::Url::options().syntax_violation_callback(Some(&note)).parse(text);
        parsed.is_ok_and(|parsed| !violated.get() && host.is_that_of(&parsed))
    }
}

impl TextRule for Url {
    fn code(&self) -> &'static str {
        "url"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a URL with the scheme ")?;
        for (at, scheme) in self.schemes.iter().enumerate() {
            let separator = if at == 0 { "" } else { " or " };
            write!(f, "{separator}`{scheme}`")?;
        }
        match self.host {
            Host::Public => f.write_str(" and a public host"),
            Host::Any => f.write_str(" and a host"),
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("schemes", Parameter::Texts(self.schemes));
        visit("host", Parameter::Text(match self.host {
            Host::Public => "public",
            Host::Any => "any",
        }));
        visit("max", Parameter::Integer(self.max.into()));
    }

    /// What is refused is refused by looks at the text alone; what passes is parsed once more, which allocates.
    fn accepts(&self, text: &str) -> bool {
        if self.max < text.len() as u64 && self.max < text.chars().count() as u64 {
            return false;
        }
        let Some(parts) = Parts::of(text) else { return false };
        let is_scheme = self.schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case(parts.scheme));
        let is_left = (self.userinfo == Leave::Allowed || parts.userinfo.is_none())
            && (self.fragment == Leave::Allowed || !parts.rest.contains('#'))
            && (self.international == Leave::Allowed || text.is_ascii());
        if !is_scheme || !is_left || !self.allows_port(&parts) {
            return false;
        }
        let Some(host) = host::Host::of(parts.host) else { return false };
        let is_allowed = match self.host {
            Host::Any => true,
            Host::Public => host.is_public(),
        };
        is_allowed && self.is_parsed_as(text, &host)
    }
}

impl Url {
    fn allows_port(&self, parts: &Parts<'_>) -> bool {
        let port = match parts.port {
            Some(text) => match parts::port(text) {
                Some(port) => Some(port),
                None => return false,
            },
            None => parts::default_port(parts.scheme),
        };
        self.ports.is_empty() || port.is_some_and(|port| self.ports.contains(&port))
    }
}

#[cfg(test)]
mod tests;
