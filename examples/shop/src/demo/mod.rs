//! The demonstration: a few calls worth seeing, as curl lines to paste and as requests that `--once` makes.

mod calls;
mod once;

pub use calls::{Call, Credential, calls};
pub use once::show;

use std::{fmt, io::Write};

use palisade::auth::Outage;

use crate::{
    deployment::Identities,
    orders::{Address, NewOrder, OrderId, Orders},
};

/// Two orders of alice's that are there from the beginning.
#[derive(Debug, Clone)]
pub struct Samples {
    /// One that waits for its payment.
    pub placed: OrderId,
    /// One that is on its way.
    pub shipped: OrderId,
}

/// Places the samples.
///
/// # Errors
/// When the store does not answer.
pub async fn sample(orders: &Orders) -> Result<Samples, Outage> {
    let placed = orders.place(Identities::owner("alice"), lamp()).await?.id;
    let shipped = orders.place(Identities::owner("alice"), lamp()).await?.id;
    orders.note_shipped(&shipped).await?;
    Ok(Samples { placed, shipped })
}

fn lamp() -> NewOrder {
    NewOrder {
        title: "Desk lamp".into(),
        sku: "LMP-0042".into(),
        quantity: 1,
        contact: "alice@example.org".into(),
        note: None,
        tags: vec!["office".into()],
        ship_to: Address {
            name: "Alice".into(),
            street: "1 Main Street".into(),
            city: "Springfield".into(),
            postal_code: "12345".into(),
            country: "US".into(),
        },
    }
}

/// Writes a line. Whoever reads may have left, and that is no reason to stop.
pub fn say(out: &mut impl Write, line: impl fmt::Display) {
    let _ = writeln!(out, "{line}");
}
