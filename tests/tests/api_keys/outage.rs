//! Over HTTP: a database that goes away and comes back, and what a key's holder is told.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
};
use http::{Request, StatusCode};
use palisade::{
    auth::{ApiKeyRegister, ApiKeyStore, MemoryKeys, NewApiKey, PostgresKeys, Secret, SqliteKeys, StoredKey},
    prelude::*,
    testing::FakeClock,
};
use tower::ServiceExt;

use super::{DAY, NOW, folder, migrated, postgres::Server};

#[derive(Debug, Clone, Copy, Scopes)]
enum Scope {
    /// Read reports.
    #[secure("reports:read")]
    ReportsRead,
}

#[secure(get = "/report", scope = Scope::ReportsRead, auth = "api_key", rate = "6000/min per ip")]
async fn report(_caller: Caller) -> NoContent {
    NoContent
}

/// Reports for machines.
#[secure(title = "Reports", version = "1.0.0", auth(api_key(header = "X-Api-Key")), scopes = Scope, endpoints(report))]
struct Reports;

fn keys<S: ApiKeyStore>(store: S) -> ApiKeys<S> {
    ApiKeys::new("shop", store, Secret::new(vec![7; 32])).unwrap()
}

async fn app<S: ApiKeyStore>(keys: ApiKeys<S>) -> axum::Router {
    let gate = Gate::builder()
        .api_keys(keys)
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .clock(FakeClock::at(NOW));
    Reports::router(gate.build().await.unwrap())
}

/// Status, challenge and body of the answer to a request with this key.
async fn ask(app: &axum::Router, key: &str) -> (StatusCode, Option<String>, String) {
    let peer = ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1)));
    let request = Request::get("/report").header("x-api-key", key).extension(peer).body(Body::empty()).unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(20), app.clone().oneshot(request));
    let answer = answer.await.expect("an answer in time").unwrap();
    let challenge = answer.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 65_536).await.unwrap();
    (status, challenge, String::from_utf8(body.to_vec()).unwrap())
}

fn reader() -> NewApiKey {
    NewApiKey::of("nightly").scopes(["reports:read"])
}

#[tokio::test]
async fn rule_68_a_key_that_is_not_good_is_401_and_the_answer_does_not_say_why() {
    let store = Arc::new(MemoryKeys::new([]));
    let keys = keys(Arc::clone(&store));
    let good = keys.create(reader(), NOW).await.unwrap();
    let rotated = keys.rotate(good.stored.id(), DAY, NOW).await.unwrap();
    let revoked = keys.create(reader(), NOW).await.unwrap();
    keys.revoke(revoked.stored.id()).await.unwrap();
    let expired = keys.create(reader().expiring(NOW - 1), NOW - DAY).await.unwrap();
    let replaced = keys.create(reader(), NOW).await.unwrap();
    keys.rotate(replaced.stored.id(), 0, NOW).await.unwrap();
    let unknown = keys.issue("nobody").unwrap();
    let other = keys.create(NewApiKey::of("other").scopes(["orders:read"]), NOW).await.unwrap();
    let typo = format!("{}!", good.key.expose());

    let app = app(keys).await;
    for key in [&good.key, &rotated.key] {
        assert_eq!(ask(&app, key.expose()).await.0, StatusCode::NO_CONTENT);
    }
    assert_eq!(
        ask(&app, other.key.expose()).await.0,
        StatusCode::FORBIDDEN,
        "what the API does not know grants nothing"
    );
    let first = ask(&app, unknown.key.expose()).await;
    assert_eq!(first.0, StatusCode::UNAUTHORIZED);
    assert!(first.1.is_some());
    for key in [revoked.key.expose(), expired.key.expose(), replaced.key.expose(), &typo, "x"] {
        assert_eq!(ask(&app, key).await, first);
    }
    assert_eq!(store_uses(&store).await, [Some(NOW)], "only the good key was used");
}

/// The last uses of the keys that were used.
async fn store_uses(store: &MemoryKeys) -> Vec<Option<u64>> {
    let keys = ApiKeyRegister::list(store, "", 99).await.unwrap();
    let mut uses: Vec<_> = keys.iter().filter(|key| key.subject() == "nightly").map(StoredKey::last_used).collect();
    uses.retain(Option::is_some);
    uses
}

#[tokio::test]
async fn rule_17_a_lost_postgresql_is_503_until_it_is_back() {
    let Some(server) = Server::start("outage") else { return };
    let url = server.database("keys");
    let key = keys(migrated(&url).await).create(reader(), NOW).await.unwrap().key;
    let impatient = PostgresKeys::connect_with(&url, 4, Duration::from_millis(500)).unwrap();
    let app = app(keys(impatient)).await;
    assert_eq!(ask(&app, key.expose()).await.0, StatusCode::NO_CONTENT);
    for _ in 0..2 {
        server.stop();
        let asked = (0..8).map(|_| ask(&app, key.expose()));
        for (status, challenge, body) in futures_util::future::join_all(asked).await {
            assert_eq!((status, challenge), (StatusCode::SERVICE_UNAVAILABLE, None));
            assert!(!body.to_lowercase().contains("sql"), "{body}");
        }
        server.again();
        assert_eq!(ask(&app, key.expose()).await.0, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn rule_17_a_service_starts_while_its_postgresql_is_away() {
    let nowhere = folder("nowhere").display().to_string().replace('/', "%2F");
    let url = Secret::new(format!("postgres://shop@{nowhere}/keys"));
    let store = PostgresKeys::connect_with(&url, 1, Duration::from_millis(300)).unwrap();
    assert!(store.migrate().await.is_err());
    let keys = keys(store);
    let key = keys.issue("nightly").unwrap().key;
    assert_eq!(ask(&app(keys).await, key.expose()).await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn rule_17_a_lost_sqlite_is_503_and_what_was_kept_is_there_again() {
    let file = folder("lost").join("keys.db");
    let store = SqliteKeys::open(&file).await.unwrap();
    let keys_before = keys(store.clone());
    let key = keys_before.create(reader(), NOW).await.unwrap().key;
    let app_before = app(keys_before).await;
    assert_eq!(ask(&app_before, key.expose()).await.0, StatusCode::NO_CONTENT);
    store.close().await.unwrap();
    assert_eq!(ask(&app_before, key.expose()).await.0, StatusCode::SERVICE_UNAVAILABLE);
    let app_after = app(keys(SqliteKeys::open(&file).await.unwrap())).await;
    assert_eq!(ask(&app_after, key.expose()).await.0, StatusCode::NO_CONTENT);
}
