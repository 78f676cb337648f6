//! Rules on addresses that no value, or no value of the type, can satisfy together.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Service {
    #[secure(length(max = 2), email)]
    email: String,
    #[secure(length(min = 300), hostname)]
    hostname: String,
    #[secure(length(max = 2), cidr)]
    cidr: String,
    #[secure(range(max = 0), port)]
    port: u16,
    #[secure(length(max = 9), mac)]
    mac: String,
    #[secure(length(max = 1), phone)]
    phone: String,
}

fn main() {}
