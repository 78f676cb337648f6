//! Who may call, judged when the policy is put together.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    #[secure("orders:read")]
    OrdersRead,
}

#[secure(get = "/a", rate = "60/min per caller")]
async fn neither() -> NoContent {
    NoContent
}

#[secure(get = "/b", public = "a probe", scope = Scope::OrdersRead)]
async fn both() -> NoContent {
    NoContent
}

#[secure(get = "/c", allow = fresh(seconds(0)))]
async fn never_fresh() -> NoContent {
    NoContent
}

#[secure(get = "/d", auth = "")]
async fn no_scheme() -> NoContent {
    NoContent
}

fn main() {}
