//! What is withdrawn is refused from the next request on, whatever was remembered of it.

use std::{sync::Arc, time::Duration};

use palisade::{
    Outage, Promise, Redis,
    auth::{Caller, Credential, MemoryRevocations, RedisRevocations, RevocationList, Standing},
};
use serde_json::json;

use crate::{
    introspector::Introspector,
    redis_server::RedisServer,
    world::{ISSUER, NOW, World},
};

/// An application with a list that the test can write, and a server whose opaque tokens it takes.
async fn world() -> (World, Arc<MemoryRevocations>, Introspector) {
    let (list, server) = (Arc::new(MemoryRevocations::new(100)), Introspector::new());
    let introspection = server.introspection().build().expect("nothing is missing");
    (World::with(|gate| gate.opaque(introspection).revocations(Arc::clone(&list))).await, list, server)
}

#[tokio::test]
async fn a_token_that_is_withdrawn_is_refused_from_the_next_request_on() {
    let (world, list, server) = world().await;
    let signed = |id: &str| world.issuer.token().scope("orders:read").claim("jti", id).sign(NOW);
    let (signed, other) = (signed("signed"), signed("other"));
    server.issue("opaque", json!({}));
    for (token, id) in [(signed.as_str(), "signed"), ("opaque", "opaque")] {
        for _ in 0..2 {
            assert_eq!(world.status(token).await, 204, "{id}");
        }
        list.revoke_token(ISSUER, id, NOW + 300, NOW).expect("there is room");
        let refused = world.ask("GET", "/orders", token).await;
        assert_eq!((refused.status, world.reason()), (401, "revoked"), "{id}");
        assert!(refused.challenge.contains("invalid_token"), "{refused:?}");
        assert_eq!(world.ask("GET", "/door", token).await.status, 401, "{id}");
        assert_eq!(world.status(&other).await, 204, "{id}");
    }
}

#[tokio::test]
async fn what_a_subject_was_given_is_withdrawn_and_what_it_is_given_later_is_not() {
    let (world, list, server) = world().await;
    let token = |subject: &str, now: u64| world.issuer.token().subject(subject).scope("orders:read").sign(now);
    let (alice, bob) = (token("alice", NOW), token("bob", NOW));
    server.issue("alice", json!({}));
    for token in [alice.as_str(), bob.as_str(), "alice"] {
        assert_eq!(world.status(token).await, 204);
    }
    list.revoke_subject(ISSUER, "alice", NOW, NOW + 3_600, NOW).expect("there is room");
    for (token, expected) in [(alice.as_str(), 401), (bob.as_str(), 204), ("alice", 401)] {
        assert_eq!(world.status(token).await, expected);
    }
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.status(&token("alice", NOW + 1)).await, 204);
}

#[tokio::test]
async fn an_api_key_is_withdrawn_by_its_id_or_its_subject() {
    let (world, list, _server) = world().await;
    assert_eq!(world.status_with_key().await, 204);
    list.revoke_api_key(world.key.stored.id(), u64::MAX, NOW).expect("there is room");
    assert_eq!((world.status_with_key().await, world.reason()), (401, "revoked"));

    let (world, list, _server) = self::world().await;
    list.revoke_subject(Caller::API_KEY_ISSUER, "billing-job", NOW, NOW + 60, NOW).expect("there is room");
    assert_eq!(world.status_with_key().await, 401);
}

#[tokio::test]
async fn rule_17_a_list_that_cannot_tell_lets_nobody_in_and_refuses_nobody() {
    struct Down;
    impl RevocationList for Down {
        fn standing<'a>(&'a self, _: Credential<'a>, _: u64) -> Promise<'a, Standing> {
            Box::pin(async { Err(Outage) })
        }
    }
    let world = World::with(|gate| gate.revocations(Down)).await;
    let token = world.issuer.token().scope("orders:read").sign(NOW);
    for _ in 0..2 {
        let answer = world.ask("GET", "/orders", &token).await;
        assert_eq!((answer.status, answer.comes_back, answer.challenge.as_str()), (503, true, ""));
    }
    assert_eq!(world.status_with_key().await, 503);
    assert_eq!(world.status("forged").await, 401, "what is not good needs no list");
}

#[tokio::test]
async fn rule_17_two_gates_share_a_list_and_its_server_may_stop_and_come_again() {
    let Some(mut server) = RedisServer::start() else { return };
    let gate = |redis: Redis| World::with(|gate| gate.revocations(RedisRevocations::new(redis)));
    let (one, two) = (gate(server.redis()).await, gate(server.redis()).await);
    let status = async |world: &World, id: &str| {
        world.status(&world.issuer.token().scope("orders:read").claim("jti", id).sign(NOW)).await
    };
    assert_eq!((status(&one, "1").await, status(&two, "1").await), (204, 204));

    let list = RedisRevocations::new(server.redis());
    list.revoke_token(ISSUER, "1", NOW + 300, NOW).await.expect("it is kept");
    assert_eq!((status(&one, "1").await, status(&two, "1").await), (401, 401));

    assert_eq!(status(&one, "2").await, 204);
    server.stop();
    assert_eq!((status(&one, "2").await, one.reason()), (503, "store_outage"));
    assert_eq!(status(&two, "1").await, 503);
    server.restart();
    assert_eq!((status(&one, "2").await, status(&two, "2").await), (204, 204));
}
