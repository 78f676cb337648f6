//! Rules on addresses, on types that they do not understand.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Service {
    #[secure(email(profile = "rfc5321"))]
    email: u32,
    #[secure(hostname)]
    hostname: u32,
    #[secure(length(max = 4), each(length(max = 9)), url)]
    url: Vec<String>,
    #[secure(ip)]
    ip: u32,
    #[secure(cidr)]
    cidr: bool,
    #[secure(port, length(max = 5))]
    port: String,
    #[secure(mac)]
    mac: u64,
    #[secure(phone)]
    phone: u64,
}

fn main() {}
