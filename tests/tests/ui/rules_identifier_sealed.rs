//! Arguments of rules on identifiers and money that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct UnknownVersion {
    #[secure(uuid(version = 9))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct UnknownVersionInAList {
    #[secure(uuid(versions = [4, 0]))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NoVersion {
    #[secure(uuid(versions = []))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct UnknownCase {
    #[secure(ulid(case = "lower"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct UnknownFormat {
    #[secure(iban(format = "spaces"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct UnknownSeparator {
    #[secure(card(separator = " "))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct UnknownForm {
    #[secure(country(form = "name"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NoDigits {
    #[secure(decimal(scale = 2))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct TooManyDigits {
    #[secure(decimal(digits = 39))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct MoreBehindThePointThanInAll {
    #[secure(decimal(digits = 2, scale = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct BoundWithTooManyDigits {
    #[secure(decimal(digits = 12, scale = 2, max = 0.125))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct BoundsBeyondTheDigits {
    #[secure(decimal(digits = 2, min = 100))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct BoundsThatDoNotMeet {
    #[secure(decimal(digits = 4, scale = 2, above = 1, below = 1))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct PasswordWithoutEntropy {
    #[secure(password)]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Password {
    #[secure(password(min_entropy = 90))]
    value: String,
}

fn main() {}
