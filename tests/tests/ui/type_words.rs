//! What a type, a variant and a field say, judged by the macro.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(outptu)]
struct Misspelt {}

#[derive(Secure)]
#[secure(output = true, crate = palisade)]
struct WithValue {}

#[derive(Secure)]
#[secure(output, output)]
struct Twice {}

#[derive(Secure)]
#[secure(ignore_unknown = "")]
struct NoReason {
    size: u8,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(ignore_unknown = "old clients send more")]
struct Contradiction {
    size: u8,
}

#[derive(Secure)]
#[secure(output)]
enum Rules {
    #[secure(length(max = 4))]
    Small(u8),
}

#[derive(Secure)]
#[secure(output)]
struct Places<T> {
    #[secure(each)]
    each_without_rules: u8,
    #[secure(each(trim), each(lowercase))]
    each_twice: u8,
    #[secure(unchecked)]
    unchecked_without_reason: u8,
    #[secure(unchecked = "")]
    unchecked_with_empty_reason: u8,
    #[secure(range(max = T::MAX))]
    generic_argument: T,
    #[secure(range(max = Self::MAX))]
    own_argument: u8,
    #[serde(skip)]
    #[secure(trim)]
    skipped: u8,
    #[serde(skip)]
    #[secure(unchecked = "never sent")]
    skipped_unchecked: u8,
}

fn main() {}
