//! Rules 8 and 17: what is withdrawn is refused by the next request, remembered or not; where nobody can tell, nobody comes in.

use palisade::{
    Clock, Redis, SystemClock,
    auth::{RedisRevocations, Tokens},
};
use serde_json::Value;

use crate::{
    op::{Provider, RESOURCE},
    redis::RedisServer,
    world::{World, until},
};

/// What a token claims.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("claims");
    let payload = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(payload).expect("base64url");
    serde_json::from_slice(&payload).expect("JSON")
}

#[tokio::test]
async fn rule_8_a_token_that_is_withdrawn_is_refused_though_it_is_remembered() {
    let (Some(provider), Some(mut redis)) = (Provider::start(), RedisServer::start()) else { return };
    let at = || Redis::at(&redis.url()).expect("an address");
    let (list, withdrawing) = (RedisRevocations::new(at()), RedisRevocations::new(at()));
    let tokens = Tokens::issuer(provider.issuer()).audience(RESOURCE);
    let world = World::with(|gate| gate.bearer(tokens).revocations(list)).await;
    let (first, second) = (provider.token("ES256", RESOURCE).await, provider.token("ES256", RESOURCE).await);
    for token in [&first, &second] {
        assert_eq!(world.verdict(token).await, (200, "ok".into()));
    }
    let said = claims(&first);
    let (id, until_then) = (said["jti"].as_str().expect("a name"), said["exp"].as_u64().expect("an end"));
    let now = SystemClock.unix_seconds();
    withdrawing.revoke_token(provider.issuer(), id, until_then, now).await.expect("it is there");
    assert_eq!(world.ask(&first).await.status, 401);
    assert_eq!(world.ask(&second).await.status, 200, "the other of the same caller");
    withdrawing.revoke_subject(provider.issuer(), "ES256", now + 1, until_then, now).await.expect("it is there");
    assert_eq!(world.ask(&second).await.status, 401);
    let other = provider.token("EdDSA", RESOURCE).await;
    assert_eq!(world.ask(&other).await.status, 200, "another caller");

    redis.stop();
    let answer = world.ask(&other).await;
    assert_eq!((answer.status, answer.all("retry-after").is_empty()), (503, false), "{answer:?}");
    assert_eq!(world.ask("a.forged.token").await.status, 401, "what is no token needs no list");
    redis.restart();
    until(&world, &other, (200, "ok")).await;
}
