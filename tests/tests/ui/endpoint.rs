//! What an endpoint's attribute says, judged by the macro.

use palisade::prelude::*;

#[secure(auth = "oauth2")]
async fn no_route() -> NoContent {
    NoContent
}

#[secure(get = "/a", post = "/a", auth = "oauth2")]
async fn two_routes() -> NoContent {
    NoContent
}

#[secure(get = "/b", public = " ")]
async fn no_reason() -> NoContent {
    NoContent
}

#[secure(get = "/c", public = "a probe", allow = fresh(minutes(1)))]
async fn public_and_guarded() -> NoContent {
    NoContent
}

#[secure(get = "/d", public = "a probe", public = "a liveness probe")]
async fn said_twice() -> NoContent {
    NoContent
}

#[secure(get = "/e", auth = "oauth2", house::rate = "60/min per caller")]
async fn control_by_path() -> NoContent {
    NoContent
}

fn main() {}
