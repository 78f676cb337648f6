//! The order type with Palisade, whose texts stay in the document.

use std::collections::HashMap;

use palisade::prelude::*;
use serde::Deserialize;

/// An order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Order<'a> {
    #[secure(email)]
    customer_email: &'a str,
    #[secure(pattern("[A-Z]{3}"))]
    currency: &'a str,
    #[secure(length(min = 1, max = 20))]
    #[serde(borrow)]
    items: Vec<LineItem<'a>>,
    #[secure(length(max = 500))]
    #[serde(borrow)]
    note: Option<&'a str>,
    #[serde(borrow)]
    shipping: Address<'a>,
    #[secure(length(max = 10), each(length(min = 1, max = 24)))]
    #[serde(borrow)]
    tags: Vec<&'a str>,
    #[secure(length(max = 16), keys(length(min = 1, max = 40)), values(length(max = 200)))]
    #[serde(borrow)]
    metadata: HashMap<&'a str, &'a str>,
}

/// One line of an order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct LineItem<'a> {
    #[secure(pattern("[A-Z]{3}-[0-9]{4,8}"))]
    sku: &'a str,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(range(min = 1, max = 10_000_000))]
    unit_price: u64,
}

/// Where an order goes.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Address<'a> {
    #[secure(length(min = 1, max = 100))]
    name: &'a str,
    #[secure(length(min = 1, max = 120))]
    street: &'a str,
    #[secure(length(min = 1, max = 60))]
    city: &'a str,
    #[secure(length(min = 3, max = 12))]
    postcode: &'a str,
    #[secure(length(min = 2, max = 2))]
    country: &'a str,
}
