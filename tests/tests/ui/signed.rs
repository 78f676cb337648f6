//! Demands for a signature that say too little, too much, or name nobody who signs.

use palisade::prelude::*;

#[secure(post = "/a", signed, rate = "6/min per ip")]
async fn by_nobody() -> NoContent {
    NoContent
}

#[secure(post = "/b", signed(by = "partner", covers = ["X-Tenant"]), rate = "6/min per ip")]
async fn capitals() -> NoContent {
    NoContent
}

#[secure(post = "/c", signed(by = "partner", covers = ["@status"]), rate = "6/min per ip")]
async fn of_answers() -> NoContent {
    NoContent
}

#[secure(post = "/d", signed(by = "partner", covers = ["@method"]), rate = "6/min per ip")]
async fn anyway() -> NoContent {
    NoContent
}

#[secure(post = "/e", signed(by = "partner", covers = ["x-tenant", "@query", "x-tenant"]), rate = "6/min per ip")]
async fn listed_twice() -> NoContent {
    NoContent
}

#[secure(post = "/f", signed(covers = ["x-tenant"], by = "partner"), rate = "6/min per ip")]
async fn turned_round() -> NoContent {
    NoContent
}

#[secure(post = "/g", signed(by = "partner", cover = ["x-tenant"]), rate = "6/min per ip")]
async fn misspelt() -> NoContent {
    NoContent
}

#[secure(post = "/h", allow = signed(), rate = "6/min per ip")]
async fn who() -> NoContent {
    NoContent
}

#[secure(
    post = "/i",
    signed(by = "partner", covers = ["x-tenant"]),
    signed(by = "partner", covers = ["x-shop"]),
    rate = "6/min per ip"
)]
async fn said_twice() -> NoContent {
    NoContent
}

fn main() {}
