//! What is wrong with a request: each kind is refused with its own status, points at the place, and is never repeated.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    client::Ask,
    world::{World, order, order_with},
};

/// Stands where a request is wrong. It must come back nowhere.
const CANARY: &str = "kanarienvogel";

/// A request of alice's, and how it is refused.
struct Row {
    what: &'static str,
    ask: Ask,
    status: u16,
    problem: &'static str,
    violations: Vec<&'static str>,
}

fn row(what: &'static str, ask: Ask, status: u16, problem: &'static str, violations: &[&'static str]) -> Row {
    Row { what, ask, status, problem, violations: violations.to_vec() }
}

async fn check(rows: Vec<Row>) {
    let world = World::new().await;
    for row in rows {
        // So that no row is refused for the ones before it.
        world.clock.advance(Duration::from_secs(1));
        world.log.take();
        let answer = world.send("alice", row.ask).await;
        let found = (answer.status, answer.problem(), answer.violations());
        let violations: Vec<String> = row.violations.into_iter().map(Into::into).collect();
        assert_eq!(found, (row.status, row.problem.to_owned(), violations), "{}", row.what);
        let event = world.log.only();
        assert_eq!((event.verdict, event.status), ("deny", row.status), "{}", row.what);
        assert_silent(row.what, &format!("{:?} {} {}", answer.headers, answer.body, event.whole));
    }
}

fn assert_silent(what: &str, told: &str) {
    assert!(!told.to_lowercase().contains(CANARY), "{what}: {told}");
}

fn post(body: impl Into<Vec<u8>>) -> Ask {
    Ask::new("POST", "/v1/orders").json(body)
}

fn with(pointer: &str, value: Value) -> Ask {
    post(order_with(pointer, value).to_string())
}

fn get(query: &str) -> Ask {
    Ask::new("GET", &format!("/v1/orders?{query}"))
}

#[tokio::test]
async fn what_is_no_document_is_refused_as_a_whole() {
    let mut broken_text = format!("{{\"title\":\"{CANARY}").into_bytes();
    broken_text.extend_from_slice(b"\xff\"}");
    let nested = |depth: usize| format!("{{\"{CANARY}\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let number = |number: &str| order().to_string().replace("\"quantity\":2", &format!("\"quantity\":{number}"));
    check(vec![
        row("no body", post(""), 400, "malformed", &[]),
        row("cut off", post(format!("{{\"title\":\"{CANARY}")), 400, "malformed", &[]),
        row("more after the end", post(format!("{} \"{CANARY}\"", order())), 400, "malformed", &[]),
        row("a comment", post(format!("/* {CANARY} */ {}", order())), 400, "malformed", &[]),
        row("no JSON at all", post(format!("title={CANARY}")), 400, "malformed", &[]),
        row("no UTF-8", post(broken_text), 400, "malformed", &[]),
        row("a byte order mark", post(format!("\u{feff}{}", order())), 400, "malformed", &[]),
        row("half a surrogate pair", post(format!("{{\"title\":\"{CANARY}\\ud800\"}}")), 400, "malformed", &[]),
        row("NaN", post(number("NaN")), 400, "malformed", &[]),
        row("Infinity", post(number("-Infinity")), 400, "malformed", &[]),
        row("hexadecimal", post(number("0x2")), 400, "malformed", &[]),
        row("nested deeply", post(nested(200)), 400, "malformed", &[]),
        row("nested very deeply", post(nested(2_000)), 400, "malformed", &[]),
    ])
    .await;
}

#[tokio::test]
async fn what_is_declared_as_something_else_is_not_read() {
    let typed = |content_type: &str| {
        Ask::new("POST", "/v1/orders").header("content-type", content_type).body(order().to_string())
    };
    let encoded = |coding: &str| post(order().to_string()).header("content-encoding", coding);
    check(vec![
        row("no type", Ask::new("POST", "/v1/orders").body(order().to_string()), 415, "content-type", &[]),
        row("another type", typed(&format!("text/{CANARY}")), 415, "content-type", &[]),
        row("a form", typed("application/x-www-form-urlencoded"), 415, "content-type", &[]),
        row("another charset", typed("application/json; charset=utf-16"), 415, "content-type", &[]),
        row("JSON of another kind", typed("application/ld+json"), 415, "content-type", &[]),
        row("two types", typed("application/json").header("content-type", "text/plain"), 415, "content-type", &[]),
        row("compressed", encoded("gzip"), 415, "content-type", &[]),
        row("compressed by something", encoded(CANARY), 415, "content-type", &[]),
    ])
    .await;
}

#[tokio::test]
async fn what_is_too_large_is_not_read_to_its_end() {
    let large = order_with("/note", json!(CANARY.repeat(200_000))).to_string();
    let declared = Ask::new("POST", "/v1/orders")
        .header("content-type", "application/json")
        .header("content-length", "9999999999");
    check(vec![
        row("declared", declared, 413, "too-large", &[]),
        row("declared and sent", post(large.clone()), 413, "too-large", &[]),
        row("in one chunk", post(large).chunked(), 413, "too-large", &[]),
    ])
    .await;
}

#[tokio::test]
async fn every_mistake_in_a_body_is_pointed_at() {
    let twice = order().to_string().replacen('{', &format!("{{\"sku\":\"{CANARY}\","), 1);
    let inner_twice = order().to_string().replace("\"city\":", &format!("\"city\":\"{CANARY}\",\"city\":"));
    let mut without = order();
    without.as_object_mut().unwrap().remove("title");
    without["shipTo"].as_object_mut().unwrap().remove("city");
    without["contact"] = json!(CANARY);
    check(vec![
        row("another type", with("/quantity", json!(CANARY)), 422, "validation", &["body /quantity type"]),
        row("a number as text", with("/quantity", json!("2")), 422, "validation", &["body /quantity type"]),
        row("a fraction", with("/quantity", json!(1.5)), 422, "validation", &["body /quantity type"]),
        row("a negative number", with("/quantity", json!(-1)), 422, "validation", &["body /quantity range"]),
        row("too great a number", with("/quantity", json!(1_001)), 422, "validation", &["body /quantity range"]),
        row("far too great a number", with("/quantity", json!(u64::MAX)), 422, "validation", &["body /quantity range"]),
        row("null", with("/title", Value::Null), 422, "validation", &["body /title type"]),
        row("a list for a text", with("/title", json!([CANARY])), 422, "validation", &["body /title type"]),
        row("an object for a list", with("/tags", json!({ "0": CANARY })), 422, "validation", &["body /tags type"]),
        row("a text for an object", with("/shipTo", json!(CANARY)), 422, "validation", &["body /shipTo type"]),
        row("another document", post(format!("[\"{CANARY}\"]")), 422, "validation", &["body  type"]),
        row("unknown", with("/owner", json!(CANARY)), 422, "validation", &["body /owner unknown"]),
        row(
            "unknown inside",
            with("/shipTo/planet", json!(CANARY)),
            422,
            "validation",
            &["body /shipTo/planet unknown"],
        ),
        row("twice", post(twice), 422, "validation", &["body /sku pattern", "body /sku duplicate"]),
        row("twice inside", post(inner_twice), 422, "validation", &["body /shipTo/city duplicate"]),
        row(
            "missing",
            post(without.to_string()),
            422,
            "validation",
            &["body /title missing", "body /contact email", "body /shipTo/city missing"],
        ),
        row("only white space", with("/title", json!(" \t\n ")), 422, "validation", &["body /title length"]),
        row("too long", with("/title", json!(CANARY.repeat(5))), 422, "validation", &["body /title length"]),
        row("another pattern", with("/sku", json!(CANARY)), 422, "validation", &["body /sku pattern"]),
        row("a pattern and a line", with("/sku", json!("MUG-0007\n")), 422, "validation", &["body /sku pattern"]),
        row("no address", with("/contact", json!(format!("{CANARY}@"))), 422, "validation", &["body /contact email"]),
        row("too many", with("/tags", json!(vec!["tag"; 11])), 422, "validation", &["body /tags length"]),
        row("one of a list", with("/tags/1", json!(CANARY.repeat(2))), 422, "validation", &["body /tags/1 length"]),
        row("inside", with("/shipTo/country", json!(CANARY)), 422, "validation", &["body /shipTo/country pattern"]),
    ])
    .await;
}

#[tokio::test]
async fn every_mistake_in_a_query_is_pointed_at() {
    let many: String = (0..100).map(|at| format!("{CANARY}{at}=1&")).collect();
    check(vec![
        row("unknown", get(&format!("owner={CANARY}")), 422, "validation", &["query /owner unknown"]),
        row("twice", get("limit=1&limit=2"), 422, "validation", &["query /limit duplicate"]),
        row("another type", get(&format!("limit={CANARY}")), 422, "validation", &["query /limit type"]),
        row("nothing", get("limit="), 422, "validation", &["query /limit type"]),
        row("too small", get("limit=0"), 422, "validation", &["query /limit range"]),
        row("too great", get("limit=101"), 422, "validation", &["query /limit range"]),
        row("far too great", get("limit=99999999999"), 422, "validation", &["query /limit range"]),
        row("no choice", get(&format!("status={CANARY}")), 422, "validation", &["query /status one_of"]),
        row("no cursor", get(&format!("cursor={CANARY}")), 422, "validation", &["query /cursor pattern"]),
        row(
            "all at once",
            get("limit=0&status=lost&cursor=%27&x=1"),
            422,
            "validation",
            &["query /status one_of", "query /limit range", "query /cursor pattern", "query /x unknown"],
        ),
        row("half an escape", get(&format!("status={CANARY}%2")), 400, "malformed", &[]),
        row("no escape", get("status=%zz"), 400, "malformed", &[]),
        row("no UTF-8", get("status=%ff"), 400, "malformed", &[]),
        row("an overlong slash", get("status=%c0%af"), 400, "malformed", &[]),
        row("a NUL", get(&format!("status={CANARY}%00")), 400, "malformed", &[]),
        row("far too many", get(&many), 400, "malformed", &[]),
    ])
    .await;
}

#[tokio::test]
async fn several_parts_are_refused_in_one_answer_that_has_an_end() {
    let world = World::new().await;
    let id = world.place("alice").await;
    let unknown: serde_json::Map<String, Value> = (0..100).map(|at| (format!("x{at}"), json!(CANARY))).collect();
    let ask = Ask::new("PATCH", &format!("/v1/orders/{id}")).json(Value::Object(unknown).to_string());
    let answer = world.send("alice", ask).await;
    assert_eq!((answer.status, answer.violations().len()), (422, 32));
    assert_eq!(answer.json()["truncated"], true);
    assert_silent("truncated", &answer.body);
}

/// A value stands at every place of an order in turn, in a request that is refused for another reason.
#[tokio::test]
async fn no_value_of_a_refused_order_comes_back() {
    let world = World::new().await;
    let leaves = [
        "/title",
        "/sku",
        "/contact",
        "/note",
        "/tags/0",
        "/tags/1",
        "/shipTo/name",
        "/shipTo/street",
        "/shipTo/city",
        "/shipTo/postalCode",
        "/shipTo/country",
    ];
    for pointer in leaves {
        for value in [json!(CANARY), json!({ CANARY: CANARY }), json!([CANARY]), json!(format!("{CANARY}\u{0}"))] {
            let mut refused = order_with(pointer, value);
            refused["quantity"] = json!(0);
            world.clock.advance(Duration::from_secs(1));
            world.log.take();
            let answer = world.send("alice", post(refused.to_string())).await;
            assert_eq!(answer.status, 422, "{pointer}");
            assert_silent(pointer, &format!("{:?} {} {}", answer.headers, answer.body, world.log.only().whole));
        }
    }
}

/// The same for what is no body: credentials, paths, queries and other headers.
#[tokio::test]
async fn no_other_part_of_a_refused_request_comes_back() {
    let world = World::new().await;
    let order = format!("/v1/orders/{CANARY}");
    let rows = [
        ("a token", Ask::new("GET", "/v1/orders").header("authorization", &format!("Bearer {CANARY}")), 401),
        ("a form of a token", Ask::new("GET", "/v1/orders").bearer(&format!("e30.{CANARY}.c2ln")), 401),
        ("a scheme", Ask::new("GET", "/v1/orders").header("authorization", &format!("{CANARY} x")), 401),
        ("a password", Ask::new("GET", "/v1/orders").header("authorization", &format!("Basic {CANARY}")), 401),
        ("a key", Ask::new("GET", "/v1/reports/daily").header("x-api-key", CANARY), 401),
        (
            "a key of our form",
            Ask::new("GET", "/v1/reports/daily").header("x-api-key", &format!("shop_{CANARY}_1")),
            401,
        ),
        ("a token in the query", Ask::new("GET", &format!("/v1/orders?access_token={CANARY}")), 401),
        ("two tokens", Ask::new("GET", "/health").bearer(CANARY).bearer(CANARY), 400),
        ("an id", Ask::new("GET", &order).bearer(world.token("alice")), 404),
        ("an id of an anonymous caller", Ask::new("GET", &order), 401),
        ("a cookie", Ask::new("GET", "/v1/orders").header("cookie", &format!("session={CANARY}")), 401),
        ("an origin", Ask::new("GET", "/v1/orders").header("origin", &format!("https://{CANARY}.example")), 401),
        ("a method", Ask::new(&CANARY.to_uppercase(), "/v1/orders"), 405),
        ("a path", Ask::new("GET", &format!("/{CANARY}")), 404),
        (
            "a method that is said elsewhere",
            Ask::new("GET", "/v1/orders").header("x-http-method-override", CANARY),
            401,
        ),
    ];
    for (what, ask, status) in rows {
        world.log.take();
        let answer = ask.send(world.address).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        let events: String = world.log.take().into_iter().map(|event| event.whole).collect();
        assert_silent(what, &format!("{:?} {} {events}", answer.headers, answer.body));
    }
}

#[tokio::test]
async fn a_query_that_nobody_reads_must_be_empty() {
    check(vec![
        row(
            "no endpoint of ours",
            Ask::new("GET", "/health?verbose=1"),
            422,
            "validation",
            &["query /verbose unknown"],
        ),
        row(
            "two at once",
            Ask::new("GET", "/openapi.json?a=1&b"),
            422,
            "validation",
            &["query /a unknown", "query /b unknown"],
        ),
    ])
    .await;
    let world = World::new().await;
    assert_eq!(world.send("alice", Ask::new("GET", "/health?")).await.status, 204);
}
