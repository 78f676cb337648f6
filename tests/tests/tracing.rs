//! `Audit::tracing()` emits one structured event for each request, at the level its outcome asks for.

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};

use axum::{body::Body, extract::ConnectInfo};
use http::Request;
use palisade::{
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use tower::ServiceExt;
use tracing::{Event, Metadata, Subscriber, field, span};

#[secure(get = "/notes", auth = "oauth2", rate = "60/min per caller")]
async fn notes() -> NoContent {
    NoContent
}

#[secure(get = "/broken", public = "it only panics", rate = "60/min per ip")]
async fn broken() -> NoContent {
    panic!("a handler that panics")
}

/// Two ways for a request to end.
#[secure(title = "Notes", version = "1.0.0", auth(oauth2), endpoints(notes, broken))]
struct Notes;

/// A subscriber that keeps events as lines.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl field::Visit for Line {
    fn record_debug(&mut self, field: &field::Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("a line");
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "palisade::audit"
    }

    fn new_span(&self, _span: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _span: &span::Id, _values: &span::Record<'_>) {}

    fn record_follows_from(&self, _span: &span::Id, _follows: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().expect("the lines").push(line.0);
    }

    fn enter(&self, _span: &span::Id) {}

    fn exit(&self, _span: &span::Id) {}
}

#[tokio::test(flavor = "current_thread")]
async fn one_event_for_each_request() {
    const NOW: u64 = 1_800_000_000;
    let issuer = TestIssuer::new("https://id.notes.example");
    let gate = Gate::builder()
        .bearer(issuer.tokens(TestIssuer::AUDIENCE))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::tracing())
        .clock(FakeClock::at(NOW))
        .build()
        .await
        .expect("the gate opens");
    let app: axum::Router = Notes::application(gate);
    let lines = Lines::default();
    let _kept = tracing::subscriber::set_default(lines.clone());
    let token = issuer.token().subject("alice").sign(NOW);
    let bearer = format!("Bearer {token}");
    let calls = [("/notes", Some(bearer.as_str())), ("/notes", None), ("/broken", None), ("/elsewhere/alice", None)];
    for (path, credential) in calls {
        let mut request = Request::get(path).extension(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 1))));
        if let Some(credential) = credential {
            request = request.header("authorization", credential);
        }
        app.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    }
    let lines = lines.0.lock().expect("the lines").clone();
    let expected = [
        r#"INFO decision="allow" stage="respond" reason="ok" policy="notes" method="GET" route="/notes" caller="#,
        r#"INFO decision="deny" stage="authenticate" reason="no_credential" policy="notes" method="GET" route="/notes" status=401"#,
        r#"WARN decision="error" stage="handler" reason="panicked" policy="broken" method="GET" route="/broken" status=500"#,
        r#"INFO decision="deny" stage="admit" reason="no_route" policy="none" method="GET" route="none" status=404"#,
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
        assert!(line.contains(" latency_us="), "{line}");
        for secret in [token.as_str(), "alice", "192.0.2.1"] {
            assert!(!line.contains(secret), "{secret} in {line}");
        }
    }
}
