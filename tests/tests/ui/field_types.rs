//! Fields of types that are not declared.

use palisade::prelude::*;

struct Address;

#[derive(Secure)]
#[secure(output)]
struct Order {
    undeclared: Address,
    #[secure(length(max = 4))]
    undeclared_inside: Vec<Address>,
    of_std: std::time::Duration,
}

fn main() {}
