//! API keys as a service and those who look after it meet them: in memory, in `SQLite` and in a real `PostgreSQL`, and over HTTP.

#[path = "api_keys/outage.rs"]
mod outage;
#[path = "api_keys/postgres.rs"]
mod postgres;

use std::{env, fs, path::PathBuf, pin::Pin, process, sync::Arc};

use palisade::{
    auth::{
        ApiKeyError, ApiKeyRegister, IssueError, Issued, MemoryKeys, NewApiKey, PostgresKeys, Secret, SqliteKeys,
        StoredKey, Written,
    },
    prelude::*,
};
use postgres::Server;

const NOW: u64 = 1_800_000_000;
const DAY: u64 = 86_400;

type Keys = ApiKeys<Arc<dyn ApiKeyRegister>>;
type Case = fn(Arc<dyn ApiKeyRegister>) -> Pin<Box<dyn Future<Output = ()>>>;

/// What holds of every store.
const CASES: [(&str, Case); 10] = [
    ("what comes back is what was kept", |store| Box::pin(kept(store))),
    ("hostile texts are texts", |store| Box::pin(hostile(store))),
    ("a rotated key has two secrets until the grace is over", |store| Box::pin(rotated(store))),
    ("a key is not rotated out of its grace", |store| Box::pin(twice_rotated(store))),
    ("of two rotations at once one is told", |store| Box::pin(raced(store))),
    ("what is withdrawn never was", |store| Box::pin(withdrawn(store))),
    ("a revoked key is refused and stays in the list", |store| Box::pin(revoked(store))),
    ("the list comes in pieces", |store| Box::pin(listed(store))),
    ("only what is over is deleted", |store| Box::pin(deleted(store))),
    ("the last use is kept about once a minute", |store| Box::pin(used(store))),
];

fn keys(store: &Arc<dyn ApiKeyRegister>) -> Keys {
    ApiKeys::new("shop", Arc::clone(store), Secret::new(vec![7; 32])).unwrap()
}

async fn create(keys: &Keys, subject: &str) -> Issued {
    keys.create(NewApiKey::of(subject), NOW).await.unwrap()
}

#[tokio::test]
async fn rules_65_to_68_hold_in_memory() {
    for (what, case) in CASES {
        println!("{what}");
        case(Arc::new(MemoryKeys::new([]))).await;
    }
}

#[tokio::test]
async fn rules_65_to_68_hold_in_sqlite() {
    for (number, (what, case)) in CASES.into_iter().enumerate() {
        println!("{what}");
        let file = folder("sqlite").join(format!("{number}.db"));
        case(Arc::new(SqliteKeys::open(file).await.unwrap())).await;
    }
}

#[tokio::test]
async fn rules_65_to_68_hold_in_postgresql() {
    let Some(server) = Server::start("cases") else { return };
    for (number, (what, case)) in CASES.into_iter().enumerate() {
        println!("{what}");
        case(Arc::new(migrated(&server.database(&format!("case{number}"))).await)).await;
    }
}

#[tokio::test]
async fn several_processes_may_make_the_table_at_once() {
    let Some(server) = Server::start("migrate") else { return };
    let url = server.database("shared");
    let stores: Vec<PostgresKeys> = (0..4).map(|_| PostgresKeys::connect(&url).unwrap()).collect();
    for made in futures_util::future::join_all(stores.iter().map(PostgresKeys::migrate)).await {
        made.unwrap();
    }
}

#[test]
fn an_address_is_refused_without_being_repeated() {
    let error = PostgresKeys::connect(&Secret::new(String::from("mysql://shop:hunter2@db/x"))).unwrap_err();
    assert!(!error.to_string().contains("hunter2"));
}

async fn migrated(url: &Secret<String>) -> PostgresKeys {
    let store = PostgresKeys::connect(url).unwrap();
    store.migrate().await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// An empty folder of this run.
fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("palisade_keys_{}_{name}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

async fn kept(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let new =
        NewApiKey::of("nightly").described("the report").scopes(["reports:read", "orders:read"]).roles(["support"]);
    let issued = keys.create(new.expiring(NOW + DAY), NOW).await.unwrap();
    let found = keys.verify(issued.key.expose(), NOW).await.unwrap();
    assert_eq!(found, issued.stored);
    assert_eq!((found.created_at(), found.expires_at(), found.last_used()), (NOW, Some(NOW + DAY), None));
    assert_eq!(keys.verify(issued.key.expose(), NOW + DAY + 1).await, Err(ApiKeyError::Expired));
    assert_eq!(store.add(&StoredKey::new(found.id(), "another")).await, Ok(Written::Conflict));
    assert_eq!(store.find("0000000000AA").await, Ok(None));
    assert_eq!(keys.verify(issued.key.expose(), NOW).await.unwrap().subject(), "nightly");
}

async fn hostile(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let kept = create(&keys, "kept").await;
    for text in ["' OR '1'='1", "'; DROP TABLE palisade_api_keys; --", "%", "\"", "\\", "$1", "?1", "é\u{202e}🔑"] {
        let new = NewApiKey::of(text).described(text);
        let issued = keys.create(new, NOW).await.unwrap();
        let found = keys.verify(issued.key.expose(), NOW).await.unwrap();
        assert_eq!((found.subject(), found.description()), (text, text));
        assert_eq!(store.find(text).await, Ok(None));
        assert_eq!(keys.revoke(text).await, Err(IssueError::UnknownId));
    }
    assert!(keys.verify(kept.key.expose(), NOW).await.is_ok());
}

async fn rotated(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let first = create(&keys, "nightly").await;
    let second = keys.rotate(first.stored.id(), 7 * DAY, NOW).await.unwrap();
    let last = NOW + 7 * DAY;
    for (key, at, expected) in [
        (&first, last, None),
        (&second, last, None),
        (&first, last + 1, Some(ApiKeyError::Expired)),
        (&second, last + 1, None),
    ] {
        assert_eq!(keys.verify(key.key.expose(), at).await.err(), expected);
    }
    let third = keys.rotate(first.stored.id(), 0, NOW).await.unwrap();
    for (key, expected) in
        [(&first, Some(ApiKeyError::WrongSecret)), (&second, Some(ApiKeyError::WrongSecret)), (&third, None)]
    {
        assert_eq!(keys.verify(key.key.expose(), NOW).await.err(), expected);
    }
    assert_eq!(keys.rotate("0000000000AA", 0, NOW).await.err(), Some(IssueError::UnknownId));
}

async fn twice_rotated(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let first = create(&keys, "nightly").await;
    let second = keys.rotate(first.stored.id(), DAY, NOW).await.unwrap();
    let until = NOW + DAY;
    assert_eq!(keys.rotate(first.stored.id(), 60, until).await.err(), Some(IssueError::StillRotating { until }));
    assert!(keys.verify(first.key.expose(), until).await.is_ok());
    let third = keys.rotate(first.stored.id(), 60, until + 1).await.unwrap();
    assert!(keys.verify(second.key.expose(), until + 61).await.is_ok());
    assert!(keys.verify(third.key.expose(), until + 62).await.is_ok());
}

/// Whatever the order, each secret that somebody was given is good for as long as they were told.
async fn raced(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let first = create(&keys, "nightly").await;
    let id = first.stored.id();
    let both = futures_util::future::join_all((0..4).map(|_| keys.rotate(id, DAY, NOW))).await;
    let (given, refused): (Vec<_>, Vec<_>) = both.into_iter().partition(Result::is_ok);
    assert_eq!(given.len(), 1);
    for issued in given.into_iter().flatten().chain([first]) {
        assert!(keys.verify(issued.key.expose(), NOW + DAY).await.is_ok());
    }
    for error in refused.into_iter().filter_map(Result::err) {
        assert!(matches!(error, IssueError::Changed | IssueError::StillRotating { .. }), "{error}");
    }

    let stale = store.find(keys.list(None, 1).await.unwrap()[0].id()).await.unwrap().unwrap();
    assert_eq!(store.replace(&stale).await, Ok(Written::Done));
    assert_eq!(store.replace(&stale).await, Ok(Written::Conflict));
    assert_eq!(store.replace(&StoredKey::new("0000000000AA", "nobody")).await, Ok(Written::Missing));
}

async fn withdrawn(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let first = create(&keys, "nightly").await;
    let rotated = keys.rotate(first.stored.id(), 60, NOW).await.unwrap();
    let lost = rotated.key.expose().clone();
    keys.withdraw(rotated).await.unwrap();
    assert!(keys.verify(first.key.expose(), NOW + DAY).await.is_ok());
    assert_eq!(keys.verify(&lost, NOW).await, Err(ApiKeyError::WrongSecret));

    let created = create(&keys, "never").await;
    keys.withdraw(created).await.unwrap();
    assert_eq!(keys.list(None, 9).await.unwrap().len(), 1);
}

async fn revoked(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let issued = create(&keys, "nightly").await;
    let id = issued.stored.id();
    keys.revoke(id).await.unwrap();
    keys.revoke(id).await.unwrap();
    assert_eq!(keys.verify(issued.key.expose(), NOW).await, Err(ApiKeyError::Disabled));
    assert_eq!(keys.rotate(id, 0, NOW).await.err(), Some(IssueError::Disabled));
    assert!(keys.list(None, 9).await.unwrap().iter().all(StoredKey::is_disabled));
}

async fn listed(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(create(&keys, &number.to_string()).await.stored.id().to_owned());
    }
    ids.sort();
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let piece = keys.list(after.as_deref(), 2).await.unwrap();
        let Some(last) = piece.last() else { break };
        after = Some(last.id().to_owned());
        found.extend(piece.iter().map(|key| key.id().to_owned()));
    }
    assert_eq!(found, ids);
}

async fn deleted(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let forever = create(&keys, "forever").await;
    keys.create(NewApiKey::of("short").expiring(NOW + 1), NOW).await.unwrap();
    let rotated = create(&keys, "rotated").await;
    keys.rotate(rotated.stored.id(), 1, NOW).await.unwrap();
    store
        .add(&StoredKey::new("0000000000AA", "without a secret"))
        .await
        .unwrap()
        .eq(&Written::Done)
        .then_some(())
        .unwrap();
    assert_eq!(keys.delete_over(NOW + 1).await, Ok(1));
    assert_eq!(keys.delete_over(NOW + 2).await, Ok(1));
    assert_eq!(keys.delete_over(NOW + 2).await, Ok(0));
    let mut left: Vec<_> = keys.list(None, 9).await.unwrap().iter().map(|key| key.subject().to_owned()).collect();
    left.sort();
    assert_eq!(left, ["forever", "rotated"]);
    assert_eq!(store.delete(forever.stored.id()).await, Ok(Written::Done));
    assert_eq!(store.delete(forever.stored.id()).await, Ok(Written::Missing));
}

async fn used(store: Arc<dyn ApiKeyRegister>) {
    let keys = keys(&store);
    let issued = create(&keys, "nightly").await;
    let id = issued.stored.id();
    keys.verify(issued.key.expose(), NOW).await.unwrap();
    assert_eq!(noted(&store, id, NOW).await, NOW);
    keys.verify(issued.key.expose(), NOW + 59).await.unwrap();
    keys.verify(issued.key.expose(), NOW + 120).await.unwrap();
    assert_eq!(noted(&store, id, NOW + 120).await, NOW + 120);
    // A change does not forget it, and is not taken back by it.
    keys.revoke(id).await.unwrap();
    let kept = store.find(id).await.unwrap().unwrap();
    assert!(kept.is_disabled() && kept.last_used() == Some(NOW + 120));
    store.note_use(id, NOW + 180);
    assert_eq!(noted(&store, id, NOW + 180).await, NOW + 180);
    assert!(store.find(id).await.unwrap().unwrap().is_disabled());
}

/// The last use, once the store has written it: nobody waits for that but a test.
async fn noted(store: &Arc<dyn ApiKeyRegister>, id: &str, expected: u64) -> u64 {
    let mut last = 0;
    for _ in 0..200 {
        last = store.find(id).await.unwrap().unwrap().last_used().unwrap_or(0);
        if last == expected {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    last
}
