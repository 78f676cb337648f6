//! Tokens of issuers whose keys are fetched: over real connections, at a real gate.

mod server;
mod world;

use std::time::Duration;

use futures_util::future::join_all;
use palisade::{
    auth::{AtStart, FetchError, IssuerError, Readiness, Refresh},
    prelude::*,
    testing::TestIssuer,
};
use serde_json::json;
use tokio::time::{Instant, timeout};

use self::{
    server::{Server, jwk},
    world::{World, plan, refusal},
};

const ALLOWED: u16 = 204;

#[tokio::test]
async fn rule_44_an_issuer_alone_is_enough() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    let world = World::of(Tokens::issuer(server.issuer.as_str()).audience(TestIssuer::AUDIENCE)).await;
    assert_eq!(world.status(&world.token(&id, "a")).await, ALLOWED);
    let health = world.gate.issuers();
    let [issuer] = health.as_slice() else { panic!("{health:?}") };
    assert_eq!((issuer.issuer(), issuer.keys(), issuer.readiness()), (server.issuer.as_str(), 1, Readiness::Ready));
    assert_eq!((server.metadata_reads(), server.fetches()), (1, 1));
}

#[tokio::test]
async fn rule_44_what_is_not_safe_is_not_fetched() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    let elsewhere = Server::start().await;
    elsewhere.publish(&[(&id, "a")]);

    for (tokens, mend) in [
        (Tokens::issuer("http://id.shop.example").audience("a"), "give the issuer an `https` identifier"),
        (plan(&server).jwks_uri("http://id.shop.example/keys"), "over `https` only"),
        (plan(&server).jwks_uri(format!("http://user@{}/jwks", &server.issuer[7..])), "without user"),
    ] {
        assert!(refusal(tokens).await.contains(mend));
    }

    // A redirect is an answer that is not 200, wherever it leads.
    server.inner().location = Some(format!("{}/jwks", elsewhere.issuer));
    for status in [301, 302, 303, 307, 308] {
        server.inner().status = status;
        assert!(refusal(plan(&server)).await.contains("redirects are not followed"), "{status}");
    }
    assert_eq!(elsewhere.fetches(), 0);
    server.inner().status = 200;

    server.inner().padding = 512 * 1024;
    assert!(refusal(plan(&server)).await.contains("too long"));
    server.inner().padding = 0;

    server.inner().metadata["issuer"] = json!("https://id.shop.example");
    assert!(refusal(plan(&server)).await.contains("the metadata are of another issuer"));
    assert!(World::built(plan(&server).jwks_uri(format!("{}/jwks", server.issuer))).await.is_ok());
}

#[tokio::test]
async fn rule_44_an_issuer_that_does_not_end_its_answer_is_given_up() {
    let server = Server::start().await;
    server.inner().delay = Duration::from_secs(3_600);
    let hasty = palisade::auth::HttpsClient::new().unwrap().timeout(Duration::from_millis(50));
    let refused = timeout(Duration::from_secs(5), refusal(plan(&server).fetch(hasty))).await.unwrap();
    assert!(refused.contains("took too long"), "{refused}");
}

#[tokio::test]
async fn rule_34_and_26_a_bad_key_is_left_out_and_a_name_said_twice_is_none() {
    let server = Server::start().await;
    let id = server.signer();
    server.inner().keys =
        json!({"keys": [{"kty": "EC", "crv": "P-256", "x": "", "y": "", "kid": "bad"}, jwk(&id, "a")]});
    let world = World::of(plan(&server)).await;
    assert_eq!(world.status(&world.token(&id, "a")).await, ALLOWED);
    assert_eq!(world.gate.issuers()[0].skipped(), 1);
    server.publish(&[(&id, "a"), (&id, "a")]);
    assert!(refusal(plan(&server)).await.contains("two keys are called \"a\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_46_a_thousand_requests_with_a_new_kid_cause_one_fetch() {
    let server = Server::start().await;
    let (old, new) = (server.signer(), server.signer());
    server.publish(&[(&old, "a")]);
    let world = World::of(plan(&server)).await;
    server.publish(&[(&old, "a"), (&new, "b")]);
    server.inner().delay = Duration::from_millis(200);
    let tokens: Vec<String> = (0..1_000).map(|_| world.token(&new, "b")).collect();
    let answers = join_all(tokens.iter().map(|token| world.status(token))).await;
    assert!(answers.iter().all(|status| *status == ALLOWED), "{answers:?}");
    assert_eq!(server.fetches(), 2);
}

#[tokio::test]
async fn rule_46_names_that_are_made_up_cost_one_fetch_in_an_interval() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    let world = World::of(plan(&server)).await;
    for number in 0..500 {
        assert_eq!(world.status(&world.token(&id, &format!("x{number}"))).await, 401);
    }
    assert_eq!(server.fetches(), 2);
    world.clock.advance(Duration::from_secs(30));
    assert_eq!(world.status(&world.token(&id, "one more")).await, 401);
    assert_eq!(server.fetches(), 3);
}

#[tokio::test]
async fn rule_47_a_slow_issuer_delays_no_known_kid() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    let world = World::of(plan(&server)).await;
    server.inner().delay = Duration::from_millis(1_500);
    let (known, unknown) = (world.token(&id, "a"), world.token(&id, "b"));
    let passing = async {
        // The other is on its way by now.
        while server.fetches() < 2 {
            tokio::task::yield_now().await;
        }
        let asked = Instant::now();
        for _ in 0..50 {
            assert_eq!(world.status(&known).await, ALLOWED);
        }
        asked.elapsed()
    };
    let (refused, passed) = tokio::join!(world.status(&unknown), passing);
    assert_eq!(refused, 401);
    assert!(passed < Duration::from_millis(1_400), "{passed:?}");
}

#[tokio::test]
async fn rule_48_only_an_unknown_name_of_this_issuer_has_anything_fetched() {
    let server = Server::start().await;
    let (id, thief) = (server.signer(), server.signer());
    server.publish(&[(&id, "a")]);
    let world = World::of(plan(&server)).await;
    let elsewhere = Server::start().await;
    let jku = id.token().header("kid", "a").header("jku", format!("{}/jwks", elsewhere.issuer));
    for token in [
        world.token(&thief, "a"),
        world.token(&elsewhere.signer(), "unknown"),
        jku.header("x5u", elsewhere.issuer.as_str()).header("alg", "none").sign(world::NOW),
        id.token().header("kid", "a").expires_in(-60).sign(world::NOW),
    ] {
        assert_eq!(world.status(&token).await, 401);
    }
    assert_eq!((server.fetches(), elsewhere.fetches(), elsewhere.metadata_reads()), (1, 0, 0));
}

#[tokio::test]
async fn rule_50_an_outage_is_no_answer_and_ends() {
    let server = Server::start().await;
    let (id, new) = (server.signer(), server.signer());
    server.publish(&[(&id, "a")]);
    let world = World::of(plan(&server)).await;
    let known = world.token(&id, "a");

    server.inner().status = 500;
    let (status, retry_after) = world.ask(&world.token(&new, "b")).await;
    assert_eq!((status, retry_after), (503, true), "it may be a new key: neither yes nor no");
    assert_eq!(world.status(&known).await, ALLOWED);
    let health = world.gate.issuers().remove(0);
    assert_eq!((health.failure(), health.is_ready()), (Some(&IssuerError::Status(500)), true));
    assert_eq!(health.stale_since(), Some(world::NOW));

    // A day later without the issuer.
    world.clock.advance(Duration::from_secs(24 * 3_600));
    let later = id.token().scope("me:read").header("kid", "a").sign(world::NOW + 86_400);
    assert_eq!(world.status(&later).await, 503);
    assert!(!world.gate.issuers()[0].is_ready());

    // It is back: the gate asks again by itself, at first after a second.
    server.inner().status = 200;
    let back = async {
        while world.status(&later).await != ALLOWED {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(10), back).await.expect("the gate asks again");
}

#[tokio::test]
async fn rule_50_an_issuer_that_is_gone_takes_nobody_along() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    let world = World::of(plan(&server)).await;
    let known = world.token(&id, "a");
    server.stop().await;
    assert_eq!(world.status(&world.token(&id, "b")).await, 503);
    assert_eq!(world.status(&known).await, ALLOWED);
    let unreachable = IssuerError::Fetch(FetchError::Unreachable);
    assert_eq!(world.gate.issuers()[0].failure(), Some(&unreachable));
}

#[tokio::test]
async fn rules_51_and_53_a_key_that_is_withdrawn_is_withdrawn_for_tokens_that_are_remembered() {
    let server = Server::start().await;
    let (old, new) = (server.signer(), server.signer());
    server.publish(&[(&old, "a"), (&new, "b")]);
    let world = World::of(plan(&server)).await;
    let (withdrawn, good) = (world.token(&old, "a"), world.token(&new, "b"));
    assert_eq!((world.status(&withdrawn).await, world.status(&good).await), (ALLOWED, ALLOWED));
    server.publish(&[(&new, "b")]);
    // Whatever has the keys fetched: here a name that nobody knows.
    assert_eq!(world.status(&world.token(&new, "c")).await, 401);
    assert_eq!((world.status(&withdrawn).await, world.status(&good).await), (401, ALLOWED));
}

#[tokio::test]
async fn rule_52_what_a_gate_does_without_keys_is_said() {
    let server = Server::start().await;
    let id = server.signer();
    server.publish(&[(&id, "a")]);
    server.inner().status = 503;
    let refused = refusal(plan(&server)).await;
    assert!(
        refused.contains(&format!("the issuer `{}`", server.issuer)) && refused.contains("status 503"),
        "{refused}"
    );
    let world = World::of(plan(&server).refresh(Refresh::new().at_start(AtStart::KeysMayCome))).await;
    let token = world.token(&id, "a");
    assert_eq!(world.ask(&token).await, (503, true));
    server.inner().status = 200;
    let there = async {
        while world.status(&token).await != ALLOWED {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(10), there).await.expect("the gate asks again");
}

#[tokio::test]
async fn rule_26_a_kid_means_a_key_of_its_own_issuer() {
    let (shop, staff) = (Server::start().await, Server::start().await);
    let (shop_id, staff_id) = (shop.signer(), staff.signer());
    shop.publish(&[(&shop_id, "same")]);
    staff.publish(&[(&staff_id, "same")]);
    let world = World::with([plan(&shop), plan(&staff)]).await.unwrap();
    for id in [&shop_id, &staff_id] {
        assert_eq!(world.status(&world.token(id, "same")).await, ALLOWED);
    }
    let crossed = |claimed: &str| {
        let token = staff_id.token().scope("me:read").header("kid", "same");
        token.claim("iss", claimed).sign(world::NOW)
    };
    for claimed in [shop.issuer.clone(), format!("{}/", staff.issuer), staff.issuer.to_uppercase(), String::new()] {
        assert_eq!(world.status(&crossed(&claimed)).await, 401, "{claimed}");
    }
    assert_eq!((shop.fetches(), staff.fetches()), (1, 1));
    let twice = World::with([plan(&shop), plan(&shop)]).await.err().map(|error| error.to_string());
    assert!(twice.is_some_and(|error| error.contains("say `.bearer(..)` once for each issuer")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rotation_under_load_loses_no_request_and_allows_none_wrongly() {
    let server = Server::start().await;
    let (old, new, thief) = (server.signer(), server.signer(), server.signer());
    server.publish(&[(&old, "a")]);
    let world = World::of(plan(&server)).await;
    let old_tokens = world.tokens(&old, "a", 200);
    let new_tokens = world.tokens(&new, "b", 200);
    let forged: Vec<String> = ["a", "b"].iter().flat_map(|kid| world.tokens(&thief, kid, 100)).collect();
    let all = async |tokens: &[String]| join_all(tokens.iter().map(|token| world.status(token))).await;

    // The key is there before the first token by it: as issuers rotate.
    server.publish(&[(&old, "a"), (&new, "b")]);
    let (before, after, wrong) = tokio::join!(all(&old_tokens), all(&new_tokens), all(&forged));
    assert!(before.iter().chain(&after).all(|status| *status == ALLOWED), "{before:?} {after:?}");
    assert!(wrong.iter().all(|status| *status == 401), "{wrong:?}");
    assert_eq!(server.fetches(), 2);

    // Then the old key goes, while both are in use.
    server.publish(&[(&new, "b")]);
    world.clock.advance(Duration::from_secs(30));
    let stray = world.token(&new, "stray");
    let (stray, after, wrong) = tokio::join!(world.status(&stray), all(&new_tokens), all(&forged));
    assert_eq!(stray, 401);
    assert!(after.iter().all(|status| *status == ALLOWED), "{after:?}");
    assert!(wrong.iter().all(|status| *status == 401), "{wrong:?}");
    assert!(all(&old_tokens).await.iter().all(|status| *status == 401));
}
