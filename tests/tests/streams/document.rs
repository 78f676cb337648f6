//! What the document says of bodies that are read while they come.

use palisade::prelude::*;
use serde_json::{Value, json};

use crate::world::Intake;

fn body(path: &str) -> Value {
    let document = Intake::openapi(&Deployment::at("https://intake.example")).to_value();
    document["paths"][path]["post"]["requestBody"].clone()
}

#[test]
fn a_form_of_parts_says_what_its_files_may_be() {
    let form = &body("/pictures")["content"]["multipart/form-data"];
    assert_eq!(
        form["encoding"],
        json!({
            "picture": { "contentType": "image/png, image/jpeg" },
            "thumbNail": { "contentType": "image/png, image/jpeg" },
            "tables": { "contentType": "text/csv" },
            "watched": { "contentType": "application/x-any" },
        }),
        "{form:#}"
    );
}

#[test]
fn lines_are_items_of_a_list() {
    let lines = &body("/readings")["content"]["application/x-ndjson"]["schema"];
    assert_eq!((&lines["type"], &lines["maxItems"]), (&json!("array"), &json!(5)), "{lines:#}");
    assert!(lines["items"]["$ref"].is_string(), "{lines:#}");
}

#[test]
fn a_limit_that_is_said_is_published_with_its_reason() {
    assert_eq!(body("/short")["description"], "At most 20 bytes: a test.");
}
