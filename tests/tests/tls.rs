//! TLS as clients meet it: whose certificates are believed, what they are good for, and what changes while it runs.

#[path = "tls/authority.rs"]
mod authority;
#[path = "tls/client.rs"]
mod client;

use std::{net::SocketAddr, time::Duration};

use palisade::{
    auth::{Certificates, Grants, SecretFile},
    prelude::*,
    testing::TestIssuer,
    tls::{self, ClientAuthentication, Reloaded, Tls, TlsBuilder},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use tokio_rustls::rustls::version;

use self::{
    authority::{Authority, Holder, write},
    client::{Client, request},
};

#[derive(Scopes)]
enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    Read,
    /// Pay.
    #[secure("orders:pay")]
    Pay,
}

#[secure(get = "/open", public = "a test")]
async fn open() -> NoContent {
    NoContent
}

/// Who asks.
#[secure(get = "/orders", scope = Scope::Read)]
async fn orders(caller: Caller) -> Json<Who> {
    Json(Who { subject: caller.subject().to_owned(), issuer: caller.issuer().to_owned() })
}

#[secure(get = "/pay", scope = Scope::Pay)]
async fn pay() -> NoContent {
    NoContent
}

#[secure(get = "/slow", public = "a test")]
async fn slow() -> NoContent {
    tokio::time::sleep(Duration::from_millis(300)).await;
    NoContent
}

#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Who {
    #[secure(length(max = 2_048))]
    subject: String,
    #[secure(length(max = 2_048))]
    issuer: String,
}

/// Over TLS.
#[secure(title = "TLS", version = "1.0.0", auth(oauth2, mtls), scopes = Scope, default(rate = "1000000/min per ip"),
         endpoints(open, orders, pay, slow))]
struct Api;

const HOST: &str = "api.example";

/// A server, its authority, and where its files are.
struct World {
    authority: Authority,
    issuer: TestIssuer,
    folder: TempDir,
    address: SocketAddr,
    tls: Tls,
    stop: Option<oneshot::Sender<()>>,
    served: tokio::task::JoinHandle<()>,
}

impl World {
    async fn new(configure: impl FnOnce(&TempDir, &Authority, TlsBuilder) -> TlsBuilder) -> Self {
        let (authority, issuer) = (Authority::new("ours"), TestIssuer::new("https://id.shop.example"));
        let folder = tempfile::tempdir().expect("a folder");
        let (chain, key) = authority.server(HOST, 1).write(folder.path());
        authority.write_root(&folder.path().join("clients.pem"));
        let tls = configure(&folder, &authority, Tls::builder(chain, SecretFile::at(key)))
            .build()
            .await
            .expect("the files are good");
        let gate = Gate::builder()
            .bearer(issuer.tokens(TestIssuer::AUDIENCE))
            .certificates(
                Certificates::spiffe("prod.example")
                    .caller("spiffe://prod.example/reader", Grants::nothing().scopes(["orders:read"])),
            )
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::tracing());
        let app = Api::application(gate.build().await.expect("the gate opens")).with_state(());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tls::serve(listener, app, tls.clone(), async { drop(stopped.await) });
        let served = tokio::spawn(async { serving.await.expect("it serves") });
        Self { authority, issuer, folder, address, tls, stop: Some(stop), served }
    }

    async fn optional() -> Self {
        Self::new(|folder, _, tls| tls.clients(ClientAuthentication::optional(folder.path().join("clients.pem")))).await
    }

    fn client(&self, shows: Option<&Holder>) -> Client {
        Client::new(&self.authority, shows)
    }

    async fn get(&self, shows: Option<&Holder>, path: &str) -> std::io::Result<(u16, String)> {
        self.client(shows).get(self.address, HOST, path, "").await
    }

    /// The status of a request; nothing where there is no connection.
    async fn status(&self, shows: Option<&Holder>, path: &str) -> Option<u16> {
        self.get(shows, path).await.ok().map(|(status, _)| status)
    }
}

const READER: &str = "spiffe://prod.example/reader";

/// The token of a caller who may read orders, bound to a certificate if there is one.
fn token(world: &World, bound_to: Option<&Holder>) -> String {
    let token = world.issuer.token().scope("orders:read");
    let token = match bound_to {
        Some(holder) => {
            let thumbprint = ring::digest::digest(&ring::digest::SHA256, holder.leaf());
            let encoded = base64_simd::URL_SAFE_NO_PAD.encode_to_string(thumbprint);
            token.claim("cnf", serde_json::json!({ "x5t#S256": encoded }))
        }
        None => token,
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    format!("authorization: Bearer {}\r\n", token.sign(now))
}

#[tokio::test]
async fn rule_61_a_workload_is_a_caller_by_its_certificate() {
    let world = World::optional().await;
    let reader = world.authority.client(2, &[READER]);
    let (status, body) = world.get(Some(&reader), "/orders").await.unwrap();
    assert_eq!((status, body.contains(READER)), (200, true), "{body}");
    assert_eq!(world.status(Some(&reader), "/pay").await, Some(403), "it has the scopes that it is granted");
    assert_eq!(world.status(Some(&reader), "/open").await, Some(204));
    assert_eq!(world.status(None, "/orders").await, Some(401));
    assert_eq!(world.status(None, "/open").await, Some(204));
}

#[tokio::test]
async fn rule_1_a_good_certificate_does_not_make_up_for_a_token_that_is_not() {
    let world = World::optional().await;
    let [reader, other] = [2, 3].map(|serial| world.authority.client(serial, &[READER]));
    let client = world.client(Some(&reader));
    let with = async |fields: &str, path| client.get(world.address, HOST, path, fields).await.unwrap().0;
    assert_eq!(with("", "/orders").await, 200);
    assert_eq!(with(&token(&world, None), "/orders").await, 200);
    let forged = token(&world, None).replace("Bearer e", "Bearer f");
    for bad in
        [&forged[..], &token(&world, Some(&other)), "authorization: Bearer \r\n", "authorization: Basic YTpi\r\n"]
    {
        for path in ["/orders", "/open"] {
            assert_eq!(with(bad, path).await, 401, "{path} with {bad}");
        }
    }
}

#[tokio::test]
async fn rule_61_nobody_else_is_a_caller() {
    let world = World::optional().await;
    let ours = &world.authority;
    for uris in [
        &["spiffe://prod.example/writer"][..],
        &["spiffe://staging.example/reader"],
        &["spiffe://prod.example:443/reader"],
        &["https://prod.example/reader"],
        &[READER, "spiffe://prod.example/other"],
        &[READER, READER],
        &[],
    ] {
        let client = ours.client(2, uris);
        let (status, body) = world.get(Some(&client), "/orders").await.unwrap();
        assert_eq!(status, 401, "{uris:?}");
        assert!(!body.contains("spiffe") && !body.contains("certificate"), "it tells nothing: {body}");
        assert_eq!(world.status(Some(&client), "/open").await, Some(204), "{uris:?}");
    }
}

#[tokio::test]
async fn rule_61_what_no_authority_of_ours_vouches_for_gets_no_connection() {
    let world = World::optional().await;
    let ours = &world.authority;
    let strangers = [
        ("another authority", Authority::new("ours").client(2, &[READER])),
        ("nobody", Holder::self_signed(|params| params.subject_alt_names = vec![])),
        ("expired", ours.client_with(3, &[READER], |params| params.not_after = rcgen::date_time_ymd(2025, 1, 1))),
        ("not yet", ours.client_with(4, &[READER], |params| params.not_before = rcgen::date_time_ymd(2998, 1, 1))),
        ("a server", ours.server(HOST, 5)),
    ];
    for (what, stranger) in &strangers {
        for path in ["/orders", "/open"] {
            assert_eq!(world.status(Some(stranger), path).await, None, "{what} {path}");
        }
    }
    assert_eq!(world.status(Some(&ours.client(6, &[READER])), "/orders").await, Some(200));
}

#[tokio::test]
async fn a_required_certificate_is_required() {
    let required = |folder: &TempDir, _: &Authority, tls: TlsBuilder| {
        tls.clients(ClientAuthentication::required(folder.path().join("clients.pem")))
    };
    let world = World::new(required).await;
    assert_eq!(world.status(None, "/open").await, None);
    assert_eq!(world.status(Some(&world.authority.client(2, &[READER])), "/orders").await, Some(200));
}

#[tokio::test]
async fn rule_61_a_revoked_certificate_gets_no_connection() {
    let with_list = |folder: &TempDir, authority: &Authority, tls: TlsBuilder| {
        let list = folder.path().join("revoked.crl");
        authority.revoke(&[7], &list);
        tls.clients(ClientAuthentication::optional(folder.path().join("clients.pem")).revoked(list))
    };
    let world = World::new(with_list).await;
    let (good, bad) = (world.authority.client(6, &[READER]), world.authority.client(7, &[READER]));
    assert_eq!(world.status(Some(&good), "/orders").await, Some(200));
    assert_eq!(world.status(Some(&bad), "/orders").await, None);
    assert_eq!(world.status(None, "/open").await, Some(204));

    world.authority.revoke(&[6, 7], &world.folder.path().join("revoked.crl"));
    assert_eq!(world.tls.reload().await, Ok(Reloaded::Changed));
    assert_eq!(world.status(Some(&good), "/orders").await, None, "it was revoked while the server runs");
}

#[tokio::test]
async fn rule_59_a_token_that_is_bound_to_a_certificate_needs_it() {
    let world = World::optional().await;
    let (holder, other) = (world.authority.client(2, &[]), world.authority.client(3, &[READER]));
    let bound = token(&world, Some(&holder));
    let answered = async |shows: Option<&Holder>, fields: &str| {
        world.client(shows).get(world.address, HOST, "/orders", fields).await.unwrap()
    };
    // Twice, since the second comes from the cache.
    for _ in 0..2 {
        assert_eq!(answered(Some(&holder), &bound).await.0, 200);
        for wrong in [Some(&other), None] {
            assert_eq!(answered(wrong, &bound).await.0, 401);
        }
    }
    let free = token(&world, None);
    for shown in [Some(&holder), Some(&other), None] {
        assert_eq!(answered(shown, &free).await.0, 200, "a token that is not bound needs none");
    }
    // It is enforced where no credential is needed, too.
    assert_eq!(world.client(Some(&other)).get(world.address, HOST, "/open", &bound).await.unwrap().0, 401);
}

#[tokio::test]
async fn rule_59_any_certificate_is_good_for_binding_and_nothing_else() {
    let world = World::new(|_, _, tls| tls.clients(ClientAuthentication::any_for_binding())).await;
    let strangers = [
        Holder::self_signed(|params| params.subject_alt_names = vec![]),
        Holder::self_signed(|params| params.not_after = rcgen::date_time_ymd(2025, 1, 1)),
        Authority::new("theirs").client(2, &[READER]),
        world.authority.client(3, &[READER]),
    ];
    for stranger in &strangers {
        assert_eq!(world.status(Some(stranger), "/orders").await, Some(401), "it is nobody");
        let bound = token(&world, Some(stranger));
        let client = world.client(Some(stranger));
        assert_eq!(client.get(world.address, HOST, "/orders", &bound).await.unwrap().0, 200);
        assert_eq!(world.client(None).get(world.address, HOST, "/orders", &bound).await.unwrap().0, 401);
    }
}

#[tokio::test]
async fn both_versions_of_tls_and_of_http_are_spoken() {
    let world = World::optional().await;
    let reader = world.authority.client(2, &[READER]);
    for version in [&version::TLS13, &version::TLS12] {
        let client = Client::speaking(&[version], &[b"h2"], &world.authority, Some(&reader));
        let stream = client.connect(world.address, HOST).await.unwrap();
        let session = stream.get_ref().1;
        assert_eq!(session.alpn_protocol(), Some(&b"h2"[..]));
        assert_eq!(session.protocol_version(), Some(version.version));
        let (mut send, connection) = h2::client::handshake(stream).await.unwrap();
        let connection = tokio::spawn(connection);
        for _ in 0..3 {
            let request = http::Request::get(format!("https://{HOST}/orders")).body(()).unwrap();
            let (answer, _) = send.send_request(request, true).unwrap();
            assert_eq!(answer.await.unwrap().status(), 200);
        }
        connection.abort();

        let client = Client::speaking(&[version], &[b"http/1.1"], &world.authority, None);
        assert_eq!(client.get(world.address, HOST, "/open", "").await.unwrap().0, 204);
        let client = Client::speaking(&[version], &[], &world.authority, None);
        assert_eq!(client.get(world.address, HOST, "/open", "").await.unwrap().0, 204, "a client may say nothing");
        let client = Client::speaking(&[version], &[b"spdy/3"], &world.authority, None);
        assert!(client.connect(world.address, HOST).await.is_err(), "nothing in common");
    }
}

#[tokio::test]
async fn clients_that_begin_and_do_not_go_on_keep_nobody_out() {
    let few =
        |_: &TempDir, _: &Authority, tls: TlsBuilder| tls.handshakes(8).handshake_timeout(Duration::from_secs(60));
    let world = World::new(few).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(world.address).await.unwrap();
        stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
        silent.push(stream);
    }
    assert_eq!(world.status(None, "/open").await, Some(204));
    // The oldest was ended for it.
    let mut first = silent.remove(0);
    assert!(matches!(first.read(&mut [0; 16]).await, Ok(0) | Err(_)));
}

#[tokio::test]
async fn a_handshake_ends_in_its_time() {
    let world = World::new(|_, _, tls| tls.handshake_timeout(Duration::from_millis(200))).await;
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut [0; 16])).await.expect("it ends");
    assert!(matches!(read, Ok(0) | Err(_)));
}

#[tokio::test]
async fn plain_http_gets_no_answer() {
    let world = World::optional().await;
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    stream.write_all(b"GET /open HTTP/1.1\r\nhost: api.example\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await.expect("it ends");
    assert!(!answer.starts_with(b"HTTP") && answer.len() < 16, "{answer:?}");
    assert_eq!(world.status(None, "/open").await, Some(204));
}

#[tokio::test]
async fn open_requests_are_answered_before_it_ends() {
    let mut world = World::optional().await;
    // One is in the middle of a request, one of a handshake.
    let mut stream = world.client(None).connect(world.address, HOST).await.unwrap();
    let waiting = tokio::spawn(async move { request(&mut stream, "/slow", "").await });
    let _shaking = TcpStream::connect(world.address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    drop(world.stop.take());
    assert_eq!(waiting.await.unwrap().unwrap().0, 204);
    tokio::time::timeout(Duration::from_secs(5), world.served).await.expect("it ends").unwrap();
    assert!(TcpStream::connect(world.address).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn certificates_change_under_load_and_no_request_is_lost() {
    let world = World::optional().await;
    let (chain, key) = (world.folder.path().join("chain.pem"), world.folder.path().join("key.pem"));
    // A connection that was there before goes on to the end.
    let mut before = world.client(None).connect(world.address, HOST).await.unwrap();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let (client, address, stop) = (world.client(None), world.address, std::sync::Arc::clone(&stop));
        tasks.spawn(async move {
            let mut answered = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) || answered == 0 {
                assert_eq!(client.get(address, HOST, "/open", "").await.expect("an answer").0, 204);
                answered += 1;
            }
            answered
        });
    }
    for serial in 100..110 {
        let server = world.authority.server(HOST, serial);
        server.write(world.folder.path());
        assert_eq!(world.tls.reload().await, Ok(Reloaded::Changed));
        let stream = world.client(None).connect(world.address, HOST).await.unwrap();
        let shown = stream.get_ref().1.peer_certificates().unwrap().first().unwrap();
        assert!(shown.as_ref() == server.leaf(), "a new connection sees the new certificate");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let answered: Vec<u32> = tasks.join_all().await;
    assert!(200 <= answered.iter().sum::<u32>());
    assert_eq!(request(&mut before, "/open", "").await.unwrap().0, 204);

    // What does not work leaves what does.
    let good = world.tls.expires_at();
    let other = world.authority.server(HOST, 200);
    for (file, text, expected) in [
        (&chain, String::from("nothing"), "there is no certificate in it"),
        (&key, String::from("nothing"), "the private key is none in PEM"),
        (&key, other.key_pem(), "the private key is not that of the first certificate"),
        (&world.folder.path().join("clients.pem"), String::new(), "there is no certificate in it"),
    ] {
        let saved = std::fs::read_to_string(file).unwrap();
        write(file, &text);
        let error = world.tls.reload().await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(world.status(None, "/open").await, Some(204));
        assert_eq!(world.tls.expires_at(), good);
        write(file, &saved);
        assert_eq!(world.tls.reload().await, Ok(Reloaded::Unchanged));
    }
}

#[tokio::test]
async fn files_that_change_are_read_without_being_told() {
    let world = World::new(|_, _, tls| tls.reload_every(Duration::ZERO)).await;
    let server = world.authority.server(HOST, 100);
    server.write(world.folder.path());
    for _ in 0..100 {
        let stream = world.client(None).connect(world.address, HOST).await.unwrap();
        if stream.get_ref().1.peer_certificates().unwrap().first().unwrap().as_ref() == server.leaf() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the new certificate was not read");
}

#[tokio::test]
async fn what_cannot_work_does_not_start() {
    let (authority, folder) = (Authority::new("ours"), tempfile::tempdir().unwrap());
    let (chain, key) = authority.server(HOST, 1).write(folder.path());
    let clients = folder.path().join("clients.pem");
    authority.write_root(&clients);
    let fails = async |tls: TlsBuilder, expected: &str| {
        let error = tls.build().await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let tls = || Tls::builder(&chain, SecretFile::at(&key));
    fails(Tls::builder(folder.path().join("none"), SecretFile::at(&key)), "it cannot be read").await;
    fails(Tls::builder(folder.path(), SecretFile::at(&key)), "it is no regular file").await;
    let with = |clients| tls().clients(clients);
    fails(with(ClientAuthentication::required(folder.path().join("none"))), "it cannot be read").await;
    fails(with(ClientAuthentication::required(&clients).revoked(&clients)), "no list of revoked certificates").await;
    fails(with(ClientAuthentication::any_for_binding().revoked(&clients)), "remove `revoked`").await;

    let expired = authority.client_with(2, &[], |params| params.not_after = rcgen::date_time_ymd(2025, 1, 1));
    expired.write(folder.path());
    fails(tls(), "has expired: renew it").await;
    let early = authority.client_with(2, &[], |params| params.not_before = rcgen::date_time_ymd(2998, 1, 1));
    early.write(folder.path());
    fails(tls(), "is not valid yet").await;
}

/// What another implementation of TLS and HTTP makes of it; nothing where there is no `curl`.
#[tokio::test]
async fn curl_comes_through() {
    let world = World::optional().await;
    let folder = world.folder.path().join("client");
    std::fs::create_dir(&folder).unwrap();
    let (chain, key) = world.authority.client(2, &[READER]).write(&folder);
    let root = world.folder.path().join("clients.pem");
    for http in ["--http2", "--http1.1"] {
        let mut curl = tokio::process::Command::new("curl");
        curl.args(["--silent", "--max-time", "20", http, "--write-out", "%{http_code} %{http_version}"]);
        curl.arg("--cacert").arg(&root).arg("--cert").arg(&chain).arg("--key").arg(&key);
        curl.args(["--resolve", &format!("{HOST}:{}:127.0.0.1", world.address.port())]);
        curl.arg(format!("https://{HOST}:{}/orders", world.address.port()));
        let Ok(output) = curl.output().await else {
            eprintln!("skipped: there is no `curl`");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = if http == "--http2" { "200 2" } else { "200 1.1" };
        assert!(text.contains(READER) && text.ends_with(version), "{text} {output:?}");
    }
}
