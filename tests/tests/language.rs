//! A refused request is answered in the caller's language; what machines read stays what it is.

use std::net::SocketAddr;

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, Response, header};
use http_body_util::BodyExt;
use palisade::{language::Catalogue, limit::Limiter, prelude::*};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A new order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    #[secure(length(min = 1, max = 64))]
    title: String,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    #[secure(email, sensitive)]
    contact: String,
}

#[secure(post = "/orders", public = "a test of its answers", rate = "1000/min per ip")]
async fn place(Json(order): Json<NewOrder>) -> Result<NoContent, Problem> {
    let _ = (order.title, order.quantity, order.contact);
    Err(Problem::conflict("the item is sold out"))
}

/// Orders.
#[secure(title = "Orders", version = "1.0.0", endpoints(place))]
struct Orders;

const REFUSED: &str = r#"{"title":"","quantity":0,"contact":"nobody","color":"red"}"#;

async fn app(catalogue: Option<Catalogue>) -> Router {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .origin("https://shop.example")
        .audit(Audit::none("a test of its answers"));
    let gate = match catalogue {
        Some(catalogue) => gate.catalogue(catalogue),
        None => gate,
    };
    Orders::router(gate.build().await.unwrap())
}

async fn post(app: &Router, languages: &[&[u8]], body: &'static str) -> (Response<()>, Value) {
    let mut request = Request::post("/orders").header(header::CONTENT_TYPE, "application/json");
    request = request.extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 443))));
    for language in languages {
        request = request.header(header::ACCEPT_LANGUAGE, *language);
    }
    let answer = app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = serde_json::from_slice(&body.collect().await.unwrap().to_bytes()).unwrap();
    (Response::from_parts(parts, ()), body)
}

fn without_words(mut problem: Value) -> Value {
    problem["title"].take();
    for error in problem["errors"].as_array_mut().unwrap() {
        error["detail"].take();
    }
    problem
}

fn details(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["detail"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_german_caller_gets_german_words_and_the_same_codes() {
    let plain = post(&app(None).await, &[b"de-AT, en;q=0.5"], REFUSED).await;
    let german = post(&app(Some(Catalogue::shipped())).await, &[b"de-AT, en;q=0.5"], REFUSED).await;

    assert_eq!(german.0.status(), 422);
    assert_eq!(german.0.headers()[header::CONTENT_LANGUAGE], "de");
    let vary: Vec<_> = german.0.headers().get_all(header::VARY).iter().collect();
    assert_eq!(vary, ["Accept-Language", "Origin"]);
    assert_eq!(german.1["title"], "die Anfrage verletzt Regeln dieses Endpunkts");
    assert_eq!(
        details(&german.1),
        [
            "muss eine Länge von 1 bis 64 haben",
            "muss zwischen 1 und 1000 liegen",
            "wird abgelehnt",
            "ist hier nicht bekannt",
        ]
    );
    assert_eq!(german.1["errors"][0]["params"], json!({ "min": 1, "max": 64 }));
    assert_eq!(without_words(german.1), without_words(plain.1));

    // Without a catalogue nothing is different.
    assert!(!plain.0.headers().contains_key(header::CONTENT_LANGUAGE));
    assert_eq!(plain.0.headers()[header::VARY], "Origin");
}

#[tokio::test]
async fn whoever_asks_for_nothing_we_speak_gets_the_default() {
    let english = app(Some(Catalogue::shipped())).await;
    let german = app(Some(Catalogue::shipped().by_default("de").unwrap())).await;
    let headers: [&[&[u8]]; 6] = [&[], &[b""], &[b"xx"], &[b"\xff\xfe, de"], &[b";;;=,,*;q=7"], &[b"en;q=0, de;q=0"]];
    for languages in headers {
        let (answer, problem) = post(&english, languages, REFUSED).await;
        assert_eq!(answer.headers()[header::CONTENT_LANGUAGE], "en");
        assert_eq!(details(&problem)[3], "is not known here");
        let (answer, problem) = post(&german, languages, REFUSED).await;
        assert_eq!(answer.headers()[header::CONTENT_LANGUAGE], "de");
        assert_eq!(details(&problem)[3], "ist hier nicht bekannt");
    }
}

#[tokio::test]
async fn several_lines_are_one_header() {
    let app = app(Some(Catalogue::shipped().with("fr", "unknown = n’est pas connu ici").unwrap())).await;
    let (answer, problem) = post(&app, &[b"en;q=0.1, de;q=0.2", b"fr"], REFUSED).await;
    assert_eq!(answer.headers()[header::CONTENT_LANGUAGE], "fr");
    // What is not said in French is said in the next language.
    assert_eq!(details(&problem)[2..], ["wird abgelehnt", "n’est pas connu ici"]);
}

#[tokio::test]
async fn a_handlers_own_problem_is_left_alone() {
    let app = app(Some(Catalogue::shipped())).await;
    let (answer, problem) = post(&app, &[b"de"], r#"{"title":"a","quantity":1,"contact":"a@b.example"}"#).await;
    assert_eq!((answer.status().as_u16(), &problem["title"]), (409, &json!("the item is sold out")));
    assert!(!answer.headers().contains_key(header::CONTENT_LANGUAGE));
}
