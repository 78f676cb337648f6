//! Rates that make no sense.

use palisade::prelude::*;

#[secure(get = "/a", auth = "oauth2", rate = "100/fortnight per caller")]
async fn unit() -> NoContent {
    NoContent
}

#[secure(get = "/b", auth = "oauth2", rate = "100/min")]
async fn who() -> NoContent {
    NoContent
}

#[secure(get = "/c", auth = "oauth2", rate = "many/min per caller")]
async fn count() -> NoContent {
    NoContent
}

#[secure(get = "/d", auth = "oauth2", rate = "0/min per caller")]
async fn zero() -> NoContent {
    NoContent
}

#[secure(get = "/e", auth = "oauth2", rate("100/min per caller", burst = 0))]
async fn burst() -> NoContent {
    NoContent
}

#[secure(get = "/f", auth = "oauth2", rate = "100/min per house")]
async fn partition() -> NoContent {
    NoContent
}

#[secure(get = "/g", auth = "oauth2", rate("100/min per caller", name = "a quota"))]
async fn name() -> NoContent {
    NoContent
}

fn main() {}
