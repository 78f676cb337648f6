//! A small API: one endpoint that a token is needed for, and one that is public.

use palisade::{Problem, prelude::*};
use serde::{Deserialize, Serialize};

/// What a token may be good for.
#[derive(Scopes)]
pub(crate) enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    OrdersRead,
    /// Place orders.
    #[secure("orders:write")]
    OrdersWrite,
}

/// Who asked.
#[derive(Serialize, Secure)]
#[secure(output)]
pub(crate) struct Asked {
    #[secure(length(max = 256))]
    by: String,
}

/// A form that has a field of the name that RFC 6750 once gave to tokens.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    #[secure(length(max = 10_000), sensitive)]
    access_token: String,
}

/// Says who asks.
#[secure(get = "/orders", scope = Scope::OrdersRead, rate = "1000000/min per ip")]
async fn list(caller: Caller) -> Json<Asked> {
    Json(Asked { by: caller.subject().to_owned() })
}

/// Takes a form.
#[secure(post = "/orders", scope = Scope::OrdersWrite, rate = "1000000/min per ip")]
async fn place(Form(note): Form<Note>) -> Result<NoContent, Problem> {
    drop(note.access_token);
    Ok(NoContent)
}

#[secure(get = "/health", public = "a liveness probe", rate = "1000000/min per ip")]
async fn health() -> NoContent {
    NoContent
}

/// What the attackers are after.
#[secure(
    title = "Shop", version = "1.0.0", auth(oauth2, api_key(header = "X-Api-Key")), scopes = Scope,
    endpoints(list, place, health),
)]
pub(crate) struct Attacked;
