//! Endpoints that ask for what their API does not have.

use palisade::prelude::*;

#[derive(Scopes)]
enum Scope {
    #[secure("orders:read")]
    OrdersRead,
}

#[derive(Roles)]
enum Role {
    #[secure("customer")]
    Customer,
    #[secure("support", implies(Customer))]
    Support,
}

#[secure(get = "/a", auth = "oauth2")]
async fn no_rate() -> NoContent {
    NoContent
}

#[secure(get = "/b", public = "a probe")]
async fn no_rate_in_public() -> NoContent {
    NoContent
}

#[secure(get = "/c", public = "a probe", rate = "60/min per caller")]
async fn counts_nobody() -> NoContent {
    NoContent
}

#[secure(get = "/d", auth = "api_key", rate = "60/min per caller")]
async fn undeclared_scheme() -> NoContent {
    NoContent
}

#[secure(get = "/e", scope = Scope::OrdersRead, rate = "60/min per caller")]
async fn undeclared_scope() -> NoContent {
    NoContent
}

#[secure(get = "/f", allow = !role(Role::Customer) && role(Role::Support), rate = "60/min per caller")]
async fn nobody() -> NoContent {
    NoContent
}

#[secure(get = "/g", allow = role(Role::Support) || !role(Role::Support), rate = "60/min per caller")]
async fn everybody() -> NoContent {
    NoContent
}

#[secure(
    title = "Shop", version = "1.0.0", auth(oauth2), roles = Role,
    endpoints(no_rate, no_rate_in_public, counts_nobody, undeclared_scheme, undeclared_scope, nobody, everybody)
)]
struct Shop;

#[secure(get = "/h", allow = fresh(minutes(5)), rate = "60/min per caller")]
async fn guarded() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", endpoints(guarded))]
struct NoSchemes;

#[secure(title = "Shop", version = "1.0.0", default(auth = "api_key"), endpoints())]
struct UndeclaredDefault;

#[secure(get = "/i", public = "a probe", rate = "60/min per ip", rate = "600/h per ip")]
async fn two_quotas() -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", endpoints(two_quotas))]
struct OneNameForTwo;

#[secure(get = "/j", allow = !scope(Scope::OrdersRead), rate = "60/min per caller")]
async fn against_the_defaults() -> NoContent {
    NoContent
}

#[secure(
    title = "Shop", version = "1.0.0", auth(oauth2), scopes = Scope,
    default(scope = Scope::OrdersRead), endpoints(against_the_defaults)
)]
struct DefaultsForbid;

fn main() {}
