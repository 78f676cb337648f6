//! What enters: each writable property × identity, generated from the document and asserted over a socket.

use palisade::prelude::*;
use serde_json::{Value, json};

use crate::{
    demand::satisfies,
    matrix::resolve,
    policy::Orders,
    world::{IDENTITIES, Identity, World},
};

/// The pointers to properties that not everybody gives, with what is demanded. In lists, the second item.
fn writable(document: &Value, schema: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    let schema = resolve(document, schema, &Value::Null);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{name}");
        if let Some(demand) = property["x-palisade-writable"].as_str() {
            found.push((pointer.clone(), demand.to_owned()));
        }
        if !property["items"].is_null() {
            writable(document, &property["items"], &format!("{pointer}/1"), found);
        }
    }
}

/// A change that everybody may make, with one more property.
fn body_with(pointer: &str, value: Value) -> Value {
    let mut body = json!({ "title": "a", "lines": [{ "sku": 1 }, { "sku": 2 }] });
    let (above, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(above).unwrap()[name] = value;
    body
}

async fn check(world: &World, path: &str, who: Option<&Identity>, body: &Value, expected: &[(&str, &str, &str)]) {
    let (status, answer) = world.ask("PATCH", path, who, Some(body)).await;
    let none = Vec::new();
    let violations = answer["errors"].as_array().unwrap_or(&none);
    let found: Vec<(&str, &str, &str)> = violations
        .iter()
        .map(|found| {
            let text = |name: &str| found[name].as_str().unwrap_or_default();
            (text("in"), text("pointer"), text("code"))
        })
        .collect();
    assert_eq!(
        (status, &*found),
        (if expected.is_empty() { 204 } else { 422 }, expected),
        "{path} {who:?} {body} {answer}"
    );
}

#[tokio::test]
async fn each_caller_writes_what_the_document_says() {
    let world = World::start().await;
    let document = Orders::openapi(&Deployment::at("https://orders.example")).to_value();
    let mut asked = 0;
    for (path, everybody) in [("/order", IDENTITIES.iter().map(Some).collect::<Vec<_>>()), ("/shown", vec![None])] {
        let body = &document["paths"][path]["patch"]["requestBody"]["content"]["application/json"]["schema"];
        let mut properties = Vec::new();
        writable(&document, body, "", &mut properties);
        assert_eq!(properties.len(), 3, "{properties:?}");
        for who in everybody {
            check(&world, path, who, &body_with("/title", Value::Null), &[]).await;
            for (pointer, demand) in &properties {
                // `null` is how a client leaves it out.
                check(&world, path, who, &body_with(pointer, Value::Null), &[]).await;
                let refused = [("body", pointer.as_str(), "not_writable")];
                let expected: &[_] = if satisfies(demand, who, None) { &[] } else { &refused };
                check(&world, path, who, &body_with(pointer, json!(1)), expected).await;
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 3 * IDENTITIES.len() + 3);
}

#[tokio::test]
async fn what_may_not_be_written_is_in_the_one_report() {
    let world = World::start().await;
    let ada = &IDENTITIES[0];
    let body = json!({ "title": "a".repeat(41), "discount": 1, "totalCost": 10, "lines": [{ "sku": 1, "margin": 1 }] });
    let expected = [
        ("query", "/deleted", "not_writable"),
        ("body", "/title", "length"),
        ("body", "/totalCost", "range"),
        ("body", "/discount", "not_writable"),
        ("body", "/totalCost", "not_writable"),
        ("body", "/lines/0/margin", "not_writable"),
    ];
    check(&world, "/order?limit=5&deleted=true", Some(ada), &body, &expected).await;
    check(&world, "/order?limit=5", Some(ada), &body_with("/title", json!("b")), &[]).await;
    check(&world, "/order?deleted=true", Some(&IDENTITIES[4]), &body_with("/title", json!("b")), &[]).await;
}
