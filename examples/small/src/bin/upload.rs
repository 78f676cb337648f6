//! Uploads: what a file may be is said on a type, and it goes to disk as it comes. Starts, uploads, is refused, exits.

use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use palisade::{
    input::upload::{File, FileType, TemporaryFile},
    limit::Limiter,
    policy::MediaType,
    prelude::*,
};
use tower::ServiceExt;

/// A picture of a product.
struct Picture;

impl FileType for Picture {
    const LONGEST: u64 = 5 * 1024 * 1024;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PNG, MediaType::JPEG];
    type Sink = TemporaryFile;
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct NewPicture {
    #[secure(trim, length(min = 1, max = 80))]
    title: String,
    picture: File<Picture>,
}

#[secure(post = "/pictures", public = "an example", rate = "60/min per ip")]
async fn add_picture(Multipart(new): Multipart<NewPicture>) -> Result<NoContent, Problem> {
    println!("`{}`: {} bytes of {}", new.title, new.picture.size(), new.picture.media_type());
    // Kept, it would go to a place of its own: `persist` moves it there. Dropped, it is removed.
    let file = new.picture.into_sink().into_inner().ok_or(Problem::unavailable())?;
    assert!(file.path().exists());
    Ok(NoContent)
}

/// Pictures of products.
#[secure(title = "Pictures", version = "1.0.0", endpoints(add_picture))]
struct Pictures;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("an example"))
        .build()
        .await?;
    let app: axum::Router = Pictures::router(gate);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let page = b"<html><script>alert(1)</script>";
    for (filename, content) in [("mug.png", png.as_slice()), ("../mug.png", page.as_slice())] {
        let answer = app.clone().oneshot(upload(filename, content)?).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        println!("{status} {}", String::from_utf8_lossy(&body));
        let expected = if filename == "mug.png" { StatusCode::NO_CONTENT } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(status, expected);
    }
    Ok(())
}

fn upload(filename: &str, content: &[u8]) -> Result<Request<Body>, http::Error> {
    let mut body = Vec::new();
    body.extend_from_slice(b"--B\r\ncontent-disposition: form-data; name=title\r\n\r\nMug\r\n");
    let head = format!("--B\r\ncontent-disposition: form-data; name=picture; filename=\"{filename}\"\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(b"content-type: image/png\r\n\r\n");
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--B--\r\n");
    // Who connects; `palisade::axum::serve` says it of each connection.
    let client = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4_000)));
    let request =
        Request::post("/pictures").header("content-type", "multipart/form-data; boundary=B").extension(client);
    request.body(body.into())
}
