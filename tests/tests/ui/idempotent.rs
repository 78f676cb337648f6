//! Endpoints that cannot be idempotent, or are already.

use palisade::prelude::*;

#[secure(post = "/a", public = "a guest book", rate = "6/min per ip", idempotent)]
async fn everybody() -> NoContent {
    NoContent
}

#[secure(get = "/b", auth = "oauth2", rate = "6/min per ip", idempotent)]
async fn reads() -> NoContent {
    NoContent
}

#[secure(post = "/c", auth = "oauth2", rate = "6/min per ip", idempotent, idempotent(keep = hours(2)))]
async fn twice() -> NoContent {
    NoContent
}

#[secure(post = "/d", auth = "oauth2", rate = "6/min per ip", idempotent(keep = seconds(0)))]
async fn forgets() -> NoContent {
    NoContent
}

#[secure(post = "/e", allow = idempotent(), rate = "6/min per ip")]
async fn who() -> NoContent {
    NoContent
}

#[secure(post = "/f", auth = "oauth2")]
async fn fine() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2), default(rate = "6/min per ip", idempotent), endpoints(fine))]
struct Notes;

fn main() {}
