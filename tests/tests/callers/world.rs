//! An API that knows every scheme there is, and a client of it who has one credential of each.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use http_body_util::BodyExt;
use palisade::{
    auth::{
        Algorithm, ApiKeys, Certificates, ClientCertificate, Grants, Key, KeyHolder, Machine, MemoryKeys,
        MemoryReplays, Secret, SignatureKey, Signatures, Signer, SigningKey, User, WebhookSecrets, WebhookSender,
        Webhooks,
    },
    gate::Channel,
    prelude::*,
    testing::{Defect, FakeClock, TestIssuer},
};
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

use crate::brought::Brought;

const NOW: u64 = 1_800_000_000;
const ORIGIN: &str = "https://api.example";
const READER: &str = "spiffe://prod.example/reader";
const SHARED: &[u8] = b"32 random bytes, shared with acme";
const WEBHOOK_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Whom the handler saw.
#[derive(Serialize, Secure)]
#[secure(output)]
struct Seen {
    #[secure(length(max = 256))]
    who: String,
}

fn seen(who: impl Into<String>) -> Json<Seen> {
    Json(Seen { who: who.into() })
}

/// By any of them.
#[secure(get = "/any", auth = "oauth2", auth = "api_key", auth = "mtls", auth = "partner", auth = "payments")]
async fn any(caller: Caller) -> Json<Seen> {
    seen(caller.subject())
}

/// A user, by the application that holds a key.
#[secure(get = "/both", auth("oauth2", and = "api_key"))]
async fn both(user: Caller) -> Json<Seen> {
    let besides: Vec<&str> = user.others().iter().map(Caller::subject).collect();
    seen(format!("{} with {}", user.subject(), besides.join(", ")))
}

/// A person.
#[secure(get = "/person", user)]
async fn person(user: User) -> Json<Seen> {
    seen(user.subject())
}

#[derive(Deserialize)]
struct Claims {
    tenant: String,
}

/// A person of a tenant.
#[secure(get = "/tenant", auth = "oauth2", user)]
async fn tenant(user: User<Claims>) -> Json<Seen> {
    seen(format!("{} of {}", user.subject(), user.claims().tenant))
}

/// A program.
#[secure(get = "/machine", machine)]
async fn program(machine: Machine) -> Json<Seen> {
    seen(machine.subject())
}

#[derive(Callers)]
enum Either {
    Person(User),
    Machine(Machine),
}

/// A person or a program.
#[secure(get = "/either", auth = "oauth2", auth = "api_key")]
async fn either(caller: Either) -> Json<Seen> {
    seen(match caller {
        Either::Person(user) => format!("person {}", user.subject()),
        Either::Machine(machine) => format!("machine {}", machine.subject()),
    })
}

/// Who holds a key.
#[secure(get = "/job", auth = "api_key")]
async fn job(job: KeyHolder) -> Json<Seen> {
    seen(job.subject())
}

/// Everybody.
#[secure(get = "/open", public = "a test")]
async fn open() -> Json<Seen> {
    seen("everybody")
}

/// Every scheme there is.
#[secure(
    title = "Service",
    version = "1.0.0",
    auth(oauth2, api_key, mtls, signature(name = "partner"), webhook(name = "payments")),
    default(rate = "1000000/min per ip"),
    endpoints(any, both, person, tenant, program, either, job, open)
)]
pub(crate) struct Service;

/// An answer.
pub(crate) struct Found {
    pub(crate) status: u16,
    pub(crate) challenges: Vec<String>,
    /// Whom the handler saw, or the whole problem.
    pub(crate) text: String,
}

pub(crate) struct World {
    app: Router,
    id: TestIssuer,
    key: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (id, clock) = (TestIssuer::new("https://id.example"), FakeClock::at(NOW));
        let keys = ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).expect("sound keys");
        let issued = keys.issue("job").expect("a key");
        let key = issued.key.expose().clone();
        keys.store().put(issued.stored);
        let acme = Key::hmac(Algorithm::Hs256, &Secret::new(SHARED.to_vec())).expect("a key").named("acme-1");
        let partners = Signatures::keys([SignatureKey::new("acme", acme)]).expect("keys");
        let secrets = WebhookSecrets::new([WEBHOOK_SECRET]).expect("secrets");
        let gate = Gate::builder()
            .bearer(Tokens::issuer(id.identifier()).audience(TestIssuer::AUDIENCE).fetch(id.server()))
            .api_keys(keys)
            .certificates(Certificates::spiffe("prod.example").caller(READER, Grants::nothing()))
            .signatures("partner", partners.replays(MemoryReplays::new(1_000)))
            .webhooks("payments", Webhooks::secrets(secrets).replays(MemoryReplays::new(1_000)))
            .public_origin(ORIGIN)
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"))
            .clock(clock)
            .build()
            .await;
        let app: Router = Service::application(gate.expect("the gate opens"));
        Self { app: app.with_state(()), id, key }
    }

    pub(crate) async fn get(&self, path: &str, brought: Brought) -> Found {
        let (mut parts, ()) = Request::get(format!("{ORIGIN}{path}")).body(()).expect("a request").into_parts();
        self.bring(&mut parts, brought);
        parts.uri = path.parse().expect("a path");
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711))));
        let request = Request::from_parts(parts, Body::empty());
        let answer = self.app.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = answer.status().as_u16();
        let challenges = answer.headers().get_all("www-authenticate").iter();
        let challenges = challenges.map(|value| value.to_str().expect("a text").to_owned()).collect();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        let text = body["who"].as_str().map_or_else(|| body.to_string(), ToOwned::to_owned);
        Found { status, challenges, text }
    }

    fn bring(&self, parts: &mut http::request::Parts, brought: Brought) {
        let own = ClientCertificate::for_binding(b"the client's own");
        let bound = || self.id.token().bound_to_certificate(&own).sign(NOW);
        let user = || self.id.token().subject("alice").sign(NOW);
        let bad = || self.id.token().subject("alice").sign_with(Defect::Altered, NOW);
        let token = |parts: &mut http::request::Parts, token: String| {
            parts.headers.insert("authorization", format!("Bearer {token}").parse().expect("a value"));
        };
        let key = |parts: &mut http::request::Parts, key: &str| {
            parts.headers.insert("x-api-key", key.parse().expect("a value"));
        };
        let over = |parts: &mut http::request::Parts, certificate: ClientCertificate| {
            parts.extensions.insert(Channel::Tls { certificate: Some(certificate) });
        };
        match brought {
            Brought::Nothing => {}
            Brought::UserToken => token(parts, user()),
            Brought::TokenWithTenant => {
                token(parts, self.id.token().subject("alice").claim("tenant", "blue").sign(NOW));
            }
            Brought::ClientToken => token(parts, self.id.token().for_client("batch").sign(NOW)),
            Brought::BadToken => token(parts, bad()),
            Brought::Key => key(parts, &self.key),
            Brought::BadKey => key(parts, &spoilt(&self.key)),
            Brought::UserTokenAndKey => {
                token(parts, user());
                key(parts, &self.key);
            }
            Brought::BadTokenAndKey => {
                token(parts, bad());
                key(parts, &self.key);
            }
            Brought::UserTokenAndBadKey => {
                token(parts, user());
                key(parts, &spoilt(&self.key));
            }
            Brought::BoundToken => token(parts, bound()),
            Brought::BoundTokenByItsKey => {
                token(parts, bound());
                over(parts, own);
            }
            Brought::BoundTokenByAnother => {
                token(parts, bound());
                over(parts, ClientCertificate::for_binding(b"a thief's"));
            }
            Brought::Certificate => over(parts, vouched()),
            Brought::UserTokenByCertificate => {
                token(parts, user());
                over(parts, vouched());
            }
            Brought::Signature => {
                let signing = SigningKey::hmac(&Secret::new(SHARED.to_vec())).expect("a key");
                Signer::new("acme-1", signing).sign(parts, b"", NOW).expect("a signature");
            }
            Brought::Webhook => {
                // Each is a delivery of its own.
                static DELIVERED: AtomicU64 = AtomicU64::new(1);
                let id = format!("msg_{}", DELIVERED.fetch_add(1, Ordering::Relaxed));
                let sender = WebhookSender::new([WEBHOOK_SECRET]).expect("a secret");
                sender.sign(&mut parts.headers, &id, b"", NOW).expect("a signature");
            }
        }
    }
}

/// A key of the right form that nobody was given.
fn spoilt(key: &str) -> String {
    key.chars().rev().collect()
}

/// The reader's certificate, as the server has verified it.
fn vouched() -> ClientCertificate {
    let mut params = rcgen::CertificateParams::default();
    let uri = rcgen::string::Ia5String::try_from(READER).expect("a URI");
    params.subject_alt_names = vec![rcgen::SanType::URI(uri)];
    let pair = rcgen::KeyPair::generate().expect("a key");
    ClientCertificate::vouched(params.self_signed(&pair).expect("a certificate").der())
}
