//! Names and texts, as a query holds them: what is refused is explained.

use palisade::{prelude::*, value::from_texts};
use serde::Deserialize;

use super::json::sound;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Search {
    #[secure(trim, length(min = 1, max = 8))]
    text: Option<String>,
    #[secure(range(min = 1, max = 100))]
    page_size: Option<u8>,
    #[secure(range(min = -90, max = 90))]
    latitude: Option<f64>,
    signed: Option<i64>,
    open: Option<bool>,
    order: Option<Order>,
    id: Option<uuid::Uuid>,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "kebab-case")]
enum Order {
    NewestFirst,
    Price,
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(query) = std::str::from_utf8(input) else { return };
    let pairs: Vec<(&str, &str)> = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    let Err(report) = from_texts::<Search>(pairs) else { return };
    assert!(!report.is_empty(), "refused for nothing: {query:?}");
    sound(&report, input);
    let codes: Vec<_> = report.violations().map(|found| found.code()).collect();
    assert!(codes != ["undecodable"], "refused without explanation: {query:?}");
}
