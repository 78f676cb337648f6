//! Arguments of rules on addresses that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Service {
    #[secure(email(profile = "rfc822"))]
    email_profile: String,
    #[secure(hostname(international = "yes"))]
    hostname_international: String,
    #[secure(hostname(trailing_dot = "maybe"))]
    hostname_trailing_dot: String,
    #[secure(ip(version = 5))]
    ip_version: String,
    #[secure(ip(range = "local"))]
    ip_range: String,
    #[secure(cidr(version = 5))]
    cidr_version: String,
    #[secure(cidr(range = "local"))]
    cidr_range: String,
    #[secure(cidr(host_bits = "set"))]
    cidr_host_bits: String,
    #[secure(port)]
    port_of_a_byte: u8,
    #[secure(mac(form = "eui"))]
    mac_form: String,
    #[secure(mac(separator = "dot"))]
    mac_separator: String,
}

fn main() {}
