//! Rules 44, 59 and 60: a provider behind TLS, and tokens that it has bound to a client's certificate (RFC 8705).

use std::net::SocketAddr;

use palisade::{
    auth::{HttpsClient, SecretFile, Tokens},
    prelude::*,
    tls::{self, ClientAuthentication, Tls},
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    api::Shop,
    authority::{Authority, Holder},
    op::{Provider, RESOURCE},
    tls_client::Client,
};

/// What the certificates of both servers are for: they are on this machine.
const HOST: &str = "localhost";

/// A provider behind TLS, with a client whose certificate nobody but the provider knows.
struct Stage {
    authority: Authority,
    folder: TempDir,
    provider: Provider,
    holder: Holder,
}

impl Stage {
    fn set() -> Option<Self> {
        let (authority, folder) = (Authority::new("ours"), tempfile::tempdir().expect("a folder"));
        let (chain, key) = authority.server(HOST, 1).write(folder.path());
        let holder = Holder::self_signed(|params| params.subject_alt_names = vec![]);
        let theirs = folder.path().join("client");
        std::fs::create_dir(&theirs).expect("a folder");
        let (shown, _) = holder.write(&theirs);
        authority.write_root(&folder.path().join("root.pem"));
        let files = [("CERT", &chain), ("KEY", &key), ("CLIENT_CERT", &shown)];
        let variables = files.map(|(name, file)| (name, file.display().to_string()));
        let provider = Provider::start_with(&variables)?;
        Some(Self { authority, folder, provider, holder })
    }

    fn tokens(&self, client: HttpsClient) -> Tokens {
        Tokens::issuer(self.provider.issuer()).audience(RESOURCE).fetch(client)
    }

    /// A client of ours that trusts the authority of this run.
    fn trusting(&self) -> HttpsClient {
        let root = std::fs::read(self.folder.path().join("root.pem")).expect("it was written");
        HttpsClient::builder().roots(root).and_then(|builder| builder.build()).expect("a good root")
    }

    /// The API behind TLS. Who shows a certificate is nobody by it.
    async fn serve(&self) -> SocketAddr {
        let (chain, key) = (self.folder.path().join("chain.pem"), self.folder.path().join("key.pem"));
        let tls = Tls::builder(chain, SecretFile::at(key)).clients(ClientAuthentication::any_for_binding());
        let tls = tls.build().await.expect("the files are good");
        let gate = Gate::builder()
            .bearer(self.tokens(self.trusting()))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"));
        let app = Shop::application(gate.build().await.expect("the gate opens")).with_state(());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(tls::serve(listener, app, tls, std::future::pending()));
        address
    }

    /// A token that the provider has bound to the holder's certificate.
    async fn token(&self) -> String {
        let client = Client::new(&self.authority, Some(&self.holder));
        let mut stream = client.connect(self.provider.address(), HOST).await.expect("it trusts");
        let form = format!("client_id=mtls&grant_type=client_credentials&scope=orders%3Aread&resource={RESOURCE}");
        let ask = format!(
            "POST /token HTTP/1.1\r\nhost: {HOST}:{}\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
            self.provider.address().port(),
            form.len()
        );
        stream.write_all(ask.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it answers");
        let body = answer.split_once("\r\n\r\n").expect("an answer").1;
        let said: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"));
        said["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
}

#[tokio::test]
async fn rule_59_a_real_token_that_is_bound_to_a_certificate_needs_it() {
    let Some(stage) = Stage::set() else { return };
    let (address, token) = (stage.serve().await, stage.token().await);
    let field = format!("authorization: Bearer {token}\r\n");
    let other = Holder::self_signed(|params| params.subject_alt_names = vec![]);
    let vouched = stage.authority.client(7, &["spiffe://prod.example/reader"]);
    let wrong = [("another", Some(&other)), ("one of our authority", Some(&vouched)), ("none", None)];
    // Twice, since the second comes from the cache.
    for _ in 0..2 {
        let client = Client::new(&stage.authority, Some(&stage.holder));
        let answer = client.get(address, HOST, "/orders", &field).await.expect("an answer");
        assert_eq!(answer, (200, r#"{"by":"mtls"}"#.to_owned()));
        for (name, shown) in wrong {
            let client = Client::new(&stage.authority, shown);
            let (status, body) = client.get(address, HOST, "/orders", &field).await.expect("an answer");
            assert_eq!(status, 401, "{name}: {body}");
            assert!(!body.contains("certificate") && !body.contains(&token), "{name}: {body}");
        }
    }
}

#[tokio::test]
async fn rule_44_a_provider_for_whom_nobody_vouches_is_not_asked() {
    let Some(stage) = Stage::set() else { return };
    let gate = |client| {
        Gate::builder()
            .bearer(stage.tokens(client))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"))
    };
    let closed = gate(HttpsClient::new().expect("a client")).build::<Shop>().await;
    let error = closed.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains(stage.provider.issuer()), "{error:?}");
    assert!(gate(stage.trusting()).build::<Shop>().await.is_ok());
}
