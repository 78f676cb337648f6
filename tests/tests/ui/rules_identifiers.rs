//! Rules on identifiers and money, on types that are no texts. `password` stands in a feature that is off here.

use std::collections::BTreeMap;

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Payment {
    #[secure(uuid(version = 4))]
    uuid_of_a_number: u64,
    #[secure(ulid)]
    ulid_of_a_number: Option<u64>,
    #[secure(length(max = 4), iban)]
    iban_of_a_list: Vec<u8>,
    #[secure(bic)]
    bic_of_a_truth_value: bool,
    #[secure(card)]
    card_of_a_number: u64,
    #[secure(length(max = 4), keys(length(max = 4)), currency)]
    currency_of_a_map: BTreeMap<String, u8>,
    #[secure(country(form = "numeric"))]
    country_of_a_number: u16,
    #[secure(length(max = 4), each(language))]
    language_of_items: Vec<u8>,
    #[secure(timezone)]
    timezone_of_a_number: i32,
    #[secure(decimal(digits = 12, scale = 2))]
    decimal_of_a_float: f64,
    #[secure(uuid(version = "4"))]
    text_for_number: String,
    #[secure(uuid(versions = 4))]
    number_for_list: String,
    #[secure(ulid(case = 1))]
    number_for_text: String,
    #[secure(decimal(digits = 12.5))]
    fraction_for_number: String,
}

fn main() {}
