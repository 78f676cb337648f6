//! Arguments of rules on identifiers and money that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Payment {
    #[secure(uuid(version = 9))]
    unknown_version: String,
    #[secure(uuid(versions = [4, 0]))]
    unknown_version_in_a_list: String,
    #[secure(uuid(versions = []))]
    no_version: String,
    #[secure(ulid(case = "lower"))]
    unknown_case: String,
    #[secure(iban(format = "spaces"))]
    unknown_format: String,
    #[secure(card(separator = " "))]
    unknown_separator: String,
    #[secure(country(form = "name"))]
    unknown_form: String,
    #[secure(decimal(scale = 2))]
    no_digits: String,
    #[secure(decimal(digits = 39))]
    too_many_digits: String,
    #[secure(decimal(digits = 2, scale = 4))]
    more_behind_the_point_than_in_all: String,
    #[secure(decimal(digits = 12, scale = 2, max = 0.125))]
    bound_with_too_many_digits: String,
    #[secure(decimal(digits = 2, min = 100))]
    bounds_beyond_the_digits: String,
    #[secure(decimal(digits = 4, scale = 2, above = 1, below = 1))]
    bounds_that_do_not_meet: String,
}

fn main() {}
