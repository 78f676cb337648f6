//! An object whose rule has no caller to decide about.

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

#[secure(get = "/a/{id}", public = "a catalogue", object(id: Order))]
async fn everybody() -> NoContent {
    NoContent
}

fn main() {}
