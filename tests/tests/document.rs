//! The shop's document is what was reviewed, and says of every operation what the running server does: each is called
//! anonymously, with each needed scope missing, and with all of them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, Response, header};
use palisade::{
    auth::{
        Certificates, ClientCertificate, Grants, MemoryKeys, MemoryReplays, Secret, WebhookSecrets, WebhookSender,
        Webhooks,
    },
    gate::Channel,
    openapi::Document,
    prelude::*,
    testing::{FakeClock, TestIssuer},
};
use serde_json::Value;
use shop::{
    app::{self, App},
    orders::Orders,
    policy::Shop,
};
use tower::ServiceExt;

const NOW: u64 = 1_800_000_000;
const WEBHOOK_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn document() -> Document {
    let deployment = Deployment::at("https://api.shop.example")
        .described("production")
        .contact("The shop", "https://shop.example/support")
        .license("MIT", "https://spdx.org/licenses/MIT.html")
        .origin("https://shop.example")
        .authorization_server(
            "https://id.shop.example/authorize",
            "https://id.shop.example/token",
            "https://id.shop.example/token",
        );
    Shop::openapi(&deployment)
}

#[test]
fn the_document_is_as_reviewed() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("openapi/shop.json");
    let found = format!("{:#}\n", document().to_value());
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).expect("the snapshot is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "the document differs from {}: review it with BLESS=1", path.display());
}

/// The shop, and everything that identities are made of.
struct Served {
    app: axum::Router,
    issuer: TestIssuer,
    keys: ApiKeys<std::sync::Arc<MemoryKeys>>,
}

async fn served() -> Served {
    let issuer = TestIssuer::new("https://id.shop.example");
    let store = std::sync::Arc::new(MemoryKeys::new([]));
    let pepper = || Secret::new("a pepper of at least thirty-two bytes".to_owned());
    let keys = ApiKeys::new("shop", store.clone(), pepper()).expect("sound keys");
    let secrets = WebhookSecrets::new([WEBHOOK_SECRET]).expect("a secret");
    let gate = Gate::builder()
        .bearer(issuer.tokens(TestIssuer::AUDIENCE))
        .api_keys(ApiKeys::new("shop", store, pepper()).expect("sound keys"))
        .certificates(Certificates::spiffe("shop.example").callers(granted))
        .webhooks("payments", Webhooks::secrets(secrets).replays(MemoryReplays::new(100)))
        .limiter(Limiter::memory())
        .idempotency(Idempotency::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .clock(FakeClock::at(NOW))
        .build()
        .await
        .expect("the gate opens");
    let orders = Orders::in_memory().await.expect("a store");
    Served { app: app::router(gate, App { orders, document: document() }), issuer, keys }
}

/// A certificate for these scopes: its SPIFFE id lists them, with a full stop for each colon.
fn certificate(scopes: &BTreeSet<String>) -> ClientCertificate {
    let listed = scopes.iter().map(|scope| scope.replace(':', ".")).collect::<Vec<_>>().join("/");
    let id = format!("spiffe://shop.example/{listed}");
    let mut params = rcgen::CertificateParams::default();
    params.subject_alt_names.push(rcgen::SanType::URI(id.try_into().expect("ASCII")));
    let key = rcgen::KeyPair::generate().expect("a key");
    ClientCertificate::vouched(params.self_signed(&key).expect("a certificate").der())
}

/// What such a certificate carries.
fn granted(id: &str) -> Option<Grants> {
    let listed = id.strip_prefix("spiffe://shop.example/")?;
    Some(Grants::nothing().scopes(listed.split('/').map(|scope| scope.replace('.', ":"))))
}

/// A way to satisfy an operation: one requirement object of its `security`.
struct Alternative {
    scheme: String,
    scopes: BTreeSet<String>,
}

struct Operation {
    name: String,
    method: String,
    path: String,
    alternatives: Vec<Alternative>,
    answers: BTreeSet<String>,
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().expect("paths");
    let each = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("a path item");
        methods.iter().map(move |(method, operation)| Operation {
            name: operation["operationId"].as_str().expect("an id").to_owned(),
            method: method.to_uppercase(),
            path: path.replace("{id}", "00000000000000000000000000000000"),
            alternatives: alternatives(operation),
            answers: operation["responses"].as_object().expect("responses").keys().cloned().collect(),
        })
    });
    each.collect()
}

/// No alternative for a public operation, whose requirement is empty.
fn alternatives(operation: &Value) -> Vec<Alternative> {
    let requirements = operation["security"].as_array().expect("every operation says what it requires");
    // The requirement of an API key lists no scopes, since OpenAPI 3.0 readers stumble; the exact expression does.
    let expression = operation["x-palisade-access"].as_str().unwrap_or_default();
    let named: BTreeSet<String> =
        expression.split("scope(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect();
    let objects = requirements.iter().map(|requirement| requirement.as_object().expect("an object"));
    objects
        .filter_map(|requirement| {
            assert!(requirement.len() <= 1, "the shop asks for one scheme at a time");
            let (scheme, scopes) = requirement.iter().next()?;
            let listed =
                scopes.as_array().expect("scopes").iter().map(|scope| scope.as_str().expect("a name").to_owned());
            let scopes = if scheme == "oauth2" { listed.collect() } else { named.clone() };
            Some(Alternative { scheme: scheme.clone(), scopes })
        })
        .collect()
}

impl Served {
    /// Calls with a credential of the scheme that has exactly these scopes, and whatever else could be asked for.
    async fn call(&self, operation: &Operation, credential: Option<(&str, &BTreeSet<String>)>) -> Response<Body> {
        let mut request = Request::builder().method(operation.method.as_str()).uri(&operation.path);
        match credential {
            None => {}
            Some(("oauth2", scopes)) => {
                let scopes = scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                let token =
                    self.issuer.token().subject("sue").role("support").scope(&scopes).authenticated(0).sign(NOW);
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
            Some(("api_key", scopes)) => {
                let issued = self.keys.issue("a machine").expect("random bytes");
                self.keys.store().put(issued.stored.scopes(scopes.iter().cloned()));
                request = request.header("X-Api-Key", issued.key.expose().as_str());
            }
            Some(("mtls", scopes)) => {
                request = request.extension(Channel::Tls { certificate: Some(certificate(scopes)) });
            }
            Some(("payments", _)) => {
                let sender = WebhookSender::new([WEBHOOK_SECRET]).expect("a secret");
                sender.sign(request.headers_mut().expect("headers"), "msg_1", b"", NOW).expect("a signature");
            }
            Some((other, _)) => panic!("an unknown scheme: {other}"),
        }
        let peer = ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 1)));
        let request = request.extension(peer).body(Body::empty()).expect("a request");
        let answer = self.app.clone().oneshot(request).await.expect("an answer");
        let status = answer.status().as_str().to_owned();
        assert!(operation.answers.contains(&status), "{}: {status} is not documented", operation.name);
        answer
    }
}

#[tokio::test]
async fn every_operation_demands_what_the_document_says() {
    let served = served().await;
    let document = document().to_value();
    let scopes = document["components"]["securitySchemes"]["oauth2"]["flows"]["authorizationCode"]["scopes"].clone();
    let all: BTreeSet<String> = scopes.as_object().expect("scopes").keys().cloned().collect();
    let operations = operations(&document);
    assert_eq!(operations.len(), Shop::POLICY.declared_endpoints().len());
    let public: Vec<_> =
        operations.iter().filter(|operation| operation.alternatives.is_empty()).map(|o| &o.name).collect();
    assert_eq!(public, ["health", "openapi"], "what is public is public on purpose");
    for operation in &operations {
        let anonymous = served.call(operation, None).await;
        if operation.alternatives.is_empty() {
            assert!(anonymous.status().is_success(), "{}", operation.name);
            continue;
        }
        assert_eq!(anonymous.status(), 401, "{} without a credential", operation.name);
        assert!(anonymous.headers().contains_key(header::WWW_AUTHENTICATE), "{}: no challenge", operation.name);
        for Alternative { scheme, scopes } in &operation.alternatives {
            assert!(scheme == "payments" || !scopes.is_empty(), "{}: the walk would prove nothing", operation.name);
            let enough = served.call(operation, Some((scheme.as_str(), scopes))).await.status();
            assert!(![401, 403].contains(&enough.as_u16()), "{} with {scopes:?}: {enough}", operation.name);
            for missing in scopes {
                // Every other scope there is does not make up for it.
                let without = all.iter().filter(|scope| *scope != missing).cloned().collect();
                let answer = served.call(operation, Some((scheme.as_str(), &without))).await;
                assert_eq!(answer.status(), 403, "{} without {missing}", operation.name);
                if scheme != "oauth2" {
                    continue;
                }
                let challenge = answer.headers()[header::WWW_AUTHENTICATE].to_str().expect("text").to_owned();
                assert!(challenge.contains(r#"error="insufficient_scope""#), "{}: {challenge}", operation.name);
                assert!(challenge.contains(missing.as_str()), "{}: {challenge}", operation.name);
            }
        }
    }
}

#[test]
fn the_document_is_the_same_every_time() {
    assert_eq!(document().to_json(), document().to_json());
}

/// Calls in the name of somebody who may do everything, and holds the answer against the schema of its status.
async fn assert_documented(served: &Served, document: &Value, path: &str, mut request: Request<Body>) -> Value {
    let (method, called) = (request.method().as_str().to_lowercase(), request.uri().to_string());
    let scope = "orders:read orders:write admin:orders";
    let token = served.issuer.token().subject("sue").role("support").scope(scope).authenticated(0).sign(NOW);
    if !path.contains("reports") {
        let bearer = format!("Bearer {token}").parse().expect("a header");
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
    }
    request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 1))));
    let answer = served.app.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_str().to_owned();
    let bytes = http_body_util::BodyExt::collect(answer.into_body()).await.expect("a body").to_bytes();
    let body: Value = serde_json::from_slice(&bytes).expect("JSON");
    let mut response = document["paths"][path][&method]["responses"][&status].clone();
    if let Some(reference) = response.get("$ref").and_then(Value::as_str) {
        response = document.pointer(reference.trim_start_matches('#')).expect("it resolves").clone();
    }
    let content = response["content"].as_object().expect("the answer has content");
    let mut schema = content.values().next().expect("of one type")["schema"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let errors: Vec<_> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{method} {called}: {status} {body}\n{errors:?}");
    body
}

#[tokio::test]
async fn every_answer_is_of_the_documented_schema() {
    let served = served().await;
    let document = document().to_value();
    let json = |method: &str, path: &str, body: &str| {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        // A key of its own for each body.
        let request = request.header("Idempotency-Key", format!("\"{}\"", body.len()));
        request.body(Body::from(body.to_owned())).expect("a request")
    };
    let get = |path: &str| Request::get(path).body(Body::empty()).expect("a request");
    let new = r#"{"title":"Mug","sku":"MUG-0007","quantity":2,"contact":"a@b.example","tags":["<b>"],"shipTo":
        {"name":"A","street":"B","city":"C","postalCode":"12345","country":"US"}}"#;
    let order = assert_documented(&served, &document, "/v1/orders", json("POST", "/v1/orders", new)).await;
    let path = format!("/v1/orders/{}", order["id"].as_str().expect("an id"));
    let issued = served.keys.issue("a machine").expect("random bytes");
    served.keys.store().put(issued.stored.scopes(["reports:read"]));
    let report = Request::get("/v1/reports/daily").header("X-Api-Key", issued.key.expose().as_str());
    let calls = [
        ("/v1/orders", get("/v1/orders?limit=1")),
        ("/v1/orders", json("POST", "/v1/orders", new)),
        ("/v1/orders", json("POST", "/v1/orders", &new.replace("Mug", "Cup"))),
        ("/v1/orders", Request::post("/v1/orders").body(Body::empty()).expect("a request")),
        ("/v1/orders", json("POST", "/v1/orders", r#"{"title":7}"#)),
        ("/v1/orders", json("POST", "/v1/orders", "{")),
        ("/v1/orders/{id}", get(&path)),
        ("/v1/orders/{id}", json("PATCH", &path, r#"{"note":"leave it at the door"}"#)),
        ("/v1/orders/{id}", get("/v1/orders/7")),
        ("/v1/admin/orders", get("/v1/admin/orders")),
        ("/v1/reports/daily", report.body(Body::empty()).expect("a request")),
    ];
    for (template, request) in calls {
        assert_documented(&served, &document, template, request).await;
    }
}
