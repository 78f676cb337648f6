//! Arguments that rules on identifiers and money do not take, or not so.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Payment {
    #[secure(uuid(version = "4"))]
    uuid: String,
    #[secure(uuid(versions = 4))]
    uuid_versions: String,
    #[secure(ulid(case = 1))]
    ulid: String,
    #[secure(iban(country = "DE"))]
    iban: String,
    #[secure(bic(8))]
    bic: String,
    #[secure(card(separators = "space"))]
    card: String,
    #[secure(currency("EUR"))]
    currency: String,
    #[secure(country("alpha2"))]
    country: String,
    #[secure(language(region = "DE"))]
    language: String,
    #[secure(timezone(offset = true))]
    timezone: String,
    #[secure(decimal(digits = 12.5))]
    decimal: String,
    #[secure(password(50))]
    password: String,
}

fn main() {}
