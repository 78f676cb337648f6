//! Arguments of rules on addresses that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct EmailProfile {
    #[secure(email(profile = "rfc822"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct HostnameInternational {
    #[secure(hostname(international = "yes"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct HostnameTrailingDot {
    #[secure(hostname(trailing_dot = "maybe"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct IpVersion {
    #[secure(ip(version = 5))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct IpRange {
    #[secure(ip(range = "local"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct CidrVersion {
    #[secure(cidr(version = 5))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct CidrRange {
    #[secure(cidr(range = "local"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct CidrHostBits {
    #[secure(cidr(host_bits = "set"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct PortOfAByte {
    #[secure(port)]
    value: u8,
}

#[derive(Secure)]
#[secure(output)]
struct MacForm {
    #[secure(mac(form = "eui"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct MacSeparator {
    #[secure(mac(separator = "dot"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct PhoneRegion {
    #[secure(phone(region = "Germany"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct PhoneRegionInSmallLetters {
    #[secure(phone(region = "de"))]
    value: String,
}

fn main() {}
