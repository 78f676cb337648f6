//! A whole request as one type: each field says where it comes from, rules look across, and one answer tells all that is wrong.

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use palisade::{
    prelude::*,
    value::{Findings, Invariant, Source},
};
use serde::Deserialize;
use tower::ServiceExt;

/// What is wanted.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Booking {
    #[secure(trim, length(min = 1, max = 80))]
    guest: String,
    #[secure(range(min = 1, max = 20))]
    nights: u8,
}

/// Books a room, or says what it would cost.
#[secure(
    post = "/rooms/{room}/bookings",
    public = "an example has no callers",
    rate = "60/min per ip",
    open(room, "a room belongs to no guest"),
    check = BookRoom::has_a_code
)]
struct BookRoom {
    #[secure(path, range(min = 1, max = 300))]
    room: u16,
    #[secure(query = "dry-run")]
    dry_run: Option<bool>,
    /// A rule may mention fields that come from elsewhere.
    #[secure(header = "Idempotency-Key", length(min = 8, max = 64), required_if(dry_run != Some(true)))]
    key: Option<String>,
    #[secure(cookie, pattern("[A-Z]{4}"))]
    code: Option<String>,
    #[secure(body)]
    booking: Booking,
}

static CODE: Invariant = Invariant::new("long_stay", "is needed for more than a week");

impl BookRoom {
    /// Asked once everything else is well.
    fn has_a_code(&self, findings: &mut Findings<'_>) {
        if 7 < self.booking.nights && self.code.is_none() {
            findings.within(Source::Cookie).refuse("code", &CODE);
        }
    }
}

impl Handle for BookRoom {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        let doing = if self.dry_run == Some(true) { "would book" } else { "books" };
        println!("{doing} room {} for {}, {} nights", self.room, self.booking.guest, self.booking.nights);
        NoContent
    }
}

/// A small hotel.
#[secure(title = "Hotel", version = "1.0.0", endpoints(BookRoom))]
struct Hotel;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("an example prints what it does"))
        .build()
        .await?;
    let app: axum::Router = Hotel::application(gate);
    let rows = [
        ("/rooms/7/bookings?dry-run=true", None, r#"{"guest":"Ada","nights":2}"#, ""),
        ("/rooms/7/bookings", Some("20261122-1"), r#"{"guest":"Ada","nights":2}"#, ""),
        ("/rooms/7/bookings", None, r#"{"guest":"Ada","nights":2}"#, "header /Idempotency-Key required_if"),
        ("/rooms/7/bookings", Some("20261122-2"), r#"{"guest":"Ada","nights":9}"#, "cookie /code long_stay"),
        (
            "/rooms/0/bookings?dry-run=maybe",
            Some("1"),
            r#"{"guest":" "}"#,
            "path /room range, query /dry-run type, header /Idempotency-Key length, body /guest length, body /nights missing",
        ),
    ];
    for (target, key, body, expected) in rows {
        let mut request = Request::post(target)
            .header("content-type", "application/json")
            .extension(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let answer = app.clone().oneshot(request.body(Body::from(body))?).await?;
        let status = answer.status();
        let problem = answer.into_body().collect().await?.to_bytes();
        let problem: serde_json::Value = serde_json::from_slice(&problem).unwrap_or_default();
        let word = |error: &serde_json::Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let errors = problem["errors"].as_array().into_iter().flatten();
        let found: Vec<String> = errors
            .map(|error| format!("{} {} {}", word(error, "in"), word(error, "pointer"), word(error, "code")))
            .collect();
        println!("{status}: {}", found.join(", "));
        assert_eq!(found.join(", "), expected);
        assert_eq!(status == StatusCode::NO_CONTENT, expected.is_empty());
    }

    // In a test of your own, the request is a value like any other.
    let booking = Booking { guest: "Ada".into(), nights: 1 };
    let request = BookRoom { room: 1, dry_run: Some(true), key: None, code: None, booking };
    assert_eq!(request.handle().await, NoContent);
    Ok(())
}
