//! Arguments of the wrong type.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    #[secure("orders:read")]
    OrdersRead,
}

#[derive(Roles)]
enum Role {
    #[secure("support")]
    Support,
}

enum Colour {
    Red,
}

#[derive(Secure)]
#[secure(output)]
struct Order {
    #[secure(length(max = "4"))]
    text_for_number: String,
    #[secure(length(max = -4))]
    negative: String,
    #[secure(pattern(4))]
    number_for_text: String,
    #[secure(one_of("EUR", "USD"))]
    no_list: String,
}

#[secure(get = "/a", scope = "orders:read")]
async fn text_for_scope() -> NoContent {
    NoContent
}

#[secure(get = "/b", scope = Role::Support)]
async fn role_for_scope() -> NoContent {
    NoContent
}

#[secure(get = "/c", allow = role(Scope::OrdersRead))]
async fn scope_for_role() -> NoContent {
    NoContent
}

#[secure(get = "/d", scope = Colour::Red)]
async fn no_catalogue() -> NoContent {
    NoContent
}

#[secure(get = "/e", auth = "oauth2", rate = 60)]
async fn number_for_rate() -> NoContent {
    NoContent
}

#[secure(get = "/f", allow = fresh(15))]
async fn number_for_duration() -> NoContent {
    NoContent
}

fn open() -> bool {
    true
}

#[secure(get = "/g", allow = open)]
async fn no_predicate() -> NoContent {
    NoContent
}

#[secure(get = "/h", allow = rate("60/min per caller"))]
async fn no_access() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", scopes = Role, roles = Colour, endpoints())]
struct Shop;

fn main() {}
