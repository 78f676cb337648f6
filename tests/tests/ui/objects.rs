//! Callers and objects where there are none.

use palisade::{access::Decision, auth::Outage, policy::Action, prelude::*};

struct Order;

impl Object for Order {
    type Id = u32;
    type Store = ();

    async fn load(_id: u32, _store: &()) -> Result<Option<Self>, Outage> {
        Ok(None)
    }

    fn rule(&self, _caller: &Caller, _action: Action) -> Decision {
        Decision::Allow
    }
}

struct Row;

#[secure(get = "/a", public = "a probe")]
async fn caller_of_nobody(_: Caller) -> NoContent {
    NoContent
}

#[secure(get = "/b", auth = "oauth2")]
async fn no_object(_: Authorized<Order>) -> NoContent {
    NoContent
}

#[secure(get = "/c/{id}", auth = "oauth2", object(id: Row))]
async fn no_rule() -> NoContent {
    NoContent
}

#[secure(get = "/d/{id}", auth = "oauth2", object(id: Order))]
async fn another_object(_: Authorized<Row>) -> NoContent {
    NoContent
}

fn main() {}
