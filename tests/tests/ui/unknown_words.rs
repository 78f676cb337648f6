//! Words that nothing is called: rustc looks for the nearest one.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    #[secure("orders:read")]
    OrdersRead,
}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(lenght(max = 4))]
    rule: String,
    #[secure(length(max = 4), each(trimm))]
    rule_inside: Vec<String>,
}

#[secure(get = "/a", auth = "oauth2", raet = "60/min per ip")]
async fn control() -> NoContent {
    NoContent
}

#[secure(get = "/b", allow = frehs(minutes(5)))]
async fn control_in_allow() -> NoContent {
    NoContent
}

#[secure(get = "/c", scope = Scpoe::OrdersRead)]
async fn catalogue() -> NoContent {
    NoContent
}

#[secure(get = "/d", allow = office_hours)]
async fn predicate() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", auth(api_kye), scopes = Scoep, default(rte = "1/s per ip"), endpoints())]
struct Shop;

fn main() {}
