//! The API behind a socket, and who asks it.

use std::{io, net::SocketAddr};

use palisade::{
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::policy::Orders;

const NOW: u64 = 1_800_000_000;

/// Somebody, as the test knows them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity {
    pub(crate) subject: &'static str,
    pub(crate) scopes: &'static [&'static str],
    /// Those implied included.
    pub(crate) roles: &'static [&'static str],
    /// How many seconds ago they logged in.
    pub(crate) login: u64,
}

pub(crate) const IDENTITIES: &[Identity] = &[
    Identity { subject: "ada", scopes: &["orders"], roles: &[], login: 9_999 },
    Identity { subject: "ada", scopes: &["orders"], roles: &[], login: 60 },
    Identity { subject: "bob", scopes: &["orders", "billing"], roles: &[], login: 60 },
    Identity { subject: "eve", scopes: &["orders"], roles: &[], login: 60 },
    Identity { subject: "sue", scopes: &["orders"], roles: &["support"], login: 9_999 },
    Identity { subject: "sam", scopes: &["orders", "billing"], roles: &["support"], login: 9_999 },
    Identity { subject: "root", scopes: &["orders", "billing"], roles: &["admin", "support"], login: 60 },
];

pub(crate) struct World {
    address: SocketAddr,
    issuer: TestIssuer,
}

impl World {
    pub(crate) async fn start() -> Self {
        let issuer = TestIssuer::new("https://id.shop.example");
        let gate = Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"))
            .clock(FakeClock::at(NOW))
            .build()
            .await
            .unwrap();
        let app = Orders::router(gate).with_state(());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
        Self { address, issuer }
    }

    /// The status and the body of the answer.
    pub(crate) async fn ask(
        &self,
        method: &str,
        target: &str,
        who: Option<&Identity>,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let authorization = who.map(|who| {
            let mut token =
                self.issuer.token().subject(who.subject).scope(&who.scopes.join(" ")).authenticated(who.login);
            // What a role implies, the catalogue says.
            if let Some(role) = who.roles.first() {
                token = token.role(role);
            }
            format!("authorization: Bearer {}\r\n", token.sign(NOW))
        });
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n{}content-length: {}\r\n\r\n{body}",
            authorization.unwrap_or_default(),
            body.len(),
        );
        let answer = exchange(self.address, request.as_bytes()).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, if body.is_empty() { Value::Null } else { serde_json::from_str(body).unwrap() })
    }
}

async fn exchange(address: SocketAddr, request: &[u8]) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
