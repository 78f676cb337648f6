//! Arguments that a rule, a control or a scheme does not take.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    #[secure("orders:read")]
    OrdersRead,
}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(mx = 4))]
    misspelt: String,
    #[secure(trim(both = true), length(max = 4))]
    takes_none: String,
    #[secure(trim(4), length(max = 4))]
    takes_none_at_all: String,
    #[secure(sensitive(level = 4), length(max = 4))]
    has_no_levels: String,
    #[secure(pattern)]
    takes_one: String,
}

#[secure(get = "/a", scope = Scope::OrderRead)]
async fn variant() -> NoContent {
    NoContent
}

#[secure(get = "/b", auth = "oauth2", rate("60/min per caller", brust = 5))]
async fn argument() -> NoContent {
    NoContent
}

#[secure(get = "/c", auth = "oauth2", rate)]
async fn nothing() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", auth(api_key(haeder = "X-Key")), endpoints())]
struct Shop;

fn main() {}
