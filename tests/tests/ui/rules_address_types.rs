//! Rules on addresses, on types that they do not understand.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Service {
    #[secure(email(profile = "rfc5321"))]
    email_of_a_number: u32,
    #[secure(hostname)]
    hostname_of_a_number: u32,
    #[secure(length(max = 4), each(length(max = 9)), url)]
    url_of_a_list: Vec<String>,
    #[secure(ip)]
    ip_of_a_number: u32,
    #[secure(cidr)]
    cidr_of_a_flag: bool,
    #[secure(port, length(max = 5))]
    port_of_a_text: String,
    #[secure(mac)]
    mac_of_a_number: u64,
    #[secure(phone)]
    phone_of_a_number: u64,
}

fn main() {}
