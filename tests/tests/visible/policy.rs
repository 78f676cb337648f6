//! An API in which each caller sees and writes something else.

use std::collections::BTreeMap;

use palisade::prelude::*;
use serde::{Deserialize, Serialize};

/// What a token may be good for.
#[derive(Scopes)]
pub(crate) enum Scope {
    /// Read and write orders.
    #[secure("orders")]
    Orders,
    /// See what orders cost.
    #[secure("billing")]
    Billing,
}

/// What a caller may be.
#[derive(Roles)]
pub(crate) enum Role {
    /// Helps customers.
    #[secure("support")]
    Support,
    /// Runs the shop.
    #[secure("admin", implies(Support))]
    Admin,
}

/// Whose an order is.
#[derive(Serialize, Deserialize, Secure)]
#[serde(transparent)]
#[secure(input, output)]
pub(crate) struct Customer(#[secure(length(max = 64))] pub(crate) String);

/// An order as its parties see it.
#[derive(Serialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(output)]
pub(crate) struct Order {
    pub(crate) id: u32,
    #[secure(visible(scope = Scope::Billing))]
    pub(crate) total_cost: u64,
    #[secure(visible(role = Role::Support), length(max = 100))]
    pub(crate) internal_note: Option<String>,
    #[secure(owner)]
    pub(crate) customer: Customer,
    #[secure(visible(allow = owner || role(Role::Admin)))]
    pub(crate) address: Address,
    #[secure(never, length(max = 64))]
    pub(crate) password_hash: String,
    #[secure(mask(last = 4), length(max = 19))]
    pub(crate) card: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[secure(visible(owner), mask, length(max = 32))]
    pub(crate) phone: Option<String>,
    #[secure(length(max = 9))]
    pub(crate) lines: Vec<Line>,
    #[secure(length(max = 9), keys(length(max = 9)))]
    pub(crate) extras: BTreeMap<String, Line>,
    pub(crate) payment: Payment,
    #[secure(length(max = 3))]
    pub(crate) related: Vec<Order>,
}

/// Where an order goes.
#[derive(Serialize, Secure)]
#[secure(output)]
pub(crate) struct Address {
    #[secure(length(max = 64))]
    pub(crate) street: String,
    #[secure(visible(fresh(minutes(5))), length(max = 9))]
    pub(crate) door_code: String,
}

/// A part of an order.
#[derive(Serialize, Secure)]
#[secure(output)]
pub(crate) struct Line {
    pub(crate) sku: u32,
    #[secure(visible(allow = scope(Scope::Billing) && !role(Role::Support)))]
    pub(crate) margin: u32,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

/// Where a part comes from.
#[derive(Serialize, Secure)]
#[secure(output)]
pub(crate) struct Origin {
    #[secure(visible(scope = Scope::Billing, role = Role::Support))]
    pub(crate) supplier: u32,
}

/// How an order is paid.
#[derive(Serialize, Secure)]
#[serde(tag = "by")]
#[secure(output)]
pub(crate) enum Payment {
    /// By card.
    Card {
        #[secure(visible(role = Role::Admin))]
        token: u32,
    },
    /// By invoice.
    Invoice { days: u32 },
}

/// A change to an order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Change {
    #[secure(length(max = 40))]
    pub(crate) title: Option<String>,
    #[secure(writable(role = Role::Support))]
    pub(crate) discount: Option<u8>,
    #[secure(writable(scope = Scope::Billing), range(max = 9))]
    pub(crate) total_cost: Option<u8>,
    #[secure(length(max = 4))]
    pub(crate) lines: Vec<LineChange>,
}

/// A change to a part of an order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineChange {
    pub(crate) sku: u32,
    #[secure(writable(allow = role(Role::Admin) || scope(Scope::Billing)))]
    pub(crate) margin: Option<u32>,
}

/// What to look for.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Search {
    #[secure(range(max = 100))]
    pub(crate) limit: Option<u8>,
    #[secure(writable(role = Role::Support))]
    pub(crate) deleted: Option<bool>,
}

pub(crate) fn order() -> Order {
    let line = |sku| Line { sku, margin: 100 + sku, origin: Origin { supplier: 200 + sku } };
    let order = |id, customer: &str| Order {
        id,
        total_cost: 9_900,
        internal_note: Some("difficult".to_owned()),
        customer: Customer(customer.to_owned()),
        address: Address { street: "1 Main Street".to_owned(), door_code: "4711".to_owned() },
        password_hash: "argon2".to_owned(),
        card: "4111111111111111".to_owned(),
        phone: (id == 1).then(|| "0301234".to_owned()),
        lines: vec![line(1), line(2)],
        extras: BTreeMap::from([("a/b".to_owned(), line(3)), ("c".to_owned(), line(4))]),
        payment: if id == 1 { Payment::Card { token: 77 } } else { Payment::Invoice { days: 30 } },
        related: Vec::new(),
    };
    Order { related: vec![order(2, "bob"), order(3, "ada")], ..order(1, "ada") }
}

/// Reads an order.
#[secure(get = "/order", scope = Scope::Orders, rate = "600/min per caller")]
async fn read() -> Json<Order> {
    Json(order())
}

/// Reads an order as nobody does.
#[secure(get = "/shown", public = "what is left is for everybody", rate = "600/min per ip")]
async fn shown() -> Result<Json<Order>, Problem> {
    Ok(Json(order()))
}

/// Places an order.
#[secure(post = "/order", scope = Scope::Orders, rate = "600/min per caller")]
async fn place() -> Created<Json<Order>> {
    Created::at("/order", Json(order()))
}

/// Changes an order.
#[secure(patch = "/order", scope = Scope::Orders, rate = "600/min per caller")]
async fn change(Query(search): Query<Search>, Json(change): Json<Change>) -> NoContent {
    let _ = (search.limit, search.deleted, change.title, change.discount, change.total_cost);
    for line in &change.lines {
        let _ = (line.sku, line.margin);
    }
    NoContent
}

/// Changes an order as nobody does.
#[secure(patch = "/shown", public = "what anybody may write", rate = "600/min per ip")]
async fn suggest(Json(change): Json<Change>) -> NoContent {
    let _ = change;
    NoContent
}

/// Orders with secrets.
#[secure(
    title = "Orders", version = "1.0.0",
    auth(oauth2), scopes = Scope, roles = Role,
    endpoints(read, shown, place, change, suggest),
)]
pub(crate) struct Orders;
