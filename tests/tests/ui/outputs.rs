//! Answers of handlers that show what nobody declared.

use palisade::prelude::*;

#[derive(serde::Serialize)]
struct Row {
    password_hash: String,
}

#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct OnlyIn {
    quantity: u32,
}

#[derive(Secure)]
#[secure(output)]
struct NoSerde {
    quantity: u32,
}

#[secure(get = "/a", auth = "oauth2")]
async fn row() -> Json<Row> {
    todo!()
}

#[secure(get = "/b", auth = "oauth2")]
async fn rows() -> Result<Json<Vec<Row>>, Problem> {
    todo!()
}

#[secure(get = "/c", auth = "oauth2")]
async fn only_in() -> Created<Json<OnlyIn>> {
    todo!()
}

#[secure(get = "/d", auth = "oauth2")]
async fn text() -> String {
    todo!()
}

#[secure(get = "/e", auth = "oauth2")]
async fn foreign() -> axum::Json<OnlyIn> {
    todo!()
}

#[secure(get = "/f", auth = "oauth2")]
async fn foreign_error() -> Result<NoContent, std::io::Error> {
    todo!()
}

#[secure(get = "/g", auth = "oauth2")]
async fn not_written() -> Json<NoSerde> {
    todo!()
}

fn main() {}
