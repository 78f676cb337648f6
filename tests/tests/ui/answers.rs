//! Answers that would leave as something else than they are.

use palisade::{
    prelude::*,
    respond::{Csv, Download, Html, Lines, Tagged},
};

#[derive(serde::Serialize)]
struct Row {
    password_hash: String,
}

#[secure(get = "/a", auth = "oauth2")]
async fn text_as_page() -> Html {
    Html(String::from("<h1>"))
}

#[secure(get = "/b", auth = "oauth2")]
async fn bare_markup() -> maud::Markup {
    todo!()
}

#[secure(get = "/c", auth = "oauth2")]
async fn undeclared_lines() -> Lines<Row> {
    todo!()
}

#[secure(get = "/d", auth = "oauth2")]
async fn undeclared_rows() -> Download<Csv<Row>> {
    todo!()
}

#[secure(get = "/e", auth = "oauth2")]
async fn bare_bytes() -> Tagged<Vec<u8>> {
    todo!()
}

fn main() {}
