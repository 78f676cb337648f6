//! `cidr`: a network as an address, `/` and the length of its prefix (RFC 4632, section 3.1; RFC 4291, section 2.3).
//!
//! No bit behind the prefix is set, unless `host_bits = "allowed"` says that an address within the network may name it.
//! `cidr(version = 4)` or `6` asks for one version. `cidr(range = "public")` asks for a network of which the Internet
//! reaches each address, `"private"` for one within a private network (RFC 1918, RFC 4193).
//!
//! ```
//! use palisade::rules::{Apply, cidr::Cidr};
//!
//! const RULE: Cidr = Cidr::new().seal().into_rule();
//! assert!(RULE.check("192.0.2.0/24"));
//! assert!(RULE.check("2001:db8::/32"));
//! assert!(!RULE.check("192.0.2.1/24"));
//! assert!(!RULE.check("192.0.2.0/024"));
//! ```

use std::{fmt, net::IpAddr};

use super::{
    Parameter, Sealed, TextRule,
    address_kind::{Range, Version},
    leave::Leave,
    public_address::{Network, width},
};
use crate::policy::{Facet, Facets};

/// The rule `cidr`.
#[derive(Debug, Clone, Copy)]
pub struct Cidr {
    version: Version,
    range: Range,
    host_bits: Leave,
}

impl Cidr {
    /// Any network of either version, without host bits.
    #[must_use]
    pub const fn new() -> Self {
        Self { version: Version::Either, range: Range::Any, host_bits: Leave::Refused }
    }

    /// The version: 4 or 6.
    ///
    /// # Panics
    /// In const evaluation, at any other number.
    #[must_use]
    #[track_caller]
    pub const fn version(self, number: u8) -> Self {
        Self { version: Version::of(number, "`cidr`: `version` is 4 or 6; without it, it is either"), ..self }
    }

    /// The range: `"public"` or `"private"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn range(self, word: &'static str) -> Self {
        let mend = "`cidr`: `range` is \"public\" or \"private\"; without it, any network will do";
        Self { range: Range::of(word, mend), ..self }
    }

    /// Whether bits behind the prefix may be set: `"allowed"` or `"refused"`.
    ///
    /// # Panics
    /// In const evaluation, at any other word.
    #[must_use]
    #[track_caller]
    pub const fn host_bits(self, word: &'static str) -> Self {
        Self { host_bits: Leave::of(word, "`cidr`: `host_bits` is \"allowed\" or \"refused\""), ..self }
    }

    /// The rule with its bounds.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        // An address and a prefix length of at most two, or three, digits.
        let (shortest, longest) = match self.version {
            Version::Either => (4, 49),
            Version::Four => (9, 18),
            Version::Six => (4, 49),
        };
        let facets = Facets::NONE.with(Facet::MinLength(shortest)).with(Facet::MaxLength(longest));
        Sealed::new(self, facets.with(Facet::Custom("cidr")))
    }
}

impl TextRule for Cidr {
    fn code(&self) -> &'static str {
        "cidr"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.range {
            Range::Any => f.write_str("must be a network in CIDR notation")?,
            Range::Public => f.write_str("must be a public network in CIDR notation")?,
            Range::Private => f.write_str("must be a private network in CIDR notation")?,
        }
        self.version.explain(f)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        self.version.parameters(visit);
        self.range.parameters(visit);
        visit("host_bits", Parameter::Text(self.host_bits.word()));
    }

    fn accepts(&self, text: &str) -> bool {
        let Some(network) = network(text) else { return false };
        self.version.is_of(network.address)
            && match self.host_bits {
                Leave::Allowed => true,
                Leave::Refused => network.is_canonical(),
            }
            && match self.range {
                Range::Any => true,
                Range::Public => network.is_public(),
                Range::Private => network.is_private_use(),
            }
    }
}

fn network(text: &str) -> Option<Network> {
    let (address, prefix) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let prefix = decimal(prefix)?;
    (prefix <= width(address)).then_some(Network { address, prefix })
}

/// At most three digits, without a zero in front.
fn decimal(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [b'0'] => Some(0),
        [b'1'..=b'9', rest @ ..] if rest.len() <= 2 && rest.iter().all(u8::is_ascii_digit) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ipnet::IpNet;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Apply;

    #[test]
    fn a_network_has_an_address_and_a_length() {
        for text in ["0.0.0.0/0", "192.0.2.0/24", "192.0.2.1/32", "::/0", "2001:db8::/32", "::1/128"] {
            assert!(Cidr::new().check(text), "{text:?}");
        }
        for text in [
            "", "/", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/8 ",
            "10.0.0.0/255.0.0.0", "10.0.0.0/8/8", "10/8", "010.0.0.0/8", "10.0.0.1/8", "::/129", "::1/127", "fe80::%1/64", "::/1000",
            "10.0.0.0/٨",
        ] {
            assert!(!Cidr::new().check(text), "{text:?}");
        }
        assert!(Cidr::new().host_bits("allowed").check("10.0.0.1/8"));
    }

    #[test]
    fn a_range_holds_the_whole_network() {
        let (public, private) = (Cidr::new().range("public"), Cidr::new().range("private"));
        let rows = [
            ("9.0.0.0/8", true, false),
            ("10.0.0.0/8", false, true),
            ("10.1.0.0/16", false, true),
            ("10.0.0.0/7", false, false),
            ("8.0.0.0/6", false, false),
            ("0.0.0.0/0", false, false),
            ("127.0.0.0/8", false, false),
            ("172.16.0.0/12", false, true),
            ("172.0.0.0/8", false, false),
            ("192.168.4.0/22", false, true),
            ("168.63.129.0/24", false, false),
            ("2600::/16", true, false),
            ("2000::/3", false, false),
            ("::/0", false, false),
            ("fd00::/8", false, true),
            ("fc00::/6", false, false),
            ("fe80::/10", false, false),
            ("::ffff:10.0.0.0/104", false, false),
            ("64:ff9b::/96", false, false),
        ];
        for (text, is_public, is_private) in rows {
            assert_eq!((public.check(text), private.check(text)), (is_public, is_private), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn canonical_networks_are_those_of_another_implementation(address: u32, wide: u128, prefix in 0u32..=32, long in 0u32..=128) {
            for (address, prefix) in [(IpAddr::V4(address.into()), prefix), (IpAddr::V6(wide.into()), long)] {
                let text = format!("{address}/{prefix}");
                let network: IpNet = text.parse().unwrap();
                prop_assert_eq!(Cidr::new().check(&text), network.trunc() == network, "{}", text);
                prop_assert!(Cidr::new().check(&network.trunc().to_string()));
            }
        }
    }
}
