//! Orders as they come in and go out. What is not declared here neither enters nor leaves.

use palisade::prelude::*;
use serde::{Deserialize, Serialize};

/// Names an order. It says nothing, and cannot be guessed from another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Secure)]
#[secure(input, output)]
pub struct OrderId(#[secure(pattern("[0-9a-f]{32}"))] pub(super) String);

impl OrderId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Secure)]
#[serde(rename_all = "lowercase")]
#[secure(input, output)]
pub enum Status {
    /// Waits for the payment.
    Placed,
    /// Waits in the warehouse.
    Paid,
    /// On its way.
    Shipped,
    /// Called off.
    Cancelled,
}

/// Where to send an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[secure(input, output)]
pub struct Address {
    /// Who receives it.
    #[secure(trim, length(min = 1, max = 100))]
    pub name: String,
    /// Street and number.
    #[secure(trim, length(min = 1, max = 100))]
    pub street: String,
    /// City.
    #[secure(trim, length(min = 1, max = 100))]
    pub city: String,
    /// Postal code.
    #[secure(pattern("[0-9A-Z][0-9A-Z -]{1,8}[0-9A-Z]"))]
    pub postal_code: String,
    /// ISO 3166-1 code of the country.
    #[secure(pattern("[A-Z]{2}"))]
    pub country: String,
}

/// A new order.
#[derive(Debug, Clone, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewOrder {
    /// What the order is called.
    #[secure(trim, length(min = 1, max = 64))]
    pub title: String,
    /// What is ordered.
    #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
    pub sku: String,
    /// How many.
    #[secure(range(min = 1, max = 1_000))]
    pub quantity: u32,
    /// Whom to write to about it.
    #[secure(email, sensitive)]
    pub contact: String,
    /// Anything else that should be known.
    #[secure(trim, length(max = 500))]
    pub note: Option<String>,
    /// Words to find it by.
    #[secure(length(max = 10), each(trim, length(min = 1, max = 24)))]
    pub tags: Vec<String>,
    /// Where to send it.
    pub ship_to: Address,
}

/// What changes about an order. What is absent stays as it is.
#[derive(Debug, Clone, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrderChange {
    /// Anything else that should be known.
    #[secure(trim, length(max = 500))]
    pub note: Option<String>,
    /// Words to find it by.
    #[secure(length(max = 10), each(trim, length(min = 1, max = 24)))]
    pub tags: Option<Vec<String>>,
}

/// An order.
#[derive(Debug, Serialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(output)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// How far it has come.
    pub status: Status,
    /// What it is called.
    #[secure(length(min = 1, max = 64))]
    pub title: String,
    /// What is ordered.
    #[secure(pattern("[A-Z]{3}-[0-9]{4}"))]
    pub sku: String,
    /// How many.
    #[secure(range(min = 1, max = 1_000))]
    pub quantity: u32,
    /// Whom to write to about it.
    #[secure(email, sensitive)]
    pub contact: String,
    /// Anything else that should be known.
    #[secure(length(max = 500))]
    pub note: Option<String>,
    /// Words to find it by.
    #[secure(length(max = 10), each(length(min = 1, max = 24)))]
    pub tags: Vec<String>,
    /// Where it is sent.
    pub ship_to: Address,
    /// When it was placed, in UTC.
    #[secure(pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"))]
    pub created_at: String,
    /// Whose it is: for the rule of the order, and never told.
    #[serde(skip)]
    pub owner: String,
}

/// As much of an order as a list shows: no contact, no address.
#[derive(Debug, Serialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(output)]
pub struct OrderSummary {
    /// Its id.
    pub id: OrderId,
    /// How far it has come.
    pub status: Status,
    /// What it is called.
    #[secure(length(min = 1, max = 64))]
    pub title: String,
    /// How many.
    #[secure(range(min = 1, max = 1_000))]
    pub quantity: u32,
    /// When it was placed, in UTC.
    #[secure(pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"))]
    pub created_at: String,
}

/// Which orders to list.
#[derive(Debug, Clone, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// Only those that have come this far.
    pub status: Option<Status>,
    /// How many at most; 20 unless said otherwise.
    #[secure(range(min = 1, max = 100))]
    pub limit: Option<u32>,
    /// Where the page before ended: its `nextCursor`.
    pub cursor: Option<OrderId>,
}

/// Some orders, the newest first.
#[derive(Debug, Serialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(output)]
pub struct Page {
    /// The orders.
    #[secure(length(max = 100))]
    pub orders: Vec<OrderSummary>,
    /// What to ask the next page with; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<OrderId>,
}
