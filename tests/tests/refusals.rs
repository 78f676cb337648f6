//! Refusals that are written down once say the same each time, but where the client stands; and they cost less than serving.

use std::{
    net::SocketAddr,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use allocation_counter::measure;
use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use http::{HeaderMap, Request, StatusCode};
use palisade::{
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use tower::Service;

#[derive(Scopes)]
enum Scope {
    /// Write notes.
    #[secure("notes:write")]
    Write,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Note {
    #[secure(length(max = 80))]
    text: String,
}

/// Writes a note.
#[secure(post = "/notes", scope = Scope::Write, rate = "2/min per caller")]
async fn write(Json(note): Json<Note>) -> NoContent {
    assert!(note.text.len() <= 4 * 80);
    NoContent
}

/// Writes, for those who may.
#[secure(title = "Notes", version = "1.0.0", auth(oauth2), scopes = Scope, default(rate = "100/min per ip"),
         endpoints(write))]
struct Notes;

const NOW: u64 = 1_800_000_000;

struct World {
    app: Router,
    clock: FakeClock,
    writer: String,
    reader: String,
}

impl World {
    fn new() -> Self {
        let (issuer, clock) = (TestIssuer::new("https://id.notes.example"), FakeClock::at(NOW));
        let gate = Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::tracing())
            .clock(clock.clone());
        let app: Router = Notes::application(at_once(gate.build()).expect("the gate opens"));
        let token = |scopes: &str| format!("Bearer {}", issuer.token().scope(scopes).sign(NOW));
        Self { app: app.with_state(()), clock, writer: token("notes:write"), reader: token("notes:read") }
    }

    fn send(&mut self, authorization: Option<&str>) -> Response {
        let request = self.request(authorization);
        at_once(self.app.call(request)).unwrap_or_else(|never| match never {})
    }

    fn request(&self, authorization: Option<&str>) -> Request<Body> {
        let mut request = Request::post("/notes").header("content-type", "application/json");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let mut request = request.body(Body::from(r#"{"text":"milk"}"#)).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))));
        request
    }

    /// The allocations of one request, the answer's head included.
    fn allocations(&mut self, authorization: Option<&str>, expected: StatusCode) -> u64 {
        let mut request = Some(self.request(authorization));
        let mut status = None;
        let counted = measure(|| {
            let answer = request.take().map(|request| at_once(self.app.call(request)));
            status = answer.and_then(Result::ok).map(|answer| answer.status());
        });
        assert_eq!(status, Some(expected));
        counted.count_total
    }
}

/// What a future comes to that never waits.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// All header fields but those that say where the client stands.
fn standing(headers: &HeaderMap) -> Vec<(String, String)> {
    let told = headers.iter().filter(|(name, _)| !["ratelimit", "retry-after"].contains(&name.as_str()));
    let mut told: Vec<_> =
        told.map(|(name, value)| (name.to_string(), value.to_str().expect("a text").to_owned())).collect();
    told.sort();
    told
}

#[test]
fn a_refusal_says_the_same_each_time_but_where_the_client_stands() {
    let mut world = World::new();
    let reader = world.reader.clone();
    for (authorization, status) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Bearer a.b.c"), StatusCode::UNAUTHORIZED),
        (Some(reader.as_str()), StatusCode::FORBIDDEN),
    ] {
        let [first, second] = [world.send(authorization), world.send(authorization)];
        assert_eq!((first.status(), second.status()), (status, status));
        assert_eq!(standing(first.headers()), standing(second.headers()));
        assert!(first.headers().contains_key("www-authenticate"));
        assert_eq!(first.headers()["x-content-type-options"], "nosniff");
        assert_ne!(first.headers()["ratelimit"], second.headers()["ratelimit"], "each request is counted");
    }
}

#[test]
fn a_client_is_told_its_own_time_to_come_back() {
    let mut world = World::new();
    let writer = world.writer.clone();
    for _ in 0..2 {
        assert_eq!(world.send(Some(&writer)).status(), StatusCode::NO_CONTENT);
    }
    let first = world.send(Some(&writer));
    world.clock.advance(Duration::from_secs(20));
    let second = world.send(Some(&writer));
    assert_eq!((first.status(), second.status()), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(
        (&first.headers()["retry-after"], &second.headers()["retry-after"]),
        (&"30".parse().unwrap(), &"10".parse().unwrap())
    );
    assert_eq!(standing(first.headers()), standing(second.headers()));
    assert!(second.headers()["ratelimit"].to_str().unwrap().ends_with("\"write\";r=0;t=10"), "{second:?}");
}

#[test]
fn a_refusal_allocates_less_than_an_answer() {
    let mut world = World::new();
    let (writer, reader) = (world.writer.clone(), world.reader.clone());
    let serve = |world: &mut World| world.allocations(Some(&writer), StatusCode::NO_CONTENT);
    // What is remembered or written down is there after the first time.
    let (_, served) = (serve(&mut world), serve(&mut world));
    for (authorization, status) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Bearer a.b.c"), StatusCode::UNAUTHORIZED),
        (Some(reader.as_str()), StatusCode::FORBIDDEN),
        (Some(writer.as_str()), StatusCode::TOO_MANY_REQUESTS),
    ] {
        world.allocations(authorization, status);
        let refused = world.allocations(authorization, status);
        assert!(refused < served, "{status}: {refused} allocations, {served} to serve");
    }
}
