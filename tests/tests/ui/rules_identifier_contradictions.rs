//! Rules on identifiers and money that no value can satisfy together.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Payment {
    #[secure(uuid, length(max = 30))]
    uuid: String,
    #[secure(ulid, length(max = 25))]
    ulid: String,
    #[secure(lowercase, iban)]
    iban: String,
    #[secure(lowercase, bic)]
    bic: String,
    #[secure(card, length(max = 9))]
    card: String,
    #[secure(language, length(min = 300))]
    language: String,
    #[secure(timezone, length(min = 300))]
    timezone: String,
    #[secure(decimal(digits = 4), length(min = 30))]
    decimal: String,
    #[secure(password(min_entropy = 50), length(max = 4))]
    password: String,
    #[secure(length(max = 2), currency)]
    currency: String,
    #[secure(lowercase, country)]
    country: String,
}

fn main() {}
