//! Arguments of rules on numbers, lists, maps and times that make no sense. The rules of a type are one constant, so each has a type.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct MultipleOfZero {
    #[secure(multiple_of(0))]
    value: u32,
}

#[derive(Secure)]
#[secure(output)]
struct NegativeMultiple {
    #[secure(multiple_of(-0.5))]
    value: f64,
}

#[derive(Secure)]
#[secure(output)]
struct NoSuchDay {
    #[secure(before("2030-02-30"))]
    value: Option<jiff::civil::Date>,
}

#[derive(Secure)]
#[secure(output)]
struct NoOffset {
    #[secure(after("2030-01-01T00:00:00"))]
    value: Option<jiff::Timestamp>,
}

#[derive(Secure)]
#[secure(output)]
struct NoDistance {
    #[secure(within)]
    value: jiff::Timestamp,
}

#[derive(Secure)]
#[secure(output)]
struct Nought {
    #[secure(within(days = 0))]
    value: jiff::Timestamp,
}

#[derive(Secure)]
#[secure(output)]
struct KeyBeyondTheType {
    #[secure(length(max = 4), keys(range(max = 300)))]
    value: BTreeMap<u8, u8>,
}

fn main() {}
