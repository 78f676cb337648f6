//! A small API: it says who asks.

use palisade::prelude::*;
use serde::Serialize;

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

/// Says who asks.
#[secure(get = "/orders", scope = Scope::OrdersRead, rate = "1000000/min per ip")]
async fn list(caller: Caller) -> Json<Asked> {
    Json(Asked { by: caller.subject().to_owned() })
}

/// Needs more than the tokens of these tests have.
#[secure(post = "/orders", scope = Scope::OrdersWrite, rate = "1000000/min per ip")]
async fn place() -> NoContent {
    NoContent
}

/// An API whose callers come from a provider.
#[secure(title = "Shop", version = "1.0.0", auth(oauth2), scopes = Scope, endpoints(list, place))]
pub(crate) struct Shop;
