//! The order type with Palisade.

use std::collections::HashMap;

use palisade::{
    prelude::*,
    value::{Path, Report, Value},
};
use serde::Deserialize;

/// An order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Order {
    #[secure(email)]
    customer_email: String,
    #[secure(pattern("[A-Z]{3}"))]
    currency: String,
    #[secure(length(min = 1, max = 20))]
    items: Vec<LineItem>,
    #[secure(length(max = 500))]
    note: Option<String>,
    shipping: Address,
    #[secure(length(max = 10), each(length(min = 1, max = 24)))]
    tags: Vec<String>,
    #[secure(length(max = 16), keys(length(min = 1, max = 40)), values(length(max = 200)))]
    metadata: HashMap<String, String>,
}

/// One line of an order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    #[secure(pattern("[A-Z]{3}-[0-9]{4,8}"))]
    sku: String,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(range(min = 1, max = 10_000_000))]
    unit_price: u64,
}

/// Where an order goes.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[secure(length(min = 1, max = 100))]
    name: String,
    #[secure(length(min = 1, max = 120))]
    street: String,
    #[secure(length(min = 1, max = 60))]
    city: String,
    #[secure(length(min = 3, max = 12))]
    postcode: String,
    #[secure(length(min = 2, max = 2))]
    country: String,
}

impl Order {
    pub fn report(&self) -> Report {
        let mut report = Report::new();
        self.check(&Path::root(), &mut report);
        report
    }

    pub fn total(&self) -> u64 {
        self.items.iter().map(|item| u64::from(item.quantity) * item.unit_price).sum()
    }
}

/// The violations as they stand in a problem.
pub fn to_json(report: &Report) -> Vec<u8> {
    report.to_json()
}
