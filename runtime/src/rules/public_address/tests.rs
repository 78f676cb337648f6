//! The table against its rows, the addresses at both edges of each, and another reading of the same networks.

use ipnet::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;

use super::*;

/// Each network with its two neighbours: the address before it and the one behind it, and whether they are public.
const V4_EDGES: [(&str, bool, bool); 16] = [
    ("0.0.0.0/8", false, true),
    ("10.0.0.0/8", true, true),
    ("100.64.0.0/10", true, true),
    ("127.0.0.0/8", true, true),
    ("168.63.129.16/32", true, true),
    ("169.254.0.0/16", true, true),
    ("172.16.0.0/12", true, true),
    ("192.0.0.0/24", true, true),
    ("192.0.2.0/24", true, true),
    ("192.88.99.0/24", true, true),
    ("192.168.0.0/16", true, true),
    ("198.18.0.0/15", true, true),
    ("198.51.100.0/24", true, true),
    ("203.0.113.0/24", true, true),
    ("224.0.0.0/4", true, false),
    ("240.0.0.0/4", false, false),
];

const V6_EDGES: [(&str, bool, bool); 22] = [
    ("::/96", false, false),
    ("::/128", false, false),
    ("::1/128", false, false),
    ("::ffff:0:0/96", false, false),
    ("::ffff:0:0:0/96", false, false),
    ("64:ff9b:1::/48", false, false),
    ("100::/64", false, false),
    ("100:0:0:1::/64", false, false),
    ("200::/7", false, false),
    ("2001::/23", true, true),
    ("2001::/32", true, false),
    ("2001:2::/48", false, false),
    ("2001:10::/28", false, false),
    ("2001:20::/28", false, false),
    ("2001:db8::/32", true, true),
    ("2002::/16", true, true),
    ("3ffe::/16", true, false),
    ("3fff::/20", false, true),
    ("5f00::/16", false, false),
    ("fc00::/7", false, false),
    ("fe80::/10", false, false),
    ("fec0::/10", false, false),
];

#[test]
fn each_row_of_version_4_ends_where_it_says() {
    for (text, before, behind) in V4_EDGES {
        let network: Ipv4Net = text.parse().unwrap();
        let (first, last) = (network.network().to_bits(), network.broadcast().to_bits());
        let middle = first + (last - first) / 2;
        for bits in [first, middle, last] {
            assert!(!is_public(Ipv4Addr::from_bits(bits).into()), "{text}: {bits:#x}");
        }
        let neighbours = [(first.wrapping_sub(1), before), (last.wrapping_add(1), behind)];
        for (bits, expected) in neighbours {
            let address = Ipv4Addr::from_bits(bits);
            assert_eq!(is_public(address.into()), expected, "beside {text}: {address}");
        }
    }
}

#[test]
fn each_row_of_version_6_ends_where_it_says() {
    for (text, before, behind) in V6_EDGES {
        let network: Ipv6Net = text.parse().unwrap();
        let (first, last) = (network.network().to_bits(), network.broadcast().to_bits());
        let middle = first + (last - first) / 2;
        for bits in [first, middle, last] {
            assert!(!is_public(Ipv6Addr::from_bits(bits).into()), "{text}: {bits:#x}");
        }
        let neighbours = [(first.wrapping_sub(1), before), (last.wrapping_add(1), behind)];
        for (bits, expected) in neighbours {
            let address = Ipv6Addr::from_bits(bits);
            assert_eq!(is_public(address.into()), expected, "beside {text}: {address}");
        }
    }
}

#[test]
fn every_row_has_its_edges_and_its_source() {
    let v4: Vec<Ipv4Net> = V4_EDGES.iter().map(|(text, ..)| text.parse().unwrap()).collect();
    for row in V4 {
        let network = Ipv4Net::new(Ipv4Addr::from_bits(row.first), row.prefix as u8).unwrap();
        assert_eq!(network.trunc(), network, "{}", row.source);
        assert!(v4.contains(&network) || row.prefix == 32, "{network}: {}", row.source);
    }
    let v6: Vec<Ipv6Net> = V6_EDGES.iter().map(|(text, ..)| text.parse().unwrap()).collect();
    for row in V6 {
        let network = Ipv6Net::new(Ipv6Addr::from_bits(row.first), row.prefix as u8).unwrap();
        assert_eq!(network.trunc(), network, "{}", row.source);
        assert!(v6.contains(&network) || network.to_string() == "ff00::/8", "{network}: {}", row.source);
    }
    let sources = V4.iter().map(|row| row.source).chain(V6.iter().map(|row| row.source));
    for source in sources {
        assert!(source.starts_with("RFC ") || source.starts_with("Microsoft"), "{source}");
    }
}

#[test]
fn the_metadata_of_platforms_is_inside() {
    for text in [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "169.254.0.23",
        "169.254.42.42",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:42::42",
        "fe80::a9fe:a9fe",
    ] {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
}

#[test]
fn an_address_of_version_4_within_one_of_version_6_hides_nothing() {
    for text in [
        "::ffff:127.0.0.1",
        "::ffff:9.9.9.9",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::9.9.9.9",
        "2002:7f00:1::",
        "2002:909:909::1",
        "2001:0:7f00:1::",
        "2001::80ff:fffe",
        "2600::5efe:127.0.0.1",
        "2600::200:5efe:10.0.0.1",
    ] {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
    // What a translator leads outside is outside.
    assert!(is_public("64:ff9b::9.9.9.9".parse().unwrap()));
}

#[test]
fn ordinary_addresses_are_public() {
    for text in [
        "1.1.1.1",
        "8.8.8.8",
        "9.9.9.9",
        "93.184.215.14",
        "192.31.196.1",
        "192.175.48.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2620:fe::fe",
        "2001:4860:4860::8888",
        "2a00:1450:4001:82a::200e",
        "2400:cb00::1",
    ] {
        assert!(is_public(text.parse().unwrap()), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_network_of_one_address_is_what_the_address_is(narrow: u32, wide: u128) {
        for address in [IpAddr::V4(narrow.into()), IpAddr::V6(wide.into()), IpAddr::V6((wide >> 3 | 1 << 125).into())] {
            let network = Network { address, prefix: width(address) };
            prop_assert_eq!(network.is_public(), is_public(address), "{}", address);
            prop_assert_eq!(network.is_private_use(), is_private_use(address), "{}", address);
            prop_assert!(!(is_public(address) && is_private_use(address)));
        }
    }

    #[test]
    fn what_a_public_network_holds_is_public(narrow: u32, prefix in 0u32..=32, inside: u32) {
        let network = Network { address: IpAddr::V4(narrow.into()), prefix };
        let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
        let address = IpAddr::V4(Ipv4Addr::from_bits(narrow & mask | inside & !mask));
        prop_assert!(!network.is_public() || is_public(address));
        prop_assert!(!network.is_private_use() || is_private_use(address));
    }

    #[test]
    fn agrees_with_what_the_standard_library_calls_special(narrow: u32) {
        let address = Ipv4Addr::from_bits(narrow);
        let special = address.is_loopback() || address.is_private() || address.is_link_local() || address.is_multicast()
            || address.is_unspecified() || address.is_broadcast() || address.is_documentation();
        prop_assert!(!special || !is_public(address.into()), "{}", address);
    }
}
