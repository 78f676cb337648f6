//! Rules on identifiers and money, on types that are no texts.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Payment {
    #[secure(uuid(version = 4))]
    uuid: u64,
    #[secure(ulid)]
    ulid: Option<u64>,
    #[secure(length(max = 40), iban)]
    iban: Vec<u8>,
    #[secure(bic)]
    bic: bool,
    #[secure(card)]
    card: u64,
    #[secure(length(max = 4), keys(length(max = 4)), currency)]
    currency: BTreeMap<String, u8>,
    #[secure(country(form = "numeric"))]
    country: u16,
    #[secure(length(max = 4), each(language))]
    language: Vec<u8>,
    #[secure(timezone)]
    timezone: i32,
    #[secure(decimal(digits = 12, scale = 2))]
    decimal: f64,
    #[secure(password(min_entropy = 50))]
    password: u64,
}

fn main() {}
