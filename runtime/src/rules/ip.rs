//! `ip`: an Internet address in its textual form: four decimal numbers without needless zeros, or RFC 4291, section 2.2.
//!
//! `ip(version = 4)` or `6` asks for one version. `ip(range = "public")` asks for an address that the Internet reaches,
//! `"private"` for one of a private network (RFC 1918, RFC 4193). A zone (`%eth0`), a port, a prefix length and what other
//! programs take for an address (`127.1`, `0x7f000001`, `017700000001`) are refused.
//!
//! ```
//! use palisade::rules::{Apply, ip::Ip};
//!
//! const RULE: Ip = Ip::new().seal().into_rule();
//! assert!(RULE.check("192.0.2.1"));
//! assert!(RULE.check("2001:db8::1"));
//! assert!(!RULE.check("192.0.2.01"));
//!
//! const PUBLIC: Ip = Ip::new().version(4).range("public").seal().into_rule();
//! assert!(PUBLIC.check("9.9.9.9"));
//! assert!(!PUBLIC.check("169.254.169.254"));
//! ```

use std::{fmt, net::IpAddr};

use super::{
    Parameter, Sealed, TextRule,
    address_kind::{Range, Version},
    public_address::{is_private_use, is_public},
};
use crate::policy::{Facet, Facets};

/// The rule `ip`.
#[derive(Debug, Clone, Copy)]
pub struct Ip {
    version: Version,
    range: Range,
}

impl Ip {
    /// Any address of either version.
    #[must_use]
    pub const fn new() -> Self {
        Self { version: Version::Either, range: Range::Any }
    }

    /// The version: 4 or 6.
    ///
    /// # Panics
    /// In const evaluation, at any other number.
    #[must_use]
    #[track_caller]
    pub const fn version(self, number: u8) -> Self {
        Self { version: Version::of(number, "`ip`: `version` is 4 or 6; without it, it is either"), ..self }
    }

    /// The range: `"public"` or `"private"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn range(self, word: &'static str) -> Self {
        Self { range: Range::of(word, "`ip`: `range` is \"public\" or \"private\"; without it, any address will do"), ..self }
    }

    /// The rule with its bounds.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = match self.version {
            Version::Either => Facets::NONE.with(Facet::MinLength(2)).with(Facet::MaxLength(45)),
            Version::Four => Facets::NONE.with(Facet::Format("ipv4")).with(Facet::MinLength(7)).with(Facet::MaxLength(15)),
            Version::Six => Facets::NONE.with(Facet::Format("ipv6")).with(Facet::MinLength(2)).with(Facet::MaxLength(45)),
        };
        match (self.version, self.range) {
            (Version::Four | Version::Six, Range::Any) => Sealed::new(self, facets),
            (Version::Either, _) | (_, Range::Public | Range::Private) => {
                Sealed::new(self, facets.with(Facet::Custom("ip")))
            }
        }
    }
}

impl TextRule for Ip {
    fn code(&self) -> &'static str {
        "ip"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.range {
            Range::Any => f.write_str("must be an IP address")?,
            Range::Public => f.write_str("must be a public IP address")?,
            Range::Private => f.write_str("must be a private IP address")?,
        }
        self.version.explain(f)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        self.version.parameters(visit);
        self.range.parameters(visit);
    }

    fn accepts(&self, text: &str) -> bool {
        let Ok(address) = text.parse::<IpAddr>() else { return false };
        self.version.is_of(address)
            && match self.range {
                Range::Any => true,
                Range::Public => is_public(address),
                Range::Private => is_private_use(address),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Apply;

    #[test]
    fn a_textual_form_is_the_whole_text() {
        for text in ["0.0.0.0", "255.255.255.255", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::ffff:192.0.2.1"] {
            assert!(Ip::new().check(text), "{text:?}");
        }
        for text in [
            "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.04", "1.2.3.256", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4\n", "127.1",
            "2130706433", "0177.0.0.1", "1.2.3.4/8", "1.2.3.4:80", "１.2.3.4", "[::1]", "fe80::1%eth0", "1::2::3", ":::", "12345::",
            "1:2:3:4:5:6:7", "::ffff:192.0.2.01", "::1.2.3", "::ffff:0x7f.0.0.1", "1:2:3:4:5:6:7:8:9",
        ] {
            assert!(!Ip::new().check(text), "{text:?}");
        }
    }

    #[test]
    fn versions_and_ranges_are_for_those_who_ask() {
        let (four, six) = (Ip::new().version(4), Ip::new().version(6));
        assert!(four.check("192.0.2.1") && !four.check("::1"));
        assert!(six.check("::1") && !six.check("192.0.2.1"));
        let (public, private) = (Ip::new().range("public"), Ip::new().range("private"));
        assert!(public.check("9.9.9.9") && !private.check("9.9.9.9"));
        assert!(private.check("10.1.2.3") && private.check("fd00::1") && !public.check("fd00::1"));
        assert!(!public.check("127.0.0.1") && !private.check("127.0.0.1"));
    }

    #[test]
    fn the_bounds_hold_the_longest_form() {
        assert!(Ip::new().check("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"));
        assert_eq!("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".len(), 45);
    }
}
