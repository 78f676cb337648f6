//! One report for a request: every defect of every part of it at once, the same for a function and for a struct, and a body
//! that is decoded once.

#[expect(dead_code, reason = "the shop asks its client for more")]
#[path = "shop/client.rs"]
mod client;

use std::{cell::Cell, net::SocketAddr};

use client::Ask;
use palisade::{prelude::*, value::from_json};
use serde::{Deserialize, Deserializer};
use tokio::net::TcpListener;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct InPath {
    #[secure(range(max = 9))]
    number: u8,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct InQuery {
    #[secure(range(max = 9))]
    page_size: Option<u8>,
    #[secure(length(max = 2))]
    word: String,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct InHeaders {
    #[serde(rename = "x-count")]
    #[secure(range(max = 9))]
    count: u8,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct InCookies {
    #[secure(length(min = 2, max = 4))]
    session: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Line {
    #[secure(pattern("[A-Z]{3}"))]
    sku: String,
    #[secure(range(min = 1))]
    count: u8,
    #[secure(length(max = 2))]
    parts: Vec<Part>,
}

#[derive(Deserialize, Secure)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Part {
    Screw {
        #[secure(range(max = 9))]
        length: u8,
    },
}

#[secure(put = "/function/{number}", public = "a test", rate = "6000/min per ip", open(number, "a test"))]
async fn function(
    _path: Path<InPath>,
    _query: Query<InQuery>,
    _headers: Headers<InHeaders>,
    _cookies: Cookies<InCookies>,
    _line: Json<Line>,
) -> NoContent {
    NoContent
}

#[secure(put = "/struct/{number}", public = "a test", rate = "6000/min per ip", open(number, "a test"))]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is asked is whether it can be had")]
struct Struct {
    #[secure(path, range(max = 9))]
    number: u8,
    #[secure(query, range(max = 9))]
    page_size: Option<u8>,
    #[secure(query, length(max = 2))]
    word: String,
    #[secure(header = "x-count", range(max = 9))]
    count: u8,
    #[secure(cookie, length(min = 2, max = 4))]
    session: Option<String>,
    #[secure(body)]
    line: Line,
}

impl Handle for Struct {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

#[secure(put = "/body", public = "a test", rate = "6000/min per ip")]
async fn body_alone(_line: Json<Line>) -> NoContent {
    NoContent
}

/// The same request twice, and a part of it.
#[secure(title = "Twice", version = "1.0.0", endpoints(function, Struct, body_alone))]
struct Twice;

async fn serve() -> SocketAddr {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app: axum::Router = Twice::application(gate);
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
    address
}

const BODY: &str = r#"{"sku":"ABC","count":1,"parts":[{"kind":"screw","length":1}]}"#;

/// What is asked, in order: the path, the query, header fields, and the body.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("1", "word=a", &[("x-count", "1")], BODY, &[]),
    ("1", "word=a&pageSize=9", &[("x-count", "1"), ("cookie", "session=ab")], BODY, &[]),
    // Types.
    (
        "x",
        "word=a&pageSize=x",
        &[("x-count", "x"), ("cookie", "session=ab")],
        r#"{"sku":1,"count":"1","parts":[{"kind":"screw","length":null}]}"#,
        &[
            "path /number type",
            "query /pageSize type",
            "header /x-count type",
            "body /sku type",
            "body /count type",
            "body /parts/0/length type",
        ],
    ),
    // What is missing.
    (
        "1",
        "",
        &[],
        r#"{"parts":[{},{"kind":"screw"}]}"#,
        &[
            "query /word missing",
            "header /x-count missing",
            "body /sku missing",
            "body /count missing",
            "body /parts/0/kind missing",
            "body /parts/1/length missing",
        ],
    ),
    // What is unknown; header fields and cookies that nobody reads are nobody's business.
    (
        "1",
        "word=a&x=1",
        &[("x-count", "1"), ("x-other", "1"), ("cookie", "other=1")],
        r#"{"sku":"ABC","count":1,"parts":[{"kind":"nail"}],"x":1}"#,
        &["query /x unknown", "body /parts/0/kind one_of", "body /x unknown"],
    ),
    // What is there twice.
    (
        "1",
        "word=a&word=b",
        &[("x-count", "1"), ("x-count", "2"), ("cookie", "session=ab; session=cd")],
        r#"{"sku":"ABC","sku":"DEF","count":1,"parts":[]}"#,
        &["query /word duplicate", "header /x-count duplicate", "cookie /session duplicate", "body /sku duplicate"],
    ),
    // Constraints.
    (
        "10",
        "word=abc&pageSize=10",
        &[("x-count", "10"), ("cookie", "session=a")],
        r#"{"sku":"abc","count":0,"parts":[{"kind":"screw","length":10}]}"#,
        &[
            "path /number range",
            "query /pageSize range",
            "query /word length",
            "header /x-count range",
            "cookie /session length",
            "body /sku pattern",
            "body /count range",
            "body /parts/0/length range",
        ],
    ),
    // One of each.
    (
        "10",
        "pageSize=x&x=1",
        &[("x-count", "1"), ("x-count", "1")],
        r#"{"sku":"abc","count":"1","x":1}"#,
        &[
            "path /number range",
            "query /pageSize type",
            "query /word missing",
            "query /x unknown",
            "header /x-count duplicate",
            "body /sku pattern",
            "body /count type",
            "body /parts missing",
            "body /x unknown",
        ],
    ),
];

#[tokio::test(flavor = "current_thread")]
async fn a_function_and_a_struct_tell_all_that_is_wrong_alike() {
    let address = serve().await;
    for (number, query, headers, body, expected) in ROWS {
        for kind in ["function", "struct"] {
            let mark = if query.is_empty() { "" } else { "?" };
            let mut ask = Ask::new("PUT", &format!("/{kind}/{number}{mark}{query}")).json(*body);
            for (name, value) in *headers {
                ask = ask.header(name, value);
            }
            let answer = ask.send(address).await;
            let found = if answer.body.is_empty() { Vec::new() } else { answer.violations() };
            let status = if expected.is_empty() { 204 } else { 422 };
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!((answer.status, found), (status, expected), "{kind} {query} {body}: {}", answer.body);
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_query_that_nobody_reads_is_told_with_the_rest() {
    let address = serve().await;
    let answer = Ask::new("PUT", "/body?a=1&b").json(r#"{"sku":1,"count":1,"parts":[]}"#).send(address).await;
    assert_eq!(answer.violations(), ["body /sku type", "query /a unknown", "query /b unknown"]);
    let answer = Ask::new("PUT", "/body?a=1").json(BODY).send(address).await;
    assert_eq!(answer.violations(), ["query /a unknown"]);
    assert_eq!(Ask::new("PUT", "/body").json(BODY).send(address).await.status, 204);
}

thread_local! {
    static DECODED: Cell<u32> = const { Cell::new(0) };
}

/// A number that counts how often it is decoded.
#[derive(Debug, Secure)]
struct Counted(#[secure(range(max = 9))] u8);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DECODED.set(DECODED.get() + 1);
        u8::deserialize(deserializer).map(Self)
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Counting {
    one: Counted,
    other: Counted,
}

#[test]
fn a_document_is_decoded_once_whatever_becomes_of_it() {
    for (document, decoded, wrong) in [
        (r#"{"one":1,"other":2}"#, 2, 0),
        (r#"{"one":10,"other":20}"#, 2, 2),
        // The first error ends it. What explains it has no need of the type's own code.
        (r#"{"one":"1","other":20}"#, 1, 2),
        (r#"{"x":1,"one":10,"other":20}"#, 0, 3),
    ] {
        DECODED.set(0);
        let found = from_json::<Counting>(document).map_or_else(|report| report.len(), |_| 0);
        assert_eq!((DECODED.get(), found), (decoded, wrong), "{document}");
    }
}
