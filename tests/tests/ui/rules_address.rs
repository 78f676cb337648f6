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
    #[secure(url(schemes = []))]
    url_without_scheme: String,
    #[secure(url(schemes = ["HTTPS"]))]
    url_scheme_in_capitals: String,
    #[secure(url(schemes = ["https://"]))]
    url_scheme_with_slashes: String,
    #[secure(url(schemes = ["https", "javascript"]))]
    url_scheme_that_runs: String,
    #[secure(url(host = "private"))]
    url_host: String,
    #[secure(url(ports = []))]
    url_without_port: String,
    #[secure(url(ports = [0]))]
    url_port: String,
    #[secure(url(userinfo = "none"))]
    url_userinfo: String,
    #[secure(url(fragment = "none"))]
    url_fragment: String,
    #[secure(url(international = "none"))]
    url_international: String,
    #[secure(url(max = 4))]
    url_max: String,
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
    #[secure(phone(region = "Germany"))]
    phone_region: String,
    #[secure(phone(region = "de"))]
    phone_region_in_small_letters: String,
}

fn main() {}
