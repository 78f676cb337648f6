//! Arguments that rules on addresses do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Service {
    #[secure(email(display_name = true))]
    email: String,
    #[secure(hostname(dot = "allowed"))]
    hostname: String,
    #[secure(url(scheme = ["https"]))]
    url_scheme: String,
    #[secure(url(schemes = "https"))]
    url_schemes: String,
    #[secure(ip(version = "4"))]
    ip: String,
    #[secure(cidr(bits = 24))]
    cidr: String,
    #[secure(port(min = 1_024))]
    port: u16,
    #[secure(mac(48))]
    mac: String,
    #[secure(phone(regions = "DE"))]
    phone: String,
}

fn main() {}
