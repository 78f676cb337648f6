//! A small service moves over in two steps: as it was, behind the gate with its types as they are, and declared throughout.

mod as_it_was;
mod behind_the_gate;
mod declared;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// A document, and what each step answers to it.
const ROWS: &[(&str, [StatusCode; 3])] = &[
    (r#"{"productName":"Shelf","quantity":2}"#, [StatusCode::CREATED; 3]),
    (r#"{"productName":"","quantity":0}"#, [StatusCode::UNPROCESSABLE_ENTITY; 3]),
    // Plain axum stops at the first type that does not fit; the others say what else is wrong.
    (r#"{"quantity":"two","price":1}"#, [StatusCode::UNPROCESSABLE_ENTITY; 3]),
    // garde counts bytes unless it is told otherwise.
    (
        r#"{"productName":"Bücherregal","quantity":2}"#,
        [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CREATED],
    ),
    // Only a declared type cleans.
    (
        r#"{"productName":" Shelf      ","quantity":2}"#,
        [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CREATED],
    ),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let steps: [(&str, Router); 3] = [
        ("as it was", as_it_was::service()),
        ("behind the gate", behind_the_gate::service().await?),
        ("declared", declared::service().await?),
    ];
    for (document, expected) in ROWS {
        println!("{document}");
        for ((step, service), expected) in steps.iter().zip(expected) {
            let (status, body) = order(service.clone(), document).await?;
            println!("  {step}: {status} {}", String::from_utf8_lossy(&body));
            assert_eq!(status, *expected);
        }
    }
    Ok(())
}

async fn order(service: Router, document: &'static str) -> Result<(StatusCode, Bytes), Box<dyn std::error::Error>> {
    let request = Request::post("/orders")
        .header("content-type", "application/json")
        .extension(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))))
        .body(Body::from(document))?;
    let answer = service.oneshot(request).await?;
    Ok((answer.status(), answer.into_body().collect().await?.to_bytes()))
}
