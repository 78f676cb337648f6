//! The order type with validator.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};
#[cfg(test)]
use validator::ValidationErrorsKind;
use validator::{Validate, ValidationError, ValidationErrors};

static CURRENCY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[A-Z]{3}$").expect("a pattern"));
static SKU: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[A-Z]{3}-[0-9]{4,8}$").expect("a pattern"));

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Order {
    #[validate(email, length(max = 254))]
    customer_email: String,
    #[validate(regex(path = *CURRENCY))]
    currency: String,
    #[validate(length(min = 1, max = 20), nested)]
    items: Vec<LineItem>,
    #[validate(length(max = 500))]
    note: Option<String>,
    #[validate(nested)]
    shipping: Address,
    #[validate(length(max = 10), custom(function = tags))]
    tags: Vec<String>,
    #[validate(length(max = 16), custom(function = metadata))]
    metadata: HashMap<String, String>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    #[validate(regex(path = *SKU))]
    sku: String,
    #[validate(range(min = 1, max = 1_000))]
    quantity: u32,
    #[validate(range(min = 1, max = 10_000_000))]
    unit_price: u64,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[validate(length(min = 1, max = 100))]
    name: String,
    #[validate(length(min = 1, max = 120))]
    street: String,
    #[validate(length(min = 1, max = 60))]
    city: String,
    #[validate(length(min = 3, max = 12))]
    postcode: String,
    #[validate(length(min = 2, max = 2))]
    country: String,
}

// validator has no rules for what lists and maps hold, so these two are functions, as its own documentation advises.
fn tags(tags: &[String]) -> Result<(), ValidationError> {
    for tag in tags {
        let count = tag.chars().count();
        if !(1..=24).contains(&count) {
            return Err(ValidationError::new("length"));
        }
    }
    Ok(())
}

fn metadata(metadata: &HashMap<String, String>) -> Result<(), ValidationError> {
    for (key, value) in metadata {
        let count = key.chars().count();
        if !(1..=40).contains(&count) || 200 < value.chars().count() {
            return Err(ValidationError::new("length"));
        }
    }
    Ok(())
}

impl Order {
    pub fn report(&self) -> Result<(), ValidationErrors> {
        self.validate()
    }

    #[cfg(test)]
    pub fn errors(&self) -> usize {
        self.report().err().map_or(0, |errors| count(&errors))
    }
}

#[cfg(test)]
fn count(errors: &ValidationErrors) -> usize {
    let count = |kind: &ValidationErrorsKind| match kind {
        ValidationErrorsKind::Struct(inner) => count(inner),
        ValidationErrorsKind::List(items) => items.values().map(|inner| count(inner)).sum(),
        ValidationErrorsKind::Field(errors) => errors.len(),
    };
    errors.errors().values().map(count).sum()
}

/// validator's own form.
pub fn to_json(errors: &ValidationErrors) -> Vec<u8> {
    serde_json::to_vec(errors).unwrap_or_default()
}
