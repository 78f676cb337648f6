//! Two parameters that name objects of one type: an argument could be either.

use palisade::{access::Decision, prelude::*};

struct Account;

impl Object for Account {
    type Id = u32;
    type Store = ();

    async fn load(_id: u32, _store: &()) -> Result<Option<Self>, Outage> {
        Ok(None)
    }

    fn rule(&self, _caller: &Caller, _action: Action) -> Decision {
        Decision::Allow
    }
}

#[secure(post = "/from/{from}/to/{to}", auth = "oauth2", object(from: Account), object(to: Account))]
async fn transfer(_to: Authorized<Account>, _from: Authorized<Account>) -> NoContent {
    NoContent
}

fn main() {}
