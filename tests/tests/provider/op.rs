//! The real `OpenID` provider of `tests/provider`, as a process of its own that ends with the test.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use base64_simd::STANDARD;
use serde_json::Value;

use crate::client::{Answer, Ask};

/// The resource whose tokens are JWTs.
pub(crate) const RESOURCE: &str = "https://api.shop.example";
/// The resource whose tokens are opaque.
pub(crate) const OPAQUE: &str = "https://opaque.shop.example";

/// A running provider.
pub(crate) struct Provider {
    process: Child,
    issuer: String,
}

/// Where it lives.
pub(crate) fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("provider")
}

impl Provider {
    /// A provider with keys of its own; nothing, with the reason printed, where there cannot be one.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// The same, with these variables in its environment.
    pub(crate) fn start_with(variables: &[(&str, String)]) -> Option<Self> {
        if !home().join("node_modules/oidc-provider").exists() {
            println!("skipped: there is no OpenID provider: run `tests/provider/install`, which needs node");
            return None;
        }
        let process = Command::new("node")
            .arg("--no-warnings")
            .arg(home().join("op.mjs"))
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut process = process.expect("node starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it is");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Some(Self { process, issuer: said["issuer"].as_str().expect("an address").to_owned() })
    }

    /// The same provider after an end: at the same address, with other keys.
    pub(crate) fn restart(self) -> Self {
        let port = self.address().port().to_string();
        drop(self);
        Self::start_with(&[("PORT", port)]).expect("it was there before")
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn address(&self) -> SocketAddr {
        let port = self.issuer.rsplit(':').next().and_then(|port| port.parse().ok());
        SocketAddr::from(([127, 0, 0, 1], port.expect("a port")))
    }

    /// A token for `resource` by client credentials. The clients are named by the algorithms that their tokens are signed with.
    pub(crate) async fn token(&self, client: &str, resource: &str) -> String {
        let form = format!("grant_type=client_credentials&scope=orders%3Aread&resource={resource}");
        let answer = self.post("/token", client, &form).await;
        answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
    }

    /// Makes it forget a token.
    pub(crate) async fn revoke(&self, client: &str, token: &str) {
        let answer = self.post("/token/revocation", client, &format!("token={token}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Tells it what to do: `delay=300&fail=503`. It answers with what it counted.
    pub(crate) async fn told(&self, what: &str) -> Value {
        Ask::get(&format!("/__ctl?{what}")).send(self.address()).await.json()
    }

    /// How often it was asked for this path since it was told `hits=0`.
    pub(crate) async fn hits(&self, path: &str) -> u64 {
        self.told("").await["hits"][path].as_u64().unwrap_or(0)
    }

    /// Its keys, as it publishes them.
    pub(crate) async fn jwks(&self) -> String {
        Ask::get("/jwks").send(self.address()).await.body
    }

    async fn post(&self, path: &str, client: &str, form: &str) -> Answer {
        let password = STANDARD.encode_to_string(format!("{client}:{client}-secret"));
        let ask = Ask::new("POST", path).header("authorization", format!("Basic {password}"));
        ask.form(form).send(self.address()).await
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
