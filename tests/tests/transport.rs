//! What has to protect a connection, and who may say that it does: the server, and proxies that are known.

use std::net::SocketAddr;

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use http_body_util::BodyExt;
use palisade::{
    Api,
    auth::{Certificates, ClientCertificate, Grants},
    gate::{Channel, TlsProxies},
    openapi::Deployment,
    prelude::*,
};
use serde_json::Value;
use tower::ServiceExt;

#[derive(Scopes)]
enum Scope {
    /// Read orders.
    #[secure("orders:read")]
    Read,
}

#[secure(get = "/any", public = "a test")]
async fn any() -> NoContent {
    NoContent
}

#[secure(get = "/strict", public = "a test", transport = "mtls")]
async fn strict() -> NoContent {
    NoContent
}

/// Reads orders.
#[secure(get = "/orders", scope = Scope::Read)]
async fn orders() -> NoContent {
    NoContent
}

/// Over TLS, all of it.
#[secure(title = "Transport", version = "1.0.0", auth(mtls), scopes = Scope,
         default(rate = "1000/min per ip", transport = "tls"), endpoints(any, strict, orders))]
struct Protected;

const PROXY: [u8; 4] = [10, 0, 0, 1];
const CLIENT: [u8; 4] = [203, 0, 113, 9];

async fn application(proxies: Option<TlsProxies>) -> Router {
    let reader = Grants::nothing().scopes(["orders:read"]);
    let gate = Gate::builder()
        .certificates(Certificates::spiffe("prod.example").caller("spiffe://prod.example/reader", reader))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::tracing());
    let gate = match proxies {
        Some(proxies) => gate.tls_proxies(proxies),
        None => gate,
    };
    Protected::application(gate.build().await.expect("the gate opens")).with_state(())
}

/// The status and the problem of a request from an address, over a connection, with header fields.
async fn get(
    app: &Router,
    peer: [u8; 4],
    channel: Option<Channel>,
    fields: &[(&str, &str)],
    path: &str,
) -> (u16, String) {
    let mut request = Request::get(path);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 4711))));
    request.extensions_mut().extend(
        channel
            .map(|channel| {
                let mut extensions = http::Extensions::new();
                extensions.insert(channel);
                extensions
            })
            .unwrap_or_default(),
    );
    let answer = app.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.expect("a body").to_bytes();
    let problem = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    (status, problem["type"].as_str().unwrap_or_default().to_owned())
}

fn certificate(uri: &str) -> Vec<u8> {
    let mut params = rcgen::CertificateParams::default();
    let uri = rcgen::string::Ia5String::try_from(uri).expect("a URI");
    params.subject_alt_names = vec![rcgen::SanType::URI(uri)];
    params.self_signed(&rcgen::KeyPair::generate().expect("a key")).expect("a certificate").der().to_vec()
}

const REFUSED: &str = "urn:palisade:problem:insufficient-transport";

#[tokio::test]
async fn an_endpoint_says_what_protects_its_connection() {
    let app = application(None).await;
    let reader = certificate("spiffe://prod.example/reader");
    let over = |certificate| Some(Channel::Tls { certificate });
    let bound = || over(Some(ClientCertificate::for_binding(&reader)));
    let vouched = || over(Some(ClientCertificate::vouched(&reader)));
    for (channel, any, strict, orders) in [
        (None, 403, 403, 403),
        (Some(Channel::Plain), 403, 403, 403),
        (over(None), 204, 403, 401),
        (bound(), 204, 403, 401),
        (vouched(), 204, 204, 204),
    ] {
        let status = async |path| get(&app, CLIENT, channel.clone(), &[], path).await;
        for (path, expected) in [("/any", any), ("/strict", strict), ("/orders", orders)] {
            let (status, problem) = status(path).await;
            assert_eq!(status, expected, "{path} over {channel:?}");
            assert_eq!(problem == REFUSED, expected == 403, "{path}: {problem}");
        }
    }
}

#[tokio::test]
async fn rule_61_only_a_known_proxy_tells_of_certificates() {
    let app = application(Some(TlsProxies::at(["10.0.0.0/8"]).expect("a network").client_cert())).await;
    let reader = format!(":{}:", base64_simd::STANDARD.encode_to_string(certificate("spiffe://prod.example/reader")));
    let other = format!(":{}:", base64_simd::STANDARD.encode_to_string(certificate("spiffe://other.example/reader")));
    let status = async |peer, fields: &[(&str, &str)], path| get(&app, peer, None, fields, path).await.0;

    let known: &[(&str, &str)] = &[("client-cert", &reader)];
    for path in ["/any", "/strict", "/orders"] {
        assert_eq!(status(PROXY, known, path).await, 204, "{path}");
        assert_eq!(status(CLIENT, known, path).await, 400, "a stranger's claim: {path}");
        assert_eq!(status(CLIENT, &[], path).await, 403, "who does not come through it, came without TLS: {path}");
    }
    assert_eq!(status(PROXY, &[], "/any").await, 204);
    assert_eq!(status(PROXY, &[], "/strict").await, 403);
    assert_eq!(status(PROXY, &[], "/orders").await, 401);
    assert_eq!(status(PROXY, &[("client-cert", &other)], "/orders").await, 401);
    assert_eq!(status(PROXY, &[("client-cert", &other)], "/strict").await, 204);
    assert_eq!(status(PROXY, &[("client-cert", ":MIIB:")], "/strict").await, 403, "garbage is nobody");
    assert_eq!(status(PROXY, &[("client-cert", "MIIB")], "/any").await, 400);
    assert_eq!(status(PROXY, &[("client-cert", &reader), ("client-cert", &reader)], "/any").await, 400);

    // The proxy's own certificate is not the client's.
    let own =
        Channel::Tls { certificate: Some(ClientCertificate::vouched(&certificate("spiffe://prod.example/reader"))) };
    assert_eq!(get(&app, PROXY, Some(own), &[], "/orders").await.0, 401);
}

#[tokio::test]
async fn rule_61_a_claim_says_nothing_where_no_proxy_is_known() {
    let app = application(None).await;
    let reader = format!(":{}:", base64_simd::STANDARD.encode_to_string(certificate("spiffe://prod.example/reader")));
    for peer in [PROXY, CLIENT] {
        assert_eq!(get(&app, peer, None, &[("client-cert", &reader)], "/orders").await.0, 403);
        let tls = Some(Channel::Tls { certificate: None });
        assert_eq!(get(&app, peer, tls, &[("client-cert", &reader)], "/orders").await.0, 401);
    }
}

#[test]
fn the_document_says_it() {
    let document = Protected::openapi(&Deployment::at("https://api.example")).to_value();
    for (path, word, words) in [
        ("/any", "tls", "Over TLS only."),
        ("/strict", "mtls", "Over TLS with a certificate of the client only."),
        ("/orders", "tls", "Over TLS only."),
    ] {
        let operation = &document["paths"][path]["get"];
        assert_eq!(operation["x-palisade-transport"], word, "{path}");
        assert!(operation["description"].as_str().is_some_and(|text| text.ends_with(words)), "{operation}");
        assert!(operation["responses"]["403"].is_object(), "{path}");
    }
    assert_eq!(document["components"]["securitySchemes"]["mtls"]["type"], "mutualTLS");
}

#[tokio::test]
async fn a_gate_that_knows_nobody_by_a_certificate_does_not_open() {
    let gate = |certificates: Option<Certificates>| async {
        let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::tracing());
        let gate = match certificates {
            Some(certificates) => gate.certificates(certificates),
            None => gate,
        };
        gate.build::<Protected>().await.map(|_| ()).map_err(|error| error.to_string())
    };
    let reader = "spiffe://prod.example/reader";
    for (certificates, expected) in [
        (None, "add `.certificates("),
        (Some(Certificates::spiffe("prod.example")), "accepts nobody"),
        (Some(Certificates::spiffe("prod example").caller(reader, Grants::nothing())), "write a trust domain"),
        (
            Some(Certificates::spiffe("prod.example").caller(reader, Grants::nothing().scopes(["orders:raed"]))),
            "grants `orders:raed`",
        ),
        (
            Some(Certificates::spiffe("prod.example").caller(reader, Grants::nothing().roles(["admin"]))),
            "grants `admin`",
        ),
    ] {
        let error = gate(certificates).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
