//! Types that cannot be requests or responses.

use palisade::prelude::*;

#[derive(serde::Deserialize, Secure)]
struct NewOrder {
    quantity: u32,
}

#[derive(serde::Deserialize, Secure)]
enum Payment {
    Card { holder: u32 },
}

#[derive(Secure)]
struct Nothing;

#[derive(Secure)]
enum Never {}

#[derive(Secure)]
union Bits {
    whole: u32,
    half: u16,
}

fn main() {}
