//! How often: what is refused, what it says, and when it works again.

use std::time::Duration;

use crate::{
    client::Ask,
    world::{World, order},
};

fn place() -> Ask {
    Ask::new("POST", "/v1/orders").json(order().to_string())
}

#[tokio::test]
async fn the_sixty_first_order_of_a_minute_has_to_wait_as_long_as_it_says() {
    let world = World::new().await;
    for at in 0..60 {
        let answer = world.send("alice", place()).await;
        assert_eq!(answer.status, 201, "order {at}");
    }
    let refused = world.send("alice", place()).await;
    assert_eq!((refused.status, refused.problem().as_str()), (429, "quota-exceeded"));
    assert_eq!(refused.json()["violated-policies"], serde_json::json!(["place_order"]));
    assert!(refused.header("ratelimit").unwrap_or_default().contains("\"place_order\";r=0"));
    assert_eq!(world.send("bob", place()).await.status, 201, "others are counted for themselves");
    assert_eq!(world.send("alice", Ask::new("GET", "/v1/orders")).await.status, 200, "other endpoints too");

    let seconds: u64 = refused.header("retry-after").and_then(|seconds| seconds.parse().ok()).expect("seconds");
    assert!((1..=60).contains(&seconds));
    world.clock.advance(Duration::from_secs(seconds));
    assert_eq!(world.send("alice", place()).await.status, 201);
    assert_eq!(world.send("alice", place()).await.status, 429);
}

#[tokio::test]
async fn guessing_is_counted_by_address_whatever_becomes_of_it() {
    let world = World::new().await;
    for at in 0..600 {
        let answer = world.send("forged", Ask::new("GET", "/v1/orders")).await;
        assert_eq!(answer.status, 401, "request {at}");
    }
    for (who, target) in [("forged", "/v1/orders"), ("alice", "/v1/orders"), ("anonymous", "/health")] {
        let answer = world.send(who, Ask::new("GET", target)).await;
        assert_eq!((answer.status, answer.problem().as_str()), (429, "quota-exceeded"), "{who} {target}");
        assert!(answer.header("retry-after").is_some());
    }
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.send("anonymous", Ask::new("GET", "/health")).await.status, 204);
}

#[tokio::test]
async fn a_client_cannot_choose_its_address() {
    let world = World::new().await;
    for _ in 0..600 {
        world.send("anonymous", Ask::new("GET", "/health")).await;
    }
    for name in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        let answer = world.send("anonymous", Ask::new("GET", "/health").header(name, "for=203.0.113.9")).await;
        assert_eq!(answer.status, 429, "{name}");
    }
}
