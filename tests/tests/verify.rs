//! `#[secure(verify)]`: a lookup has the last word, with what the state holds, once everything else is well.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, FromRef},
};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use palisade::{
    Outage,
    prelude::*,
    value::{Findings, Invariant, Verified, Verify},
};
use tower::ServiceExt;

static KNOWN: Invariant = Invariant::new("known_sku", "must name an article in stock");

#[derive(Debug, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(verify)]
struct NewOrder {
    #[secure(length(min = 1, max = 4), each(length(min = 1, max = 8)))]
    skus: Vec<String>,
}

/// What is in stock, and how often that was asked.
#[derive(Clone)]
struct Stock {
    skus: Arc<BTreeSet<&'static str>>,
    asked: Arc<AtomicUsize>,
}

#[derive(Clone)]
struct App {
    stock: Stock,
}

impl FromRef<App> for Stock {
    fn from_ref(app: &App) -> Self {
        app.stock.clone()
    }
}

impl Verify for NewOrder {
    type Context = Stock;
    const WITHIN: Duration = Duration::from_millis(50);

    async fn verify(&self, stock: &Stock, findings: &mut Findings<'_>) -> Result<(), Outage> {
        stock.asked.fetch_add(1, Ordering::Relaxed);
        for (index, sku) in self.skus.iter().enumerate() {
            match sku.as_str() {
                "down" => return Err(Outage),
                "slow" => tokio::time::sleep(Duration::from_secs(60)).await,
                sku if !stock.skus.contains(sku) => findings.refuse_item("skus", index, &KNOWN),
                _ => {}
            }
        }
        Ok(())
    }
}

#[secure(post = "/orders", public = "a test", rate = "600/min per ip")]
async fn place(order: Verified<Json<NewOrder>>) -> NoContent {
    assert!(!order.into_inner().0.skus.is_empty());
    NoContent
}

/// Orders of what is in stock.
#[secure(title = "Orders", version = "1.0.0", endpoints(place))]
struct Orders;

#[tokio::test(flavor = "current_thread")]
async fn a_lookup_has_the_last_word() {
    let asked = Arc::new(AtomicUsize::new(0));
    let stock = Stock { skus: Arc::new(BTreeSet::from(["boots"])), asked: Arc::clone(&asked) };
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .build()
        .await
        .expect("the gate opens");
    let app: axum::Router = Orders::application(gate).with_state(App { stock });
    let rows = [
        (r#"{"skus":["boots"]}"#, StatusCode::NO_CONTENT, "", 1),
        (r#"{"skus":["boots","hunter2"]}"#, StatusCode::UNPROCESSABLE_ENTITY, "/skus/1 known_sku", 1),
        (r#"{"skus":["hunter2",""]}"#, StatusCode::UNPROCESSABLE_ENTITY, "/skus/1 length", 0),
        (r#"{"skus":[]}"#, StatusCode::UNPROCESSABLE_ENTITY, "/skus length", 0),
        (r#"{"skus":["down"]}"#, StatusCode::SERVICE_UNAVAILABLE, "", 1),
        (r#"{"skus":["slow"]}"#, StatusCode::SERVICE_UNAVAILABLE, "", 1),
    ];
    for (body, status, violation, lookups) in rows {
        asked.store(0, Ordering::Relaxed);
        let request = Request::post("/orders")
            .header("content-type", "application/json")
            .extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))))
            .body(Body::from(body))
            .expect("a request");
        let response = app.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), status, "{body}");
        let answer = response.into_body().collect().await.expect("a body").to_bytes();
        let answer = String::from_utf8(answer.to_vec()).expect("a text");
        assert!(!answer.contains("hunter2"), "{answer}");
        let problem: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        let found = problem["errors"].as_array().into_iter().flatten();
        let found: Vec<String> = found
            .map(|error| format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
            .collect();
        assert_eq!(found.join(", "), violation, "{answer}");
        assert_eq!(asked.load(Ordering::Relaxed), lookups, "{body}");
    }
}
