//! Properties that only some callers see or write.

use std::collections::BTreeMap;

use palisade::{
    prelude::*,
    respond::{Recipient, Respond},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Scopes)]
enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    Read,
    /// See what orders cost.
    #[secure("billing")]
    Billing,
}

#[derive(Roles)]
enum Role {
    /// Helps customers.
    #[secure("support")]
    Support,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Order {
    id: u32,
    #[secure(visible(scope = Scope::Billing))]
    total_cost: u64,
    #[secure(visible(role = Role::Support), length(max = 100))]
    internal_note: Option<String>,
    #[secure(owner, length(max = 64))]
    customer: String,
    #[secure(visible(owner))]
    address: Address,
    #[secure(never, length(max = 64))]
    password_hash: String,
    #[secure(mask(last = 4), length(max = 19))]
    card: String,
    #[secure(length(max = 9))]
    lines: Vec<Line>,
    #[secure(length(max = 9), keys(length(max = 9)))]
    named: BTreeMap<String, Line>,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Address {
    #[secure(length(max = 64))]
    street: String,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Line {
    sku: u32,
    #[secure(visible(allow = scope(Scope::Billing) || role(Role::Support)))]
    margin: u32,
}

#[test]
fn nobody_sees_only_what_has_no_demand() {
    let order = Order {
        id: 1,
        total_cost: 2,
        internal_note: Some("x".into()),
        customer: "ada".into(),
        address: Address { street: "s".into() },
        password_hash: "h".into(),
        card: "4111111111111111".into(),
        lines: vec![Line { sku: 1, margin: 2 }, Line { sku: 2, margin: 3 }],
        named: BTreeMap::from([("a".to_owned(), Line { sku: 3, margin: 3 })]),
    };
    let answer = Json(order).respond(&Recipient::anybody());
    assert_eq!(answer.status(), 200);
    let body: Value = serde_json::from_slice(answer.body().whole().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({ "id": 1, "customer": "ada", "card": "************1111", "lines": [{ "sku": 1 }, { "sku": 2 }],
                "named": { "a": { "sku": 3 } } })
    );
    println!("{:#}", palisade::schema::output::<Order>().to_value());
}
