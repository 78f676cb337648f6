//! APIs in applications whose state lacks what their endpoints ask for.

use palisade::{access::Decision, auth::Outage, policy::Action, prelude::*};

#[derive(Clone)]
struct Db;

#[derive(Clone)]
struct Mail;

#[secure(get = "/health", public = "a probe", rate = "60/min per ip")]
async fn health(State(_): State<Db>) -> NoContent {
    NoContent
}

#[secure(title = "Shop", version = "1.0.0", endpoints(health))]
struct Shop;

fn one(gate: Gate<Shop>) -> axum::Router {
    Shop::router(gate).with_state(7_u8)
}

#[secure(get = "/post", public = "a probe", rate = "60/min per ip")]
async fn post(State(_): State<Db>, State(_): State<Mail>) -> NoContent {
    NoContent
}

#[secure(title = "Post", version = "1.0.0", endpoints(post))]
struct Post;

fn two(gate: Gate<Post>) -> axum::Router {
    Post::router(gate).with_state(Db)
}

struct Order;

impl Object for Order {
    type Id = u32;
    type Store = Db;

    async fn load(_id: u32, _store: &Db) -> Result<Option<Self>, Outage> {
        Ok(None)
    }

    fn rule(&self, _caller: &Caller, _action: Action) -> Decision {
        Decision::Allow
    }
}

#[secure(get = "/orders/{id}", auth = "oauth2", object(id: Order), rate = "60/min per ip")]
async fn read(State(_): State<Mail>, _: Authorized<Order>) -> NoContent {
    NoContent
}

#[secure(title = "Orders", version = "1.0.0", auth(oauth2), endpoints(read))]
struct Orders;

fn three(gate: Gate<Orders>) -> axum::Router {
    Orders::router(gate).with_state(Mail)
}

fn main() {}
