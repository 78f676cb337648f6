//! What a document says of a confidential value: how large it can be, roughly, and nothing of what it looks like.

use serde_json::{Map, Value};

use super::keywords::{self, Measured};
use crate::policy::Facet;

/// Adds a facet of a sensitive value. A reader needs to know how much to expect, so the upper bound is rounded up to a
/// power of two.
pub(super) fn add(members: &mut Map<String, Value>, measured: Measured, facet: Facet) {
    match facet {
        Facet::MaxLength(length) => most(members, measured, Some(length)),
        Facet::Pattern(pattern) => most(members, measured, pattern.longest),
        Facet::OneOf(choices) => {
            let longest = choices.iter().map(|choice| choice.chars().count() as u64).max();
            most(members, measured, longest);
        }
        Facet::Format(_) | Facet::Cleaned(..) | Facet::Sensitive | Facet::Custom(_) | Facet::Between(_) => {
            keywords::add(members, measured, facet);
        }
        Facet::MinLength(_)
        | Facet::Minimum(_)
        | Facet::Maximum(_)
        | Facet::ExclusiveMinimum(_)
        | Facet::ExclusiveMaximum(_)
        | Facet::MultipleOf(_)
        | Facet::NoneOf(_)
        | Facet::Holds(..)
        | Facet::Unit(_)
        | Facet::Unique
        | Facet::Clean(..)
        | Facet::Truncated(_)
        | Facet::Raised(_)
        | Facet::Lowered(_)
        | Facet::RejectUnclean => {}
    }
}

fn most(members: &mut Map<String, Value>, measured: Measured, length: Option<u64>) {
    if let Some(length) = length.and_then(u64::checked_next_power_of_two) {
        keywords::add(members, measured, Facet::MaxLength(length));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::prelude::*;

    #[derive(Secure)]
    #[secure(output)]
    struct Login {
        #[secure(length(min = 8, max = 100), pattern("[a-z]+"), excludes("x"), sensitive)]
        phrase: String,
        #[secure(range(min = 1000, max = 9999), sensitive)]
        pin: u16,
        #[secure(one_of(["red", "green"]), sensitive)]
        color: Option<String>,
    }

    #[test]
    fn a_document_does_not_say_what_a_secret_looks_like() {
        let schema = crate::schema::output::<Login>().to_value();
        let property = |name: &str| schema["properties"][name].clone();
        assert_eq!(property("phrase"), json!({ "type": "string", "maxLength": 128, "x-sensitive-data": true }));
        assert_eq!(
            property("pin"),
            json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 65535, "x-sensitive-data": true })
        );
        assert_eq!(property("color"), json!({ "type": ["string", "null"], "maxLength": 8, "x-sensitive-data": true }));
    }
}
