//! A generic field is held against the type that it is made for.

use palisade::prelude::*;

#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Page<T> {
    item: T,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Filter<T> {
    value: T,
}

#[secure(get = "/a", auth = "oauth2")]
async fn leaves() -> Result<Json<Page<String>>, Problem> {
    todo!()
}

#[secure(post = "/b", auth = "oauth2")]
async fn enters(Json(_): Json<Filter<Vec<u8>>>) -> NoContent {
    NoContent
}

fn main() {}
