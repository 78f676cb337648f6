//! Functions without a policy, listed as endpoints.

use palisade::prelude::*;

async fn health() -> NoContent {
    NoContent
}

mod orders {
    pub(crate) async fn place() {}

    pub(crate) struct Order;
}

#[secure(title = "Shop", version = "1.0.0", endpoints(health, orders::place, orders::Order))]
struct Shop;

fn main() {}
