//! Messages of a queue, checked without any part of the web: `cargo run -p values`.

use palisade::{
    prelude::*,
    value::{Report, from_json, from_texts},
};
use serde::Deserialize;

/// What the rest of the program may rely on.
mod catalogue {
    use palisade::prelude::*;
    use serde::Deserialize;

    /// The number of an article. Its field is private, so there is no way to one around its rules.
    #[derive(Debug, Deserialize, Secure)]
    #[serde(try_from = "String")]
    #[secure(constructor)]
    pub(crate) struct Sku(#[secure(trim, pattern("[A-Z]{3}-[0-9]{4}"))] String);

    impl Sku {
        pub(crate) fn as_str(&self) -> &str {
            &self.0
        }
    }
}
use catalogue::Sku;

/// How the program was started.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[secure(range(min = 1, max = 64))]
    workers: u8,
}

/// A message: so many of an article left the store.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Sold {
    sku: Sku,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(length(max = 4), each(trim, length(min = 1, max = 24)))]
    sold_with: Vec<String>,
}

const MESSAGES: &[&str] = &[
    r#"{"sku":" ABC-0042 ","quantity":2,"soldWith":[" laces "]}"#,
    r#"{"sku":"boots","quantity":0,"soldWith":[""]}"#,
    r#"{"sku":"ABC-0042","quantity":"two","price":1}"#,
    "quantity=2",
];

fn main() -> Result<(), Report> {
    let settings = from_texts::<Settings>([("workers", "4")])?;
    println!("{} workers", settings.workers);
    for message in MESSAGES {
        match from_json::<Sold>(message) {
            Ok(sold) => book(&sold),
            Err(report) => println!("refused: {report}"),
        }
    }
    // A part of the program itself is held to the same rules.
    let sku = Sku::try_from("XYZ-0001".to_owned())?;
    book(&Valid::new(Sold { sku, quantity: 1, sold_with: Vec::new() })?);
    Ok(())
}

/// Whoever has a `Valid<Sold>` was checked.
fn book(sold: &Valid<Sold>) {
    assert!((1..=1_000).contains(&sold.quantity));
    println!("booked: {} of {}, with {:?}", sold.quantity, sold.sku.as_str(), sold.sold_with);
}
