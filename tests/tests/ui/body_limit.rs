//! Limits of a body that say too little, too much, or nothing of who may call.

use palisade::prelude::*;

#[secure(post = "/a", auth = "oauth2", rate = "6/min per ip", body_limit(max = 4_096))]
async fn no_reason() -> NoContent {
    NoContent
}

#[secure(post = "/b", auth = "oauth2", rate = "6/min per ip", body_limit(reason = "devices send no more"))]
async fn no_limit() -> NoContent {
    NoContent
}

#[secure(post = "/c", auth = "oauth2", rate = "6/min per ip", body_limit(max = 1, reason = "a"), body_limit(max = 2, reason = "b"))]
async fn twice() -> NoContent {
    NoContent
}

#[secure(post = "/d", allow = body_limit(), rate = "6/min per ip")]
async fn who() -> NoContent {
    NoContent
}

#[secure(post = "/e", auth = "oauth2")]
async fn fine() -> NoContent {
    NoContent
}

#[secure(title = "Notes", version = "1.0.0", auth(oauth2), default(rate = "6/min per ip", body_limit(max = 1, reason = "a")), endpoints(fine))]
struct Notes;

fn main() {}
