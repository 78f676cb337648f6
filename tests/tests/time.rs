//! Rules that compare with now take the time from the gate's clock, whether a request decodes or not.

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use palisade::{prelude::*, testing::FakeClock};
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Booking {
    #[secure(past)]
    born: jiff::civil::Date,
    #[secure(future, within(days = 30))]
    starts: jiff::Timestamp,
    seats: u8,
}

#[secure(post = "/bookings", public = "anybody may book", rate = "60/min per ip")]
async fn book(_: Json<Booking>) -> NoContent {
    NoContent
}

#[secure(title = "Bookings", version = "1.0.0", endpoints(book))]
struct Bookings;

/// 2027-01-15T08:00:00Z.
const NOW: u64 = 1_800_000_000;

async fn send(app: &axum::Router, body: &str) -> (StatusCode, Vec<(String, String)>) {
    let mut request = Request::post("/bookings")
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 4_000))));
    let response = app.clone().oneshot(request).await.expect("an answer");
    let status = response.status();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    let problem: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = problem["errors"].as_array().cloned().unwrap_or_default();
    (status, found.iter().map(|found| (text(&found["pointer"]), text(&found["code"]))).collect())
}

#[tokio::test(flavor = "current_thread")]
async fn now_is_what_the_clock_of_the_gate_shows() {
    let clock = FakeClock::at(NOW);
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::tracing())
        .clock(clock.clone())
        .build()
        .await
        .expect("the gate opens");
    let app: axum::Router = Bookings::application(gate);

    let body = r#"{"born":"2027-01-15","starts":"2027-02-14T08:00:00Z","seats":1}"#;
    assert_eq!(send(&app, body).await, (StatusCode::NO_CONTENT, vec![]));

    // What does not decode is held against the same clock.
    let body = r#"{"born":"2027-01-16","starts":"2027-01-15T08:00:00Z","seats":"x"}"#;
    let (status, found) = send(&app, body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    assert_eq!(found, [("/born", "past"), ("/starts", "future"), ("/seats", "type")]);

    let body = r#"{"born":"1990-02-30","starts":"soon","seats":1}"#;
    let (_, found) = send(&app, body).await;
    let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    assert_eq!(found, [("/born", "format"), ("/starts", "format")]);

    clock.advance(std::time::Duration::from_secs(86_400));
    let body = r#"{"born":"2027-01-16","starts":"2027-01-16T08:00:01Z","seats":1}"#;
    assert_eq!(send(&app, body).await, (StatusCode::NO_CONTENT, vec![]));
    let body = r#"{"born":"2027-01-16","starts":"2027-02-15T08:00:01Z","seats":1}"#;
    assert_eq!(send(&app, body).await.1, [("/starts".to_owned(), "within".to_owned())]);
}
