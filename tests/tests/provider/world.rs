//! A small API whose gate believes the provider, behind a real server.

use std::{net::SocketAddr, time::Duration};

use palisade::{auth::Tokens, gate::GateBuilder, prelude::*};
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};

use crate::{
    api::Shop,
    client::{Answer, Ask},
    log::Log,
};

/// Longer than anything here may take, however slow the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running API.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    pub(crate) log: Log,
}

impl World {
    /// An API that takes the tokens of one issuer.
    pub(crate) async fn trusting(tokens: Tokens) -> Self {
        Self::with(|gate| gate.bearer(tokens)).await
    }

    /// An API whose gate is told more.
    pub(crate) async fn with(more: impl FnOnce(GateBuilder) -> GateBuilder) -> Self {
        let log = Log::default();
        let gate =
            Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::sink(log.clone()));
        let gate = more(gate).build().await.expect("the gate opens");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let app: axum::Router = Shop::router(gate);
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { address, log }
    }

    /// Asks with this token.
    pub(crate) async fn ask(&self, token: &str) -> Answer {
        Ask::get("/orders").bearer(token).send(self.address).await
    }

    /// Asks with this token: the status, and the reason that the log was told.
    pub(crate) async fn verdict(&self, token: &str) -> (u16, String) {
        self.log.take();
        let answer = self.ask(token).await;
        (answer.status, self.log.only().reason)
    }
}

/// Asks until this is the status and the reason.
pub(crate) async fn until(world: &World, token: &str, expected: (u16, &str)) {
    let asking = async {
        while world.verdict(token).await != (expected.0, expected.1.to_owned()) {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("it never came to {expected:?}"));
}
