//! What several processes must know alike, in a real Redis of our own: marks, what was revoked, and what happens when it stops.

use std::{sync::Arc, time::Duration};

use palisade::{
    Redis,
    auth::{
        Credential, Mark, RedisReplays, RedisRevocations, ReplayFault, ReplayStore, RevocationList, Sighting, Standing,
    },
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use crate::redis_server::RedisServer;

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://id.shop.example";

/// The server, unless there is none on this machine.
macro_rules! server {
    () => {
        match RedisServer::start() {
            Some(server) => server,
            None => return,
        }
    };
}

fn mark(name: &str) -> Mark {
    Mark::new("test", b"owner", name.as_bytes())
}

#[tokio::test]
async fn rule_55_a_mark_is_seen_once_by_all_gates_together() {
    let server = server!();
    let (one, two) = (RedisReplays::new(server.redis()), RedisReplays::new(server.redis()));
    assert_eq!(one.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::First));
    assert_eq!(two.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::Again));
    assert_eq!(two.sight(&mark("b"), NOW, NOW + 60).await, Ok(Sighting::First));
    assert_eq!(one.sight(&mark("b"), NOW, NOW + 60).await, Ok(Sighting::Again));
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_55_of_a_hundred_at_once_one_is_the_first() {
    let server = server!();
    let stores = [server.redis(), server.redis()].map(|redis| Arc::new(RedisReplays::new(redis)));
    for round in 0..10 {
        let mut tasks = JoinSet::new();
        for number in 0..100 {
            let store = Arc::clone(&stores[number % 2]);
            tasks.spawn(async move { store.sight(&mark(&format!("round {round}")), NOW, NOW + 60).await });
        }
        let sighted = tasks.join_all().await;
        assert!(sighted.iter().all(Result::is_ok), "{sighted:?}");
        assert_eq!(sighted.iter().filter(|sighting| **sighting == Ok(Sighting::First)).count(), 1);
    }
}

#[tokio::test]
async fn rule_55_a_mark_lives_a_minute_longer_than_asked_and_no_longer() {
    let server = server!();
    let replays = RedisReplays::new(server.redis());
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 300).await, Ok(Sighting::First));
    let keys = server.command(&["KEYS", "palisade:replay:*"]);
    assert_eq!(keys.lines().count(), 1, "{keys}");
    let seconds: u64 = server.command(&["TTL", keys.trim()]).trim().parse().expect("a number");
    assert!((355..=360).contains(&seconds), "{seconds}");
    // Its time passes, as far as the server knows.
    server.command(&["PEXPIRE", keys.trim(), "1"]);
    sleep(Duration::from_millis(20)).await;
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 300).await, Ok(Sighting::First));
}

#[tokio::test]
async fn rule_55_a_server_without_memory_is_full_and_lets_nothing_in() {
    let server = server!();
    let replays = RedisReplays::new(server.redis());
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::First));
    server.command(&["CONFIG", "SET", "maxmemory", "1"]);
    assert_eq!(replays.sight(&mark("b"), NOW, NOW + 60).await, Err(ReplayFault::Full));
    server.command(&["CONFIG", "SET", "maxmemory", "0"]);
    assert_eq!(replays.sight(&mark("b"), NOW, NOW + 60).await, Ok(Sighting::First));
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::Again));
}

#[tokio::test]
async fn rule_17_a_server_that_hangs_is_an_outage_within_the_time_that_was_given() {
    let server = server!();
    let replays = RedisReplays::new(server.redis().timeout(Duration::from_millis(200)));
    let revocations = RedisRevocations::new(server.redis().timeout(Duration::from_millis(200)));
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::First));
    server.freeze();
    let asked = Instant::now();
    assert_eq!(replays.sight(&mark("b"), NOW, NOW + 60).await, Err(ReplayFault::Outage));
    assert!(revocations.standing(token(), NOW).await.is_err());
    assert!(revocations.revoke_token(ISSUER, "jti", NOW + 60, NOW).await.is_err());
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    server.thaw();
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::Again));
}

#[tokio::test]
async fn rule_17_a_stopped_server_is_an_outage_and_a_restarted_one_works_again() {
    let mut server = server!();
    let (replays, revocations) = (RedisReplays::new(server.redis()), RedisRevocations::new(server.redis()));
    assert_eq!(replays.sight(&mark("a"), NOW, NOW + 60).await, Ok(Sighting::First));
    assert_eq!(revocations.standing(token(), NOW).await, Ok(Standing::Good));
    for _ in 0..2 {
        server.stop();
        for name in ["b", "c", "d"] {
            assert_eq!(replays.sight(&mark(name), NOW, NOW + 60).await, Err(ReplayFault::Outage));
            assert!(revocations.standing(token(), NOW).await.is_err());
        }
        server.restart();
        // The first one that comes finds it.
        assert_eq!(replays.sight(&mark("e"), NOW, NOW + 60).await, Ok(Sighting::First));
        assert_eq!(revocations.standing(token(), NOW).await, Ok(Standing::Good));
    }
}

#[tokio::test]
async fn rule_17_a_server_that_was_never_there_is_an_outage() {
    let redis = Redis::at("redis://127.0.0.1:1").expect("an address");
    assert_eq!(RedisReplays::new(redis).sight(&mark("a"), NOW, NOW + 60).await, Err(ReplayFault::Outage));
}

#[tokio::test]
async fn what_one_gate_revokes_is_revoked_at_all() {
    let server = server!();
    let (one, two) = (RedisRevocations::new(server.redis()), RedisRevocations::new(server.redis()));
    assert_eq!(two.standing(token(), NOW).await, Ok(Standing::Good));
    one.revoke_token(ISSUER, "jti", NOW + 60, NOW).await.expect("it is kept");
    assert_eq!(two.standing(token(), NOW).await, Ok(Standing::Revoked));
    assert_eq!(two.standing(Credential { id: Some("other"), ..token() }, NOW).await, Ok(Standing::Good));
    assert_eq!(two.standing(Credential { issuer: "https://other.example", ..token() }, NOW).await, Ok(Standing::Good));
}

#[tokio::test]
async fn what_a_subject_was_given_before_is_dead_and_revoking_again_takes_nothing_back() {
    let server = server!();
    let list = RedisRevocations::new(server.redis());
    list.revoke_subject(ISSUER, "alice", NOW, NOW + 600, NOW).await.expect("it is kept");
    list.revoke_subject(ISSUER, "alice", NOW - 100, NOW + 60, NOW).await.expect("it is kept");
    for (issued_at, expected) in [
        (Some(NOW - 50), Standing::Revoked),
        (Some(NOW), Standing::Revoked),
        (Some(NOW + 1), Standing::Good),
        (None, Standing::Revoked),
    ] {
        assert_eq!(list.standing(Credential { issued_at, ..token() }, NOW).await, Ok(expected), "{issued_at:?}");
    }
    let key = server.command(&["KEYS", "palisade:revoked:*"]);
    let seconds: u64 = server.command(&["TTL", key.trim()]).trim().parse().expect("a number");
    assert!((655..=660).contains(&seconds), "{seconds}");
    list.revoke_token(ISSUER, "forever", u64::MAX, NOW).await.expect("it is kept, for as long as can be");
    assert_eq!(list.standing(Credential { id: Some("forever"), ..token() }, NOW).await, Ok(Standing::Revoked));
}

#[tokio::test]
async fn rule_17_what_is_there_and_cannot_be_read_is_an_outage() {
    let server = server!();
    let list = RedisRevocations::new(server.redis());
    list.revoke_token(ISSUER, "jti", NOW + 60, NOW).await.expect("it is kept");
    let key = server.command(&["KEYS", "palisade:revoked:*"]);
    server.command(&["SET", key.trim(), "nonsense"]);
    assert!(list.standing(token(), NOW).await.is_err());
}

#[test]
fn rule_69_an_address_is_not_repeated() {
    for wrong in ["", "redis://", "http://:hunter2@host", "redis://:hunter2@host:port"] {
        let error = Redis::at(wrong).map(|redis| format!("{redis:?}")).map_err(|error| format!("{error} {error:?}"));
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

fn token() -> Credential<'static> {
    Credential { issuer: ISSUER, subject: "alice", id: Some("jti"), issued_at: Some(NOW) }
}
