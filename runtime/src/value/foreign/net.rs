//! The addresses of the standard library.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::formatted;

formatted! {
    Ipv4Addr => "ipv4", "an IPv4 address", 15;
    Ipv6Addr => "ipv6", "an IPv6 address", 45;
    IpAddr => "ip", "an IP address", 45;
}
