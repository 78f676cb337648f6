//! An endpoint that nothing is called.

use palisade::prelude::*;

#[secure(get = "/health", public = "a probe", rate = "60/min per ip")]
async fn health() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", endpoints(heatlh, invoices::place))]
struct Shop;

fn main() {}
