//! Rules 44 to 52: keys are found, kept, renewed, done without and given up, with a real provider behind them.

use std::{sync::Arc, time::Duration};

use palisade::{
    auth::{Algorithm, AtStart, Refresh, Tokens},
    prelude::*,
    testing::TestIssuer,
};
use serde_json::json;
use tokio::{sync::watch, task::JoinSet, time::sleep};

use crate::{
    api::Shop,
    op::{OPAQUE, Provider, RESOURCE},
    world::{World, until},
};

/// The algorithms that the provider signs with.
const ALGORITHMS: [&str; 5] = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];

fn tokens(provider: &Provider) -> Tokens {
    Tokens::issuer(provider.issuer()).audience(RESOURCE)
}

/// Keys that are asked for as often as may be.
fn eager() -> Refresh {
    Refresh::new().unknown_kid_every(Duration::from_secs(1)).between(Duration::from_secs(1), Duration::from_secs(1))
}

#[tokio::test]
async fn rule_44_keys_are_discovered() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider)).await;
    for algorithm in ALGORITHMS {
        let token = provider.token(algorithm, RESOURCE).await;
        let answer = world.ask(&token).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"by": algorithm})), "{algorithm}");
        let (signed, _) = token.rsplit_once('.').expect("three segments");
        assert_eq!(world.verdict(&format!("{signed}.AAAA")).await, (401, "bad_signature".into()), "{algorithm}");
    }
    assert_eq!(provider.hits("/jwks").await, 1, "what was fetched is kept");
    let elsewhere = provider.token("ES256", OPAQUE).await;
    assert_eq!(world.verdict(&elsewhere).await.0, 401, "an opaque token is none of ours");
}

#[tokio::test]
async fn rule_44_metadata_of_another_issuer_are_not_believed() {
    let Some(provider) = Provider::start() else { return };
    // The same server, which says that it is called otherwise.
    let other = provider.issuer().replace("127.0.0.1", "localhost");
    for issuer in [other.clone(), format!("{}/", provider.issuer()), format!("{other}/")] {
        let gate = Gate::builder()
            .bearer(Tokens::issuer(&issuer).audience(RESOURCE))
            .limiter(Limiter::memory())
            .clients(Clients::direct())
            .audit(Audit::none("a test"))
            .build::<Shop>()
            .await;
        let error = gate.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(&issuer), "{issuer}: {error:?}");
    }
}

#[tokio::test]
async fn rule_42_one_name_at_two_providers_is_two_callers() {
    let (Some(ours), Some(theirs)) = (Provider::start(), Provider::start()) else { return };
    let world = World::with(|gate| gate.bearer(tokens(&ours)).bearer(tokens(&theirs))).await;
    let mut callers = Vec::new();
    for provider in [&ours, &theirs] {
        // Both call their keys by the same names, too.
        let token = provider.token("ES256", RESOURCE).await;
        world.log.take();
        assert_eq!(world.ask(&token).await.json(), json!({"by": "ES256"}));
        callers.push(world.log.only().caller.expect("a caller"));
    }
    assert_ne!(callers[0], callers[1]);
    let third = TestIssuer::new("https://id.evil.example").token().audience(RESOURCE).sign(now());
    assert_eq!(world.verdict(&third).await, (401, "wrong_issuer".into()));
    // One that is gone is of no matter to the other.
    let token = ours.token("EdDSA", RESOURCE).await;
    drop(theirs);
    assert_eq!(world.verdict(&token).await, (200, "ok".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_46_a_thousand_requests_with_a_new_kid_cause_one_fetch() {
    let Some(provider) = Provider::start() else { return };
    let world = Arc::new(World::trusting(tokens(&provider)).await);
    let known = provider.token("ES256", RESOURCE).await;
    provider.told("gen=2&keep=1&hits=0&delay=3000").await;
    let new: Arc<str> = provider.token("EdDSA", RESOURCE).await.into();
    let mut asked = JoinSet::new();
    for _ in 0..1_000 {
        let (world, new) = (Arc::clone(&world), Arc::clone(&new));
        asked.spawn(async move { world.ask(&new).await.status });
    }
    // While they wait nobody with a key that is known does.
    assert_eq!(world.ask(&known).await.status, 200);
    assert!(asked.try_join_next().is_none(), "rule 47: a key that is known was not waited for");
    let statuses = asked.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1_000, "{statuses:?}");
    assert_eq!(provider.hits("/jwks").await, 1);
}

#[tokio::test]
async fn rule_47_names_that_are_made_up_cost_one_fetch() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider)).await;
    provider.told("hits=0").await;
    let forger = TestIssuer::new(provider.issuer());
    for number in 0..300 {
        let forged = forger.token().audience(RESOURCE).header("kid", format!("made up {number}"));
        assert_eq!(world.verdict(&forged.sign(now())).await, (401, "key_unknown".into()));
    }
    assert_eq!(provider.hits("/jwks").await, 1);
}

#[tokio::test]
async fn rule_48_a_bad_signature_has_nothing_fetched() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider)).await;
    provider.told("hits=0").await;
    let forger = TestIssuer::new(provider.issuer());
    let forged =
        |kid: &str| forger.token().algorithm(Algorithm::EdDsa).audience(RESOURCE).header("kid", kid).sign(now());
    assert_eq!(world.verdict(&forged("EdDSA-1")).await, (401, "bad_signature".into()));
    assert_eq!(world.verdict(&forged("ES256-1")).await, (401, "algorithm_mismatch".into()));
    let stranger = TestIssuer::new("https://id.evil.example").token().header("kid", "unknown").sign(now());
    assert_eq!(world.verdict(&stranger).await, (401, "wrong_issuer".into()));
    assert_eq!(provider.told("").await["hits"], json!({}));
}

#[tokio::test]
async fn rule_50_without_the_issuer_known_keys_go_on_and_others_are_unavailable() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider).refresh(eager())).await;
    let known = provider.token("ES256", RESOURCE).await;
    for outage in ["fail=503", "fail=302", "fail=0&close=1"] {
        let generation = provider.told(&format!("keep=1&{outage}")).await["gen"].as_u64().expect("a number") + 1;
        provider.told(&format!("gen={generation}")).await;
        let new = provider.token("EdDSA", RESOURCE).await;
        until(&world, &new, (503, "keys_unavailable")).await;
        let refused = world.ask(&new).await;
        assert!(!refused.all("retry-after").is_empty(), "{refused:?}");
        let fresh = provider.token("RS256", RESOURCE).await;
        assert_ne!(world.verdict(&fresh).await.0, 200, "{outage}: its key cannot be known");
        assert_eq!(world.verdict(&known).await, (200, "ok".into()), "{outage}");
        provider.told("fail=0&close=0").await;
        until(&world, &new, (200, "ok")).await;
    }
}

#[tokio::test]
async fn rule_51_a_key_that_is_withdrawn_is_believed_no_more() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider).refresh(eager())).await;
    let old = provider.token("ES256", RESOURCE).await;
    // It is remembered as good from here.
    assert_eq!(world.verdict(&old).await, (200, "ok".into()));
    provider.told("gen=2").await;
    until(&world, &old, (401, "key_unknown")).await;
    let new = provider.token("ES256", RESOURCE).await;
    until(&world, &new, (200, "ok")).await;
}

#[tokio::test]
async fn rule_51_a_provider_that_comes_back_with_other_keys_is_believed_by_them() {
    let Some(provider) = Provider::start() else { return };
    let world = World::trusting(tokens(&provider).refresh(eager())).await;
    let old = provider.token("ES256", RESOURCE).await;
    assert_eq!(world.verdict(&old).await, (200, "ok".into()));
    let provider = provider.restart();
    // The names are the same as before, and the keys are not.
    until(&world, &old, (401, "bad_signature")).await;
    let new = provider.token("ES256", RESOURCE).await;
    until(&world, &new, (200, "ok")).await;
}

#[tokio::test]
async fn rule_52_a_gate_opens_without_keys_only_when_it_is_told_to() {
    let Some(provider) = Provider::start() else { return };
    let token = provider.token("ES256", RESOURCE).await;
    provider.told("fail=503").await;
    let closed = Gate::builder()
        .bearer(tokens(&provider))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .build::<Shop>()
        .await;
    assert!(closed.is_err(), "it does not open without keys");
    let world = World::trusting(tokens(&provider).refresh(eager().at_start(AtStart::KeysMayCome))).await;
    assert_eq!(world.verdict(&token).await, (503, "keys_unavailable".into()));
    provider.told("fail=0").await;
    until(&world, &token, (200, "ok")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rotation_under_load_loses_no_request_and_lets_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let world = Arc::new(World::trusting(tokens(&provider).refresh(eager())).await);
    let (publish, current) = watch::channel(provider.token("ES256", RESOURCE).await);
    let mut callers = JoinSet::new();
    for _ in 0..8 {
        let (world, mut current) = (Arc::clone(&world), current.clone());
        callers.spawn(async move {
            let mut asked = 0;
            // The channel ends with the test.
            while current.has_changed().is_ok() {
                let token = current.borrow_and_update().clone();
                assert_eq!(world.ask(&token).await.status, 200, "no request is lost");
                asked += 1;
            }
            asked
        });
    }
    let forger = TestIssuer::new(provider.issuer());
    callers.spawn({
        let (world, current) = (Arc::clone(&world), current);
        async move {
            let mut asked = 0;
            while current.has_changed().is_ok() {
                let kid = format!("ES256-{}", asked % 5);
                let forged = forger.token().algorithm(Algorithm::Es256).audience(RESOURCE).header("kid", kid);
                let answer = world.ask(&forged.scope("orders:read").sign(now())).await;
                assert!([401, 503].contains(&answer.status), "nobody is let in: {answer:?}");
                asked += 1;
            }
            asked
        }
    });
    for generation in 2..5 {
        provider.told(&format!("gen={generation}&keep=1")).await;
        // As providers do: keys are published before anything is signed with them, for as long as keys are kept.
        sleep(Duration::from_millis(1_500)).await;
        publish.send_replace(provider.token("ES256", RESOURCE).await);
        sleep(Duration::from_millis(200)).await;
    }
    drop(publish);
    let asked = callers.join_all().await;
    assert!(asked.iter().all(|asked| 10 <= *asked), "{asked:?}");
}

fn now() -> u64 {
    palisade::Clock::unix_seconds(&palisade::SystemClock)
}
