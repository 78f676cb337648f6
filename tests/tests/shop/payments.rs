//! What the payment provider tells, and what somebody else pretends that it told.

use http::HeaderMap;
use palisade::auth::WebhookSender;
use serde_json::json;

use crate::{
    client::{Answer, Ask},
    world::{NOW, World},
};

const PATH: &str = "/v1/webhooks/payments";

/// Delivers a body that this sender signed as another or the same, at this time.
async fn deliver(world: &World, sender: &WebhookSender, id: &str, at: u64, signed: &str, sent: &str) -> Answer {
    let mut headers = HeaderMap::new();
    sender.sign(&mut headers, id, signed.as_bytes(), at).unwrap();
    let ask = headers.iter().fold(Ask::new("POST", PATH).json(sent.to_owned()), |ask, (name, value)| {
        ask.header(name.as_str(), value.to_str().unwrap())
    });
    ask.send(world.address).await
}

async fn status_of(world: &World, id: &str) -> serde_json::Value {
    world.send("alice", Ask::new("GET", &format!("/v1/orders/{id}"))).await.json()["status"].clone()
}

#[tokio::test]
async fn a_payment_is_noted_once_and_a_delivery_is_good_once() {
    let world = World::new().await;
    let order = world.place("alice").await;
    let made = json!({"type": "payment.made", "orderId": order}).to_string();
    world.log.take();
    assert_eq!(deliver(&world, &world.payments, "msg_1", NOW, &made, &made).await.status, 204);
    let event = world.log.only();
    assert_eq!((event.verdict, event.authenticated_by.as_deref()), ("allow", Some("webhook")));
    assert_eq!(status_of(&world, &order).await, "paid");

    world.log.take();
    assert_eq!(deliver(&world, &world.payments, "msg_1", NOW, &made, &made).await.status, 401);
    assert_eq!(world.log.only().verdict, "deny");
    // Delivered anew, since the first answer was lost.
    assert_eq!(deliver(&world, &world.payments, "msg_1", NOW + 1, &made, &made).await.status, 204);
    assert_eq!(status_of(&world, &order).await, "paid");
}

#[tokio::test]
async fn nobody_else_tells_of_payments() {
    let world = World::new().await;
    let order = world.place("alice").await;
    let made = json!({"type": "payment.made", "orderId": order}).to_string();
    let failed = made.replace("made", "failed");
    let stranger = WebhookSender::new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]).unwrap();
    for (what, sender, at, signed, sent) in [
        ("another secret", &stranger, NOW, &made, &made),
        ("another body", &world.payments, NOW, &failed, &made),
        ("long ago", &world.payments, NOW - 301, &made, &made),
        ("not yet", &world.payments, NOW + 301, &made, &made),
    ] {
        world.log.take();
        let answer = deliver(&world, sender, "msg_2", at, signed, sent).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.body);
        assert_eq!(answer.header("www-authenticate"), Some("Webhook realm=\"Shop\""), "{what}");
        assert_eq!(world.log.only().verdict, "deny", "{what}");
    }
    assert_eq!(status_of(&world, &order).await, "placed");
}

#[tokio::test]
async fn what_a_webhook_says_is_checked_like_any_other_input() {
    let world = World::new().await;
    let unknown = json!({"type": "payment.made", "orderId": "0".repeat(32)}).to_string();
    let other = json!({"type": "payment.lost", "orderId": "x", "amount": 7}).to_string();
    for (id, body, expected) in [("msg_3", unknown, 404), ("msg_4", other, 422)] {
        let answer = deliver(&world, &world.payments, id, NOW, &body, &body).await;
        assert_eq!(answer.status, expected, "{}", answer.body);
    }
}
