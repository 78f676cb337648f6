//! The order type with garde.

use std::collections::HashMap;

use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Order {
    #[garde(email, length(max = 254))]
    customer_email: String,
    #[garde(pattern(r"^[A-Z]{3}$"))]
    currency: String,
    #[garde(length(min = 1, max = 20), dive)]
    items: Vec<LineItem>,
    #[garde(length(chars, max = 500))]
    note: Option<String>,
    #[garde(dive)]
    shipping: Address,
    #[garde(length(max = 10), inner(length(chars, min = 1, max = 24)))]
    tags: Vec<String>,
    // garde has no rules for what maps hold, so this is a function.
    #[garde(length(max = 16), custom(entries))]
    metadata: HashMap<String, String>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    #[garde(pattern(r"^[A-Z]{3}-[0-9]{4,8}$"))]
    sku: String,
    #[garde(range(min = 1, max = 1_000))]
    quantity: u32,
    #[garde(range(min = 1, max = 10_000_000))]
    unit_price: u64,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[garde(length(chars, min = 1, max = 100))]
    name: String,
    #[garde(length(chars, min = 1, max = 120))]
    street: String,
    #[garde(length(chars, min = 1, max = 60))]
    city: String,
    #[garde(length(chars, min = 3, max = 12))]
    postcode: String,
    #[garde(length(chars, min = 2, max = 2))]
    country: String,
}

fn entries(metadata: &HashMap<String, String>, _: &()) -> garde::Result {
    for (key, value) in metadata {
        let count = key.chars().count();
        if !(1..=40).contains(&count) || 200 < value.chars().count() {
            return Err(garde::Error::new("length"));
        }
    }
    Ok(())
}

impl Order {
    pub fn report(&self) -> Result<(), garde::Report> {
        self.validate()
    }

    #[cfg(test)]
    pub fn errors(&self) -> usize {
        self.report().err().map_or(0, |report| report.iter().count())
    }

    pub fn total(&self) -> u64 {
        self.items.iter().map(|item| u64::from(item.quantity) * item.unit_price).sum()
    }
}

/// garde's own text for each violation, with its path.
pub fn to_json(report: &garde::Report) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct Violation {
        path: String,
        message: String,
    }
    let violations: Vec<_> =
        report.iter().map(|(path, error)| Violation { path: path.to_string(), message: error.to_string() }).collect();
    serde_json::to_vec(&violations).unwrap_or_default()
}
