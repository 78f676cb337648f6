//! The host of a URL, and whether it is public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::is_public;
use crate::rules::domain_name::{ends_in_a_number, is_marked, is_name};

/// Last labels under which nothing public is, and which local resolvers answer.
const LOCAL_SUFFIXES: [&str; 25] = [
    // RFC 6761, section 6.
    "localhost",
    "test",
    "invalid",
    // RFC 6762, section 3 and appendix G.
    "local",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    // ICANN delegates it to nobody, for it is in use within networks.
    "mail",
    // ICANN keeps it for private use, and platforms serve their metadata there.
    "internal",
    // It is delegated for infrastructure alone, `home.arpa` (RFC 8375) and `ipv4only.arpa` (RFC 8880) among it.
    "arpa",
    // RFC 7686, RFC 9476.
    "onion",
    "alt",
    // What resolvers, containers and their platforms answer themselves.
    "localdomain",
    "localhost6",
    "localdomain6",
    "domain",
    "localnet",
    "workgroup",
    "default",
    "docker",
    "consul",
    "svc",
    "kube",
];

/// Names outside of those at which platforms serve what is inside.
const INSIDE: [&str; 6] = [
    "metadata.goog",
    "metadata.azure.com",
    "metadata.tencentyun.com",
    "metadata.packet.net",
    "metadata.platformequinix.com",
    "api.metadata.cloud.ibm.com",
];

/// A host as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Host<'a> {
    Name(&'a str),
    Address(IpAddr),
}

impl<'a> Host<'a> {
    /// The host, when it is written plainly.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if let Some(inner) = text.strip_prefix('[') {
            let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return Some(Self::Address(address.into()));
        }
        (is_name(text) && !ends_in_a_number(text)).then_some(Self::Name(text))
    }

    /// Whether the address is public, or the name could be that of a public host.
    pub(super) fn is_public(&self) -> bool {
        match self {
            Self::Address(address) => is_public(*address),
            Self::Name(name) => is_public_name(name),
        }
    }

    /// Whether the parser of the standard found the same host.
    pub(super) fn is_that_of(&self, parsed: &url::Url) -> bool {
        match (self, parsed.host()) {
            (Self::Address(IpAddr::V4(address)), Some(url::Host::Ipv4(parsed))) => *address == parsed,
            (Self::Address(IpAddr::V6(address)), Some(url::Host::Ipv6(parsed))) => *address == parsed,
            // A scheme that the standard does not know keeps the text of its host.
            (Self::Address(IpAddr::V4(address)), Some(url::Host::Domain(parsed))) => parsed.parse() == Ok(*address),
            (Self::Name(name), Some(url::Host::Domain(parsed))) => {
                parsed.eq_ignore_ascii_case(name) || (!name.is_ascii() && is_name(parsed))
            }
            (Self::Name(_) | Self::Address(_), _) => false,
        }
    }
}

fn is_public_name(name: &str) -> bool {
    let Some((_, last)) = name.rsplit_once('.') else { return false };
    // RFC 1123, section 2.1: the highest label is alphabetic. So nothing that reads like an address passes for a name.
    let is_top = !last.is_ascii() || is_marked(last) || last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_local = LOCAL_SUFFIXES.iter().any(|suffix| last.eq_ignore_ascii_case(suffix));
    is_top && !is_local && !INSIDE.iter().any(|domain| is_within(name, domain))
}

/// Whether the name is `domain` or below it.
fn is_within(name: &str, domain: &str) -> bool {
    let Some(above) = name.len().checked_sub(domain.len()) else { return false };
    let is_suffix = name.get(above..).is_some_and(|end| end.eq_ignore_ascii_case(domain));
    is_suffix && (above == 0 || name.get(..above).is_some_and(|before| before.ends_with('.')))
}
