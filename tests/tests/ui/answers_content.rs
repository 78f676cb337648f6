//! Answers whose type cannot be written as it is declared.

use palisade::{
    prelude::*,
    respond::{Content, Csv, MediaType},
};

struct Page;

impl MediaType for Page {
    const NAME: &'static str = "text/html; charset=utf-8";
}

struct Shout;

impl MediaType for Shout {
    const NAME: &'static str = "Application/PDF";
}

#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Sale {
    #[secure(length(max = 3), each(length(max = 8)))]
    tags: Vec<String>,
}

#[secure(get = "/a", auth = "oauth2")]
async fn page() -> Content<Page> {
    todo!()
}

#[secure(get = "/b", auth = "oauth2")]
async fn shout() -> Content<Shout> {
    todo!()
}

#[secure(get = "/c", auth = "oauth2")]
async fn sales() -> Csv<Sale> {
    todo!()
}

fn main() {}
