//! An API that only says whether somebody may come in, behind a gate with the clock of the test.

use std::net::SocketAddr;

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, header};
use palisade::{
    gate::{GateBuilder, StartError},
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use tower::ServiceExt;

use crate::server::Server;

/// When all tests begin, in seconds since 1970.
pub(crate) const NOW: u64 = 1_800_000_000;

/// What a token may be good for.
#[derive(Scopes)]
enum Scope {
    /// Read what is one's own.
    #[secure("me:read")]
    MeRead,
}

/// Says whether somebody may come in.
#[secure(get = "/me", scope = Scope::MeRead, rate = "1000000/min per caller")]
async fn me() -> NoContent {
    NoContent
}

/// One door.
#[secure(title = "Door", version = "1.0.0", auth(oauth2), scopes = Scope, endpoints(me))]
pub(crate) struct Door;

pub(crate) struct World {
    pub(crate) gate: Gate<Door>,
    pub(crate) clock: FakeClock,
    app: Router,
}

impl World {
    /// A gate that opens.
    pub(crate) async fn of(tokens: Tokens) -> Self {
        Self::built(tokens).await.expect("the gate opens")
    }

    pub(crate) async fn built(tokens: Tokens) -> Result<Self, StartError> {
        Self::with([tokens]).await
    }

    pub(crate) async fn with(issuers: impl IntoIterator<Item = Tokens>) -> Result<Self, StartError> {
        let clock = FakeClock::at(NOW);
        let builder = Gate::builder().limiter(Limiter::memory()).audit(Audit::tracing()).clock(clock.clone());
        let gate = issuers.into_iter().fold(builder, GateBuilder::bearer).build().await?;
        let app = Door::router(gate.clone());
        Ok(Self { gate, clock, app })
    }

    /// A token by the key of this name, which never expires here.
    pub(crate) fn token(&self, id: &TestIssuer, kid: &str) -> String {
        id.token().scope("me:read").header("kid", kid).sign(NOW)
    }

    pub(crate) fn tokens(&self, id: &TestIssuer, kid: &str, count: usize) -> Vec<String> {
        (0..count).map(|_| self.token(id, kid)).collect()
    }

    /// The status that a token is answered with.
    pub(crate) async fn status(&self, token: &str) -> u16 {
        self.ask(token).await.0
    }

    /// The status, and whether it is said when to come back.
    pub(crate) async fn ask(&self, token: &str) -> (u16, bool) {
        let mut request = Request::get("/me")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))));
        let answer = self.app.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        (answer.status().as_u16(), answer.headers().contains_key(header::RETRY_AFTER))
    }
}

/// The tokens of this server's issuer.
pub(crate) fn plan(server: &Server) -> Tokens {
    Tokens::issuer(server.issuer.as_str()).audience(TestIssuer::AUDIENCE)
}

/// Why a gate with these tokens does not open.
pub(crate) async fn refusal(tokens: Tokens) -> String {
    match World::built(tokens).await {
        Ok(_) => panic!("the gate opens"),
        Err(error) => error.to_string(),
    }
}
