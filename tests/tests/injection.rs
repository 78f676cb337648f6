//! A corpus of injections through every text input of the shop: the database holds what was asked for in so many words,
//! and nothing else.
//!
//! The inputs are those of the document, so that a new one is tried without being named here.

mod corpora;
mod injection {
    pub(crate) mod database;
    pub(crate) mod inputs;
    pub(crate) mod texts;
}

use std::{collections::BTreeMap, time::Duration};

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, header};
use http_body_util::BodyExt;
use injection::{
    database::File,
    inputs::{Input, inputs},
    texts,
};
use palisade::{prelude::*, testing::FakeClock};
use serde_json::{Value, json};
use shop::{
    app::{self, App},
    deployment::{self, Identities},
    orders::Orders,
};
use tower::ServiceExt;

const NOW: u64 = 1_800_000_000;
/// Between two requests, so that no rate is used up.
const PAUSE: Duration = Duration::from_millis(1_100);
/// How long the corpus may take, by the clock of the gate.
const HOURS: u64 = 24;

/// Good values, by the name of the property or parameter that they are for.
fn samples() -> Value {
    json!({
        "title": "Two mugs", "sku": "MUG-0007", "quantity": 2, "contact": "bob@example.org", "note": "ring twice",
        "tags": ["kitchen"],
        "shipTo": {
            "name": "Bob", "street": "2 Main Street", "city": "Springfield", "postalCode": "12345", "country": "US"
        },
        "cursor": "0".repeat(32), "limit": "3", "status": "placed",
    })
}

/// A shop whose database the test can look into, and the rows that should be in it.
struct World {
    app: axum::Router,
    clock: FakeClock,
    /// One for each hour, since none is good for longer.
    tokens: Vec<String>,
    document: Value,
    file: File,
    rows: BTreeMap<String, Value>,
    asked: u64,
}

impl World {
    async fn new() -> Self {
        let (clock, file) = (FakeClock::at(NOW), File::new("injection"));
        let identities = Identities::new().unwrap();
        let tokens = (0..HOURS).map(|hour| {
            let mut all = identities.tokens(NOW + hour * 3_600).into_iter();
            all.find(|(name, _)| *name == "support").expect("somebody who may do everything").1
        });
        let tokens = tokens.collect();
        let gate = deployment::gate(identities, clock.clone(), Audit::none("a test")).await.unwrap();
        let document = deployment::document(std::net::SocketAddr::from(([127, 0, 0, 1], 1)));
        let orders = Orders::in_file(file.path()).await.unwrap();
        let app = app::router(gate, App { orders, document: document.clone() });
        Self { app, clock, tokens, document: document.to_value(), file, rows: BTreeMap::new(), asked: 0 }
    }

    /// Sends the request of the input's operation with `text` in it, everything else being good, and notes what it changes.
    async fn send(&mut self, input: &Input, text: &str) -> u16 {
        // Rates are others' business.
        self.clock.advance(PAUSE);
        self.asked += 1;
        let hour = self.asked * PAUSE.as_millis() as u64 / 3_600_000;
        let token = self.tokens.get(hour as usize).expect("a token for that hour").clone();
        let key = format!("\"{}\"", self.asked);
        let id = self.rows.keys().next().cloned().unwrap_or_default();
        let asked = input.asked(&samples(), &id, text);
        let mut request = Request::builder().method(input.method.as_str()).uri(&asked.target);
        for (name, value) in [("authorization", format!("Bearer {token}")), ("idempotency-key", key)] {
            let value = asked.headers.get(name).cloned().unwrap_or(value);
            request = request.header(name, value.into_bytes());
        }
        if asked.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = asked.body.as_ref().map(Value::to_string).unwrap_or_default();
        let peer = ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 1)));
        let request = request.extension(peer).body(Body::from(body)).expect("a request");
        let answer = self.app.clone().oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let replayed = answer.headers().contains_key("idempotent-replayed");
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        if !replayed {
            self.note(input, status, &bytes, &id, asked.kept.as_ref());
        }
        status
    }

    /// Notes the row that a request has asked for in so many words.
    fn note(&mut self, input: &Input, status: u16, answer: &[u8], id: &str, kept: Option<&Value>) {
        let columns = kept.and_then(Value::as_object).into_iter().flatten();
        let columns = columns.filter(|(_, value)| !value.is_null()).map(|(name, value)| (column(name), value.clone()));
        match (input.operation.as_str(), status) {
            ("place_order", 201) => {
                let placed: Value = serde_json::from_slice(answer).expect("JSON");
                let id = placed["id"].as_str().expect("an id").to_owned();
                let owner = Identities::owner("sue");
                let mut row = json!({
                    "id": id, "owner": owner, "status": "placed", "note": null, "created_at": placed["createdAt"],
                });
                row.as_object_mut().expect("an object").extend(columns);
                self.rows.insert(id, row);
            }
            ("change_order", 200) => {
                let row = self.rows.get_mut(id).and_then(Value::as_object_mut).expect("a row to change");
                row.extend(columns);
            }
            ("list_orders" | "list_all_orders" | "read_order", 200) | (_, 400..500) => {}
            (operation, status) => panic!("{operation}: {status}, which nobody expects here"),
        }
    }

    fn assert_unchanged(&self, what: &str) {
        let (tables, found) = self.file.dump();
        assert_eq!(tables, ["orders"], "{what}");
        for (id, row) in &self.rows {
            assert_eq!(found.get(id), Some(row), "{what}");
        }
        assert_eq!(found.len(), self.rows.len(), "{what}: rows that nobody asked for");
    }
}

/// `shipTo` is kept in `ship_to`.
fn column(property: &str) -> String {
    let letters = property.chars().flat_map(|c| {
        let (mark, letter) = if c.is_ascii_uppercase() { (Some('_'), c.to_ascii_lowercase()) } else { (None, c) };
        mark.into_iter().chain([letter])
    });
    letters.collect()
}

#[tokio::test]
async fn no_text_does_more_than_stand_where_it_was_written() {
    let mut world = World::new().await;
    let inputs = inputs(&world.document);
    let named: Vec<String> = inputs.iter().map(ToString::to_string).collect();
    for known in [
        "place_order body /shipTo/street",
        "list_orders query cursor",
        "read_order path id",
        "place_order header Idempotency-Key",
    ] {
        assert!(named.iter().any(|name| name == known), "{known} is not among {named:#?}");
    }
    let texts = texts::texts();
    let first = inputs.iter().find(|input| input.to_string() == "place_order body /title").expect("the title");
    assert_eq!(world.send(first, "An order that was there before").await, 201);
    world.assert_unchanged("before");
    let mut answered: BTreeMap<String, usize> = BTreeMap::new();
    for input in &inputs {
        for text in &texts {
            let status = world.send(input, text).await;
            assert!(status < 500, "{input}: {text:?}: {status}");
            *answered.entry(format!("{} {}xx", input.operation, status / 100)).or_default() += 1;
        }
        world.assert_unchanged(&input.to_string());
    }
    // Texts did come in, and were refused where they must not.
    for known in ["place_order 2xx", "place_order 4xx", "change_order 2xx", "list_orders 4xx", "read_order 4xx"] {
        assert!(answered.get(known).is_some_and(|count| 10 <= *count), "{known}: {answered:#?}");
    }
    assert!(!answered.contains_key("cancel_order 2xx"), "{answered:#?}");
}
