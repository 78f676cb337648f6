//! Items in lines: each is what its line is by itself, however the body is cut.

use bytes::Bytes;
use futures_executor::block_on;
use palisade::{input::read_lines, prelude::*, value::from_json};
use serde::Deserialize;

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Item {
    #[secure(trim, length(min = 1, max = 4))]
    name: String,
    count: Option<u8>,
}

const ITEMS: u64 = 8;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let whole = read(vec![Bytes::copy_from_slice(input)]);
    for size in [1, 5] {
        let pieces = input.chunks(size).map(Bytes::copy_from_slice).collect();
        assert_eq!(whole, read(pieces), "in pieces of {size}: {}", String::from_utf8_lossy(input));
    }
    let lines = input.strip_suffix(b"\n").unwrap_or(input).split(|byte| *byte == b'\n');
    for (line, outcome) in lines.zip(&whole) {
        match (from_json::<Item>(line), outcome) {
            (Ok(item), outcome) => {
                let item = item.into_inner();
                let too_many = outcome == "413" && whole.len() as u64 == ITEMS + 1;
                assert!(*outcome == format!("{} {:?}", item.name, item.count) || too_many, "{outcome}");
            }
            (Err(report), outcome) => {
                let code = report.violations().next().map(|found| found.code());
                let expected = match code {
                    Some("malformed") => ["400", "413"],
                    Some("too_large") => ["413", "413"],
                    _ => ["422", "413"],
                };
                assert!(expected.contains(&outcome.as_str()), "{outcome} for {code:?}");
            }
        }
    }
}

/// What each line is, in words.
fn read(pieces: Vec<Bytes>) -> Vec<String> {
    block_on(async {
        let mut items = read_lines::<Item, ITEMS>(pieces);
        let mut outcomes = Vec::new();
        while let Some(item) = items.next().await {
            outcomes.push(match item {
                Ok(item) => format!("{} {:?}", item.name, item.count),
                Err(problem) => problem.status().as_str().to_owned(),
            });
        }
        assert!(outcomes.len() as u64 <= ITEMS + 1);
        outcomes
    })
}
