//! Functions that cannot be handlers.

use palisade::prelude::*;

#[secure(get = "/a", public = "a probe")]
fn not_async() -> NoContent {
    NoContent
}

#[secure(get = "/b", public = "a probe")]
async unsafe fn not_safe() -> NoContent {
    NoContent
}

#[secure(get = "/c", public = "a probe")]
async fn generic<T>() -> NoContent {
    NoContent
}

#[secure(get = "/d", public = "a probe")]
async fn bounded() -> NoContent
where
    String: Clone,
{
    NoContent
}

#[secure(get = "/e", public = "a probe")]
async fn hidden() -> impl Sized {
    NoContent
}

#[secure(get = "/f", public = "a probe")]
async fn borrowed(_: &str) -> NoContent {
    NoContent
}

#[secure(get = "/g", public = "a probe")]
async fn conditional(#[cfg(unix)] State(_): State<u8>) -> NoContent {
    NoContent
}

struct Shop;

impl Shop {
    #[secure(get = "/h", public = "a probe")]
    async fn method(&self) -> NoContent {
        NoContent
    }
}

fn main() {}
