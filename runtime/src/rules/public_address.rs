//! Which addresses are public: the special-purpose address registries as a table, and the questions asked of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A block of addresses that is not public, with what set it aside.
///
/// The rows were written down on 2026-11-22 from the documents they name; the newest of them is RFC 9780. They are the rows
/// of the IANA IPv4 and IPv6 Special-Purpose Address Registries that are not globally reachable, multicast, blocks that
/// the registries no longer list, and addresses at which cloud platforms serve what is inside.
#[derive(Debug, Clone, Copy)]
struct Row<Address> {
    first: Address,
    prefix: u32,
    reach: Reach,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table says where each row comes from, and tests name it"))]
    source: &'static str,
}

/// From where the addresses of a row can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// From within an organization that may use them as it likes.
    PrivateUse,
    /// From nowhere, from the same host or link, or by those for whom they were set aside.
    Special,
}

const fn v4(first: [u8; 4], prefix: u32, reach: Reach, source: &'static str) -> Row<u32> {
    Row { first: u32::from_be_bytes(first), prefix, reach, source }
}

const fn v6(first: [u16; 8], prefix: u32, reach: Reach, source: &'static str) -> Row<u128> {
    let [a, b, c, d, e, f, g, h] = first;
    Row { first: Ipv6Addr::new(a, b, c, d, e, f, g, h).to_bits(), prefix, reach, source }
}

/// What is not public in version 4. Two addresses in 192.0.0.0/24 are registered as globally reachable, 192.0.0.9 (RFC 7723)
/// and 192.0.0.10 (RFC 8155): both are anycast for servers nearby, so they are no exceptions here.
static V4: [Row<u32>; 18] = [
    v4([0, 0, 0, 0], 8, Reach::Special, "RFC 791, section 3.2: this network"),
    v4([10, 0, 0, 0], 8, Reach::PrivateUse, "RFC 1918: private use"),
    v4([100, 64, 0, 0], 10, Reach::Special, "RFC 6598: shared address space of carriers"),
    v4([127, 0, 0, 0], 8, Reach::Special, "RFC 1122, section 3.2.1.3: loopback"),
    v4([168, 63, 129, 16], 32, Reach::Special, "Microsoft Azure: the virtual address of the platform"),
    v4([169, 254, 0, 0], 16, Reach::Special, "RFC 3927: link local, with the metadata of most platforms"),
    v4([172, 16, 0, 0], 12, Reach::PrivateUse, "RFC 1918: private use"),
    v4([192, 0, 0, 0], 24, Reach::Special, "RFC 6890, section 2.1: IETF protocol assignments"),
    v4([192, 0, 2, 0], 24, Reach::Special, "RFC 5737: documentation"),
    v4([192, 88, 99, 0], 24, Reach::Special, "RFC 7526: deprecated relays of 6to4"),
    v4([192, 168, 0, 0], 16, Reach::PrivateUse, "RFC 1918: private use"),
    v4([198, 18, 0, 0], 15, Reach::Special, "RFC 2544: benchmarking"),
    v4([198, 51, 100, 0], 24, Reach::Special, "RFC 5737: documentation"),
    v4([203, 0, 113, 0], 24, Reach::Special, "RFC 5737: documentation"),
    v4([224, 0, 0, 0], 4, Reach::Special, "RFC 5771: multicast"),
    v4([240, 0, 0, 0], 4, Reach::Special, "RFC 1112, section 4: reserved"),
    v4([255, 255, 255, 255], 32, Reach::Special, "RFC 919, section 7: limited broadcast"),
    v4([0, 0, 0, 0], 32, Reach::Special, "RFC 1122, section 3.2.1.3: unspecified"),
];

/// What is not public in version 6. Within `2001::/23` some blocks are registered as globally reachable, for anycast,
/// identifiers and drones; none of them is where a host is, so they are no exceptions here.
static V6: [Row<u128>; 23] = [
    v6([0, 0, 0, 0, 0, 0, 0, 0], 128, Reach::Special, "RFC 4291, section 2.5.2: unspecified"),
    v6([0, 0, 0, 0, 0, 0, 0, 1], 128, Reach::Special, "RFC 4291, section 2.5.3: loopback"),
    v6([0, 0, 0, 0, 0, 0, 0, 0], 96, Reach::Special, "RFC 4291, section 2.5.5.1: compatible with version 4"),
    v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, Reach::Special, "RFC 4291, section 2.5.5.2: mapped from version 4"),
    v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, Reach::Special, "RFC 2765, section 2.1: translated from version 4"),
    v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, Reach::Special, "RFC 8215: local translation"),
    v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64, Reach::Special, "RFC 6666: discard only"),
    v6([0x100, 0, 0, 1, 0, 0, 0, 0], 64, Reach::Special, "RFC 9780: dummy prefix"),
    v6([0x200, 0, 0, 0, 0, 0, 0, 0], 7, Reach::Special, "RFC 4048: returned, used by overlay networks"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, Reach::Special, "RFC 2928: IETF protocol assignments"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, Reach::Special, "RFC 4380: Teredo"),
    v6([0x2001, 2, 0, 0, 0, 0, 0, 0], 48, Reach::Special, "RFC 5180: benchmarking"),
    v6([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28, Reach::Special, "RFC 4843: deprecated ORCHID"),
    v6([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28, Reach::Special, "RFC 7343: ORCHIDv2, identifiers"),
    v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, Reach::Special, "RFC 3849: documentation"),
    v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, Reach::Special, "RFC 3056: 6to4"),
    v6([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16, Reach::Special, "RFC 3701: returned by the 6bone"),
    v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, Reach::Special, "RFC 9637: documentation"),
    v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, Reach::Special, "RFC 9602: segment identifiers"),
    v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, Reach::PrivateUse, "RFC 4193: unique local, with the metadata of platforms"),
    v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, Reach::Special, "RFC 4291, section 2.5.6: link local"),
    v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, Reach::Special, "RFC 3879: deprecated site local"),
    v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, Reach::Special, "RFC 4291, section 2.7: multicast"),
];

/// Global unicast (RFC 4291, section 2.4, as IANA allots it): outside of it nothing is public.
const GLOBAL_UNICAST: Row<u128> = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3, Reach::Special, "RFC 4291, section 2.4");

/// Translation of version 4 with the well-known prefix (RFC 6052, section 2.1).
const TRANSLATED: Row<u128> = v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, Reach::Special, "RFC 6052, section 2.1");

/// A network in the notation of RFC 4632, whose host bits may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) address: IpAddr,
    /// At most as many bits as the address has.
    pub(super) prefix: u32,
}

/// Whether the address is one that the Internet reaches, so that a request to it stays outside: no loopback, no private
/// or shared network, no metadata of a platform, nothing reserved, and no such address of version 4 within one of version 6.
///
/// A name says nothing about where it leads. Who connects to a host that a caller named asks this of **each address the
/// name was resolved to**, and connects to that very address: between the check of a text and the connection, the name
/// may come to lead elsewhere (DNS rebinding), and so may a redirect.
///
/// ```
/// use palisade::rules::public_address::is_public;
///
/// assert!(is_public("9.9.9.9".parse().unwrap()));
/// assert!(!is_public("169.254.169.254".parse().unwrap()));
/// assert!(!is_public("::ffff:127.0.0.1".parse().unwrap()));
/// ```
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !V4.iter().any(|row| row.holds(address.to_bits()))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    if TRANSLATED.holds(bits) {
        // A translator connects to the address of version 4 in the lowest 32 bits.
        return is_public_v4(Ipv4Addr::from_bits((bits & u128::from(u32::MAX)) as u32));
    }
    GLOBAL_UNICAST.holds(bits) && !V6.iter().any(|row| row.holds(bits)) && !is_isatap(address)
}

/// Whether the interface identifier embeds an address of version 4 (RFC 5214, section 6.1), to which a tunnel would lead.
const fn is_isatap(address: Ipv6Addr) -> bool {
    matches!(address.segments(), [_, _, _, _, 0 | 0x200, 0x5efe, _, _])
}

/// Whether the address is of private use: RFC 1918, or unique local as RFC 4193 has it.
pub(super) fn is_private_use(address: IpAddr) -> bool {
    Network { address, prefix: width(address) }.is_private_use()
}

/// How many bits an address has.
pub(super) const fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => u32::BITS,
        IpAddr::V6(_) => u128::BITS,
    }
}

impl Network {
    /// Whether each address in it is public. A part of the translated addresses never counts as one.
    pub(super) fn is_public(self) -> bool {
        match self.address {
            IpAddr::V4(address) => !V4.iter().any(|row| row.meets(address.to_bits(), self.prefix)),
            IpAddr::V6(address) => {
                let bits = address.to_bits();
                GLOBAL_UNICAST.contains(bits, self.prefix) && !V6.iter().any(|row| row.meets(bits, self.prefix))
            }
        }
    }

    /// Whether each address in it is of private use.
    pub(super) fn is_private_use(self) -> bool {
        match self.address {
            IpAddr::V4(address) => {
                V4.iter().any(|row| row.reach == Reach::PrivateUse && row.contains(address.to_bits(), self.prefix))
            }
            IpAddr::V6(address) => {
                V6.iter().any(|row| row.reach == Reach::PrivateUse && row.contains(address.to_bits(), self.prefix))
            }
        }
    }

    /// Whether no bit behind the prefix is set.
    pub(super) fn is_canonical(self) -> bool {
        match self.address {
            IpAddr::V4(address) => address.to_bits().checked_shl(self.prefix).unwrap_or(0) == 0,
            IpAddr::V6(address) => address.to_bits().checked_shl(self.prefix).unwrap_or(0) == 0,
        }
    }
}

macro_rules! blocks {
    ($($bits:ty),+) => {
        $(impl Row<$bits> {
            const fn holds(&self, address: $bits) -> bool {
                agree(self.first as u128, address as u128, <$bits>::BITS - self.prefix)
            }

            /// Whether the block of `prefix` bits around `address` lies within this one.
            const fn contains(&self, address: $bits, prefix: u32) -> bool {
                self.prefix <= prefix && self.holds(address)
            }

            /// Whether this block and the block of `prefix` bits around `address` have an address in common.
            const fn meets(&self, address: $bits, prefix: u32) -> bool {
                let shorter = if prefix < self.prefix { prefix } else { self.prefix };
                agree(self.first as u128, address as u128, <$bits>::BITS - shorter)
            }
        })+
    };
}
blocks!(u32, u128);

/// Whether two addresses are equal but for their lowest bits.
const fn agree(left: u128, right: u128, lowest: u32) -> bool {
    // Shifting by all 128 bits would overflow; nothing is left to differ then.
    match (left ^ right).checked_shr(lowest) {
        Some(difference) => difference == 0,
        None => true,
    }
}

#[cfg(test)]
mod tests;
