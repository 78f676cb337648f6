//! Ways around a bound or a check that look like one.

use palisade::{access::Decision, prelude::*};

struct Note;

impl Object for Note {
    type Id = String;
    type Store = ();

    async fn load(_id: String, _store: &()) -> Result<Option<Self>, Outage> {
        Ok(None)
    }

    fn rule(&self, _caller: &Caller, _action: Action) -> Decision {
        Decision::Allow
    }
}

#[secure(get = "/notes/{id}", auth = "oauth2", object(id: Note))]
async fn unbounded_id() -> NoContent {
    NoContent
}

#[derive(Secure)]
#[secure(output)]
struct Blob {
    #[secure(sensitive)]
    sensitive_is_no_bound: serde_json::Value,
}

fn anybody(_caller: &Caller) -> Decision {
    Decision::Allow
}

#[secure(
    get = "/many",
    rate = "60/min per caller",
    allow = fresh(seconds(1)) || fresh(seconds(2)) || fresh(seconds(3)) || fresh(seconds(4)) || fresh(seconds(5))
        || fresh(seconds(6)) || fresh(seconds(7)) || fresh(seconds(8)) || fresh(seconds(9)) || fresh(seconds(10))
        || fresh(seconds(11)) || fresh(seconds(12)) || anybody
)]
async fn mentions_too_much() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2), endpoints(mentions_too_much))]
struct Notes;

fn main() {}
