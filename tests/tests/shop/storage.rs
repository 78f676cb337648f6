//! What is kept: exactly what was said, for whom it was said, and nothing that a text could bring about.

use serde_json::{Value, json};

use crate::{
    client::Ask,
    world::{World, order, order_with},
};

const HOSTILE: [&str; 9] = [
    "'); DROP TABLE orders;--",
    "' OR '1'='1",
    "\" OR \"\"=\"",
    "x'; UPDATE orders SET owner='bob",
    "?1 :id @id $id",
    "%_\\",
    "a\u{0}b",
    "\u{202e}\u{2028}🦀",
    "\"},{\"a\":\"",
];

async fn list(world: &World, who: &str, query: &str) -> Value {
    let answer = world.send(who, Ask::new("GET", &format!("/v1/orders{query}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn ids(page: &Value) -> Vec<String> {
    page["orders"].as_array().unwrap().iter().map(|order| order["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn hostile_texts_are_kept_as_the_texts_they_are() {
    let world = World::new().await;
    let bobs = world.place("bob").await;
    let mut placed = 1;
    for pointer in ["/title", "/note", "/tags/0", "/shipTo/name", "/shipTo/street", "/shipTo/city"] {
        for text in HOSTILE {
            if pointer == "/tags/0" && 24 < text.chars().count() {
                continue;
            }
            world.clock.advance(std::time::Duration::from_secs(1));
            let sent = order_with(pointer, json!(text));
            let answer = world.send("alice", Ask::new("POST", "/v1/orders").json(sent.to_string())).await;
            assert_eq!(answer.status, 201, "{pointer} {text:?}: {}", answer.body);
            let id = answer.json()["id"].as_str().unwrap().to_owned();
            let read = world.send("alice", Ask::new("GET", &format!("/v1/orders/{id}"))).await.json();
            assert_eq!(read.pointer(pointer), Some(&json!(text)), "{pointer}");
            let changed = Ask::new("PATCH", &format!("/v1/orders/{id}")).json(json!({ "note": text }).to_string());
            assert_eq!(world.send("alice", changed).await.json()["note"], json!(text));
            placed += 1;
        }
    }
    world.clock.advance(std::time::Duration::from_secs(60));
    assert_eq!(ids(&list(&world, "bob", "").await), [bobs], "nothing was added to bob's");
    let report = world.send("key", Ask::new("GET", "/v1/reports/daily")).await.json();
    assert_eq!(report["orders"], placed, "nothing went away");
}

#[tokio::test]
async fn hostile_texts_find_nothing() {
    let world = World::new().await;
    world.place("alice").await;
    for text in HOSTILE {
        let escaped: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let read = world.send("bob", Ask::new("GET", &format!("/v1/orders/{escaped}"))).await;
        assert_eq!(read.status, 404, "{text:?}");
        for name in ["cursor", "status"] {
            let listed = world.send("bob", Ask::new("GET", &format!("/v1/orders?{name}={escaped}"))).await;
            assert!(matches!(listed.status, 400 | 422), "{name} {text:?}: {}", listed.status);
        }
        for pointer in ["/sku", "/contact", "/shipTo/postalCode", "/shipTo/country"] {
            world.clock.advance(std::time::Duration::from_secs(1));
            let ask = Ask::new("POST", "/v1/orders").json(order_with(pointer, json!(text)).to_string());
            assert_eq!(world.send("bob", ask).await.status, 422, "{pointer} {text:?}");
        }
    }
    assert_eq!(ids(&list(&world, "bob", "").await).len(), 0);
}

#[tokio::test]
async fn an_order_is_answered_and_kept_as_it_was_placed() {
    let world = World::new().await;
    let answer = world
        .send("alice", Ask::new("POST", "/v1/orders").json(order_with("/title", json!("  Two mugs ")).to_string()))
        .await;
    let placed = answer.json();
    let id = placed["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/v1/orders/{id}").as_str()));
    let mut expected = order();
    expected["id"] = id.into();
    expected["status"] = "placed".into();
    expected["createdAt"] = placed["createdAt"].clone();
    assert_eq!(placed, expected, "trimmed, and without its owner");
    assert_eq!(world.send("alice", Ask::new("GET", &format!("/v1/orders/{id}"))).await.json(), expected);
}

#[tokio::test]
async fn a_change_leaves_alone_what_it_does_not_name() {
    let world = World::new().await;
    let own = format!("/v1/orders/{}", world.place("alice").await);
    let rows = [
        (json!({}), "ring twice", json!(["kitchen", "gift"])),
        (json!({ "note": " leave it " }), "leave it", json!(["kitchen", "gift"])),
        (json!({ "tags": [] }), "leave it", json!([])),
        (json!({ "note": null, "tags": ["a"] }), "leave it", json!(["a"])),
    ];
    for (change, note, tags) in rows {
        let answer = world.send("alice", Ask::new("PATCH", &own).json(change.to_string())).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let order = answer.json();
        assert_eq!((&order["note"], &order["tags"]), (&json!(note), &tags), "{change}");
        assert_eq!(order["title"], "Two mugs");
    }
    for forbidden in ["title", "quantity", "status", "owner", "id", "createdAt"] {
        let answer = world.send("alice", Ask::new("PATCH", &own).json(json!({ forbidden: "paid" }).to_string())).await;
        assert_eq!((answer.status, answer.violations()), (422, vec![format!("body /{forbidden} unknown")]));
    }
}

#[tokio::test]
async fn a_list_is_the_callers_own_page_by_page() {
    let world = World::new().await;
    let mut placed = Vec::new();
    for _ in 0..5 {
        placed.push(world.place("alice").await);
        world.place("bob").await;
    }
    placed.reverse();
    assert_eq!(ids(&list(&world, "alice", "").await), placed, "the newest first, and no others");

    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = list(&world, "alice", &query).await;
        assert!(ids(&page).len() <= 2);
        seen.extend(ids(&page));
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, placed);

    let cancelled = &placed[2];
    let answer = world.send("alice", Ask::new("DELETE", &format!("/v1/orders/{cancelled}"))).await;
    assert_eq!(answer.status, 204);
    assert_eq!(ids(&list(&world, "alice", "?status=cancelled").await), std::slice::from_ref(cancelled));
    assert_eq!(ids(&list(&world, "alice", "?status=placed").await).len(), 4);
    assert_eq!(
        ids(&list(&world, "bob", &format!("?cursor={cancelled}")).await).len(),
        2,
        "a foreign cursor shows no foreign order"
    );

    let everybody = world.send("support", Ask::new("GET", "/v1/admin/orders?limit=100")).await;
    assert_eq!(ids(&everybody.json()).len(), 10);
    assert!(!everybody.body.contains("contact") && !everybody.body.contains("owner"), "{}", everybody.body);
}
