//! Every kind of answer, through a real socket: its status, header fields and body, and that the document says so.

use std::{
    fmt::{Debug, Write},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use maud::html;
use palisade::{
    auth::Secret,
    gate::Clients,
    input::{Cursor, Cursors, IfMatch, IfNoneMatch},
    openapi::Document,
    prelude::*,
    respond::{
        Accepted, Broken, Content, Csv, Download, EntityTag, Event, Events, Html, Lines, NotModified, OctetStream,
        Page, PlainText, SeeOther, Tagged,
    },
    testing::{FakeClock, TestIssuer},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tracing::field::Visit;

#[derive(Clone, serde::Serialize, Secure)]
#[secure(output)]
struct Note {
    id: u64,
    #[secure(length(max = 16))]
    text: String,
}

fn note(text: &str) -> Note {
    Note { id: 7, text: text.to_owned() }
}

/// A text of the client's, which goes wherever an answer puts texts.
#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Given {
    #[secure(length(max = 64))]
    text: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Listing {
    #[secure(range(min = 1, max = 5))]
    limit: u64,
    after: Option<Cursor>,
}

#[secure(get = "/notes/json", public = "a test")]
async fn plain() -> Json<Note> {
    Json(note("</script>"))
}

#[secure(get = "/notes/undeclared", public = "a test")]
async fn undeclared() -> Json<Note> {
    Json(note("hunter2 is longer than it may be"))
}

#[secure(post = "/notes/created", public = "a test")]
async fn created(Query(given): Query<Given>) -> Created<Json<Note>> {
    Created::at(format!("/notes/{}", given.text), Json(note("new")))
}

#[secure(post = "/notes/accepted", public = "a test")]
async fn accepted(Query(given): Query<Given>) -> Accepted<NoContent> {
    Accepted::monitored(given.text, NoContent)
}

#[secure(post = "/notes/later", public = "a test")]
async fn later() -> Accepted<Json<Note>> {
    Accepted::unmonitored(Json(note("later")))
}

#[secure(delete = "/notes/gone", public = "a test")]
async fn gone() -> NoContent {
    NoContent
}

#[secure(get = "/notes/elsewhere", public = "a test")]
async fn elsewhere(Query(given): Query<Given>) -> SeeOther {
    SeeOther::within(given.text)
}

#[secure(get = "/notes/versioned", public = "a test")]
async fn versioned() -> Tagged<Json<Note>> {
    Tagged::version(7, Json(note("tagged")))
}

#[secure(get = "/notes/hashed", public = "a test")]
async fn hashed() -> Result<Tagged<Json<Note>>, Problem> {
    Ok(Tagged::hashed(Json(note("tagged"))))
}

#[secure(get = "/notes/same", public = "a test")]
async fn same() -> NotModified {
    NotModified(EntityTag::of_version(7))
}

#[secure(put = "/notes/versioned", public = "a test")]
async fn change(if_match: IfMatch) -> Result<Tagged<NoContent>, Problem> {
    if_match.check(&EntityTag::of_version(7))?;
    Ok(Tagged::version(8, NoContent))
}

#[secure(put = "/notes/absent", public = "a test")]
async fn put(if_none_match: IfNoneMatch) -> Result<NoContent, Problem> {
    if_none_match.check(Some(&EntityTag::of_version(7)))?;
    Ok(NoContent)
}

#[secure(get = "/notes", public = "a test")]
async fn list(cursors: Cursors, Query(listing): Query<Listing>) -> Result<Page<Note>, Problem> {
    let first = cursors.open::<u64>(listing.after.as_ref())?.unwrap_or_default();
    let end = first + listing.limit;
    let page = Page::of((first..end.min(5)).map(|id| Note { id, text: String::new() }).collect());
    Ok(if end < 5 { page.next("after", cursors.seal(&end)?) } else { page })
}

#[secure(get = "/notes/mine", auth = "oauth2")]
async fn mine(cursors: Cursors, Query(listing): Query<Listing>) -> Result<Page<Note>, Problem> {
    cursors.open::<u64>(listing.after.as_ref())?;
    Ok(Page::of(Vec::new()).next("after", cursors.seal(&listing.limit)?))
}

#[secure(get = "/notes/lines", public = "a test")]
async fn lines() -> Lines<Note> {
    Lines::of(stream::iter(["a", "b\n<"]).map(|text| Ok(note(text))))
}

#[secure(get = "/notes/broken", public = "a test")]
async fn broken() -> Lines<Note> {
    let lines = stream::iter([Ok(note("a")), Err(Broken), Ok(note("b"))]);
    // What has come is sent before it breaks off.
    Lines::of(lines.then(async |line| {
        tokio::time::sleep(Duration::from_millis(20)).await;
        line
    }))
}

#[secure(get = "/notes/events", public = "a test")]
async fn events() -> Events<Note> {
    Events::of(stream::iter([Ok(Event::of(note("a\n\nb")).named("new").numbered(3)), Ok(Event::of(note("c")))]))
}

#[secure(get = "/notes/bytes", public = "a test")]
async fn octets() -> Content<OctetStream> {
    Content::stream(stream::iter([Ok("ab".into()), Ok("cd".into())]))
}

#[secure(get = "/notes/download", public = "a test")]
async fn download(Query(given): Query<Given>) -> Download<Content<PlainText>> {
    Download::named(given.text, Content::whole("text"))
}

#[secure(get = "/notes/table", public = "a test")]
async fn table() -> Download<Csv<Note>> {
    Download::named("notes.csv", Csv(vec![note("=1+1"), note("a,b")]))
}

#[secure(get = "/notes/page", public = "a test")]
async fn page(Query(given): Query<Given>) -> Tagged<Html> {
    Tagged::hashed(Html(html! { p title=(given.text) { (given.text) } }))
}

/// Every kind of answer.
#[secure(
    title = "Answers",
    version = "1.0.0",
    auth(oauth2),
    default(rate = "6000/min per ip"),
    endpoints(
        plain, undeclared, created, accepted, later, gone, elsewhere, versioned, hashed, same, change, put, list, mine,
        lines, broken, events, octets, download, table, page
    )
)]
struct Answers;

/// An answer as it came.
#[derive(Debug)]
struct Came {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    end: End,
}

/// Whether a body came to its end.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Whole,
    Cut,
}

impl Came {
    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(header, _)| header == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(name == "vary" || found.next().is_none(), "{name} is there once: {self:?}");
        value
    }
}

const NOW: u64 = 1_800_000_000;

async fn served() -> SocketAddr {
    served_to(&TestIssuer::new("https://id.notes.example")).await
}

async fn served_to(issuer: &TestIssuer) -> SocketAddr {
    let gate = Gate::builder()
        .bearer(issuer.tokens(TestIssuer::AUDIENCE))
        .clock(FakeClock::at(NOW))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .cursor_key(Secret::new(vec![7; 32]))
        .audit(Audit::none("a test"))
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app: axum::Router = Answers::application(gate);
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
    address
}

async fn ask(address: SocketAddr, request: &str, headers: &str) -> Came {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!("{request} HTTP/1.1\r\nhost: notes\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("the request is sent");
    let mut received = Vec::new();
    // A connection that is cut ends in an error, after what had come.
    let _ = stream.read_to_end(&mut received).await;
    let received = String::from_utf8(received).expect("a text");
    let (head, body) = received.split_once("\r\n\r\n").expect("a head");
    let (status, headers) = head.split_once("\r\n").unwrap_or((head, ""));
    let headers: Vec<_> = headers
        .split("\r\n")
        .map(|line| line.split_once(": ").expect("a header field"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let is_chunked = headers.iter().any(|(name, _)| name == "transfer-encoding");
    let (body, end) = if is_chunked { unchunked(body) } else { (body.to_owned(), End::Whole) };
    Came { status: status.split(' ').nth(1).expect("a status").parse().expect("a number"), headers, body, end }
}

fn unchunked(mut chunks: &str) -> (String, End) {
    let mut body = String::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).expect("a length");
        body.push_str(&rest[..length]);
        chunks = &rest[length + 2..];
        if length == 0 {
            return (body, End::Whole);
        }
    }
    (body, End::Cut)
}

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

/// A request with its header fields, and what comes: the status, the content type, other header fields (an empty value
/// for one that must not be there), what the body begins with.
type Row = (&'static str, &'static str, u16, &'static str, &'static [(&'static str, &'static str)], &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("GET /notes/json", "", 200, JSON, &[("etag", "")], r#"{"id":7,"text":"\u003c/script\u003e"}"#),
    ("GET /notes/undeclared", "", 500, PROBLEM, &[], r#"{"type":"urn:palisade:problem:internal""#),
    ("POST /notes/created?text=a/b%20%C3%A9%0D%0AX:%20y%22", "", 201, JSON, &[("location", "/notes/a/b%20%C3%A9%0D%0AX:%20y%22"), ("x", "")], r#"{"id":7"#),
    ("POST /notes/accepted?text=/jobs/1", "", 202, "", &[("location", "/jobs/1")], ""),
    ("POST /notes/accepted?text=http://a:b:c%0D%0Ax", "", 202, "", &[("location", "http%3A//a%3Ab%3Ac%0D%0Ax")], ""),
    ("POST /notes/later", "", 202, JSON, &[("location", "")], r#"{"id":7"#),
    ("DELETE /notes/gone", "", 204, "", &[], ""),
    ("GET /notes/elsewhere?text=/notes/7", "", 303, "", &[("location", "/notes/7")], ""),
    ("GET /notes/elsewhere?text=//evil.example/", "", 303, "", &[("location", "/evil.example/")], ""),
    ("GET /notes/elsewhere?text=/%5Cevil.example", "", 303, "", &[("location", "/%5Cevil.example")], ""),
    ("GET /notes/elsewhere?text=https://evil.example", "", 303, "", &[("location", "https%3A//evil.example")], ""),

    ("GET /notes/versioned", "", 200, JSON, &[("etag", "\"7\""), ("cache-control", "private, no-cache"), ("vary", "Authorization")], r#"{"id":7"#),
    ("GET /notes/versioned", "if-none-match: \"7\"\r\n", 304, "", &[("etag", "\"7\""), ("cache-control", "private, no-cache"), ("vary", "Authorization")], ""),
    ("GET /notes/versioned", "if-none-match: \"6\", W/\"7\"\r\n", 304, "", &[], ""),
    ("GET /notes/versioned", "if-none-match: \"6\"\r\nif-none-match: \"7\"\r\n", 304, "", &[], ""),
    ("GET /notes/versioned", "if-none-match: *\r\n", 304, "", &[], ""),
    ("HEAD /notes/versioned", "if-none-match: \"7\"\r\n", 304, "", &[], ""),
    ("HEAD /notes/versioned", "if-none-match: \"8\"\r\n", 200, JSON, &[("etag", "\"7\"")], ""),
    ("GET /notes/versioned", "if-none-match: \"8\"\r\n", 200, JSON, &[], r#"{"id":7"#),
    ("GET /notes/versioned", "if-none-match: 7\r\n", 400, PROBLEM, &[("etag", "")], r#"{"type":"urn:palisade:problem:malformed""#),
    ("GET /notes/hashed", "", 200, JSON, &[("etag", "\"FNN1Djh9x_weWcpsWbCowg\"")], r#"{"id":7"#),
    ("GET /notes/hashed", "if-none-match: \"FNN1Djh9x_weWcpsWbCowg\"\r\n", 304, "", &[], ""),
    ("GET /notes/same", "", 304, "", &[("etag", "\"7\"")], ""),

    ("PUT /notes/versioned", "if-match: \"7\"\r\n", 204, "", &[("etag", "\"8\"")], ""),
    ("PUT /notes/versioned", "if-match: \"1\", \"7\"\r\n", 204, "", &[], ""),
    ("PUT /notes/versioned", "if-match: *\r\n", 204, "", &[], ""),
    ("PUT /notes/versioned", "if-match: \"6\"\r\n", 412, PROBLEM, &[("etag", "")], r#"{"type":"urn:palisade:problem:precondition-failed""#),
    ("PUT /notes/versioned", "if-match: W/\"7\"\r\n", 412, PROBLEM, &[], ""),
    ("PUT /notes/versioned", "", 428, PROBLEM, &[], r#"{"type":"urn:palisade:problem:precondition-required""#),
    ("PUT /notes/versioned", "if-match: 7\r\n", 400, PROBLEM, &[], r#"{"type":"urn:palisade:problem:malformed""#),
    ("PUT /notes/versioned", "if-match:\r\n", 400, PROBLEM, &[], ""),

    ("PUT /notes/absent", "", 204, "", &[], ""),
    ("PUT /notes/absent", "if-none-match: \"6\"\r\n", 204, "", &[], ""),
    ("PUT /notes/absent", "if-none-match: W/\"7\"\r\n", 412, PROBLEM, &[], ""),
    ("PUT /notes/absent", "if-none-match: *\r\n", 412, PROBLEM, &[], ""),
    ("PUT /notes/absent", "if-none-match: *, \"7\"\r\n", 400, PROBLEM, &[], ""),

    ("GET /notes?limit=5", "", 200, JSON, &[("link", "")], r#"{"items":[{"id":0,"text":""},"#),
    ("GET /notes?limit=5&after=", "", 422, PROBLEM, &[], ""),
    ("GET /notes?limit=5&after=AAAA", "", 400, PROBLEM, &[], r#"{"type":"urn:palisade:problem:cursor""#),
    ("GET /notes?limit=5&after=a%20b", "", 422, PROBLEM, &[], ""),

    ("GET /notes/lines", "", 200, "application/x-ndjson", &[], "{\"id\":7,\"text\":\"a\"}\n{\"id\":7,\"text\":\"b\\n\\u003c\"}\n"),
    ("GET /notes/events", "", 200, "text/event-stream", &[], "event: new\nid: 3\ndata: {\"id\":7,\"text\":\"a\\n\\nb\"}\n\ndata: {\"id\":7,\"text\":\"c\"}\n\n"),
    ("GET /notes/bytes", "", 200, "application/octet-stream", &[("content-disposition", "")], "abcd"),
    ("GET /notes/download?text=../a%0D%0AX:%20y%22%E2%82%AC%E2%80%AE.txt", "", 200, "text/plain; charset=utf-8", &[("content-disposition", "attachment; filename=\"_aX_ y__.txt\"; filename*=UTF-8''_aX_%20y_%E2%82%AC.txt"), ("x", "")], "text"),
    ("GET /notes/table", "", 200, "text/csv; charset=utf-8; header=present", &[("content-disposition", "attachment; filename=\"notes.csv\"")], "id,text\r\n7,'=1+1\r\n7,\"a,b\"\r\n"),
    ("GET /notes/page?text=%22%3E%3Cscript%3E", "", 200, "text/html; charset=utf-8", &[("cache-control", "private, no-cache")], "<p title=\"&quot;&gt;&lt;script&gt;\">&quot;&gt;&lt;script&gt;</p>"),
];

#[tokio::test(flavor = "current_thread")]
async fn every_answer_is_what_the_document_says() {
    let address = served().await;
    let document = document().to_value();
    for (request, headers, status, content_type, expected, body) in ROWS.iter().copied() {
        let came = ask(address, request, headers).await;
        let row = format!("{request} {headers:?} {came:?}");
        assert_eq!(came.status, status, "{row}");
        assert_eq!(came.header("content-type").unwrap_or_default(), content_type, "{row}");
        for (name, value) in expected {
            assert_eq!(came.header(name).unwrap_or_default(), *value, "{name}: {row}");
        }
        assert!(came.body.starts_with(body) && (!body.is_empty() || status >= 400 || came.body.is_empty()), "{row}");
        assert!(!came.body.contains("hunter2"), "{row}");
        assert_eq!(came.end, End::Whole, "{row}");
        assert_safe(&came, &row);
        assert_documented(&document, request, &came, &row);
    }
}

/// What every answer says, whatever it is.
fn assert_safe(came: &Came, row: &str) {
    assert_eq!(came.header("x-content-type-options"), Some("nosniff"), "{row}");
    assert_eq!(came.header("referrer-policy"), Some("no-referrer"), "{row}");
    let is_page = came.header("content-type").is_some_and(|declared| declared.starts_with("text/html"));
    let policy = came.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("frame-ancestors 'none'"), "{row}");
    assert_eq!(policy.contains("'self'"), is_page, "{row}");
    assert!(!policy.contains("unsafe"), "{row}");
    let caching = if came.header("etag").is_some() { "private, no-cache" } else { "no-store" };
    assert_eq!(came.header("cache-control"), Some(caching), "{row}");
}

/// The operation lists the status, its content type, and its header fields as they came.
fn assert_documented(document: &Value, request: &str, came: &Came, row: &str) {
    let (method, target) = request.split_once(' ').expect("a method");
    let method = if method == "HEAD" { "GET" } else { method };
    let path = target.split('?').next().expect("a path");
    let operation = &document["paths"][path][method.to_lowercase()];
    let found = &operation["responses"][came.status.to_string()];
    assert!(found.is_object(), "{row}");
    let component = found["$ref"].as_str().map(|place| place.trim_start_matches('#'));
    let response = component.map_or(found, |place| document.pointer(place).expect("a component"));
    match came.header("content-type") {
        None => assert!(response["content"].is_null(), "{row}"),
        Some(content_type) => {
            let schema = &response["content"][content_type]["schema"];
            assert!(schema.is_object(), "{content_type} is declared: {row}");
            let documents = if content_type.ends_with("json") { came.body.lines() } else { "".lines() };
            for body in documents {
                let body: Value = serde_json::from_str(body).expect("a document");
                assert!(conforms(document, schema, &body), "{schema}: {row}");
            }
        }
    }
    for name in ["location", "etag", "link", "content-disposition"] {
        let declared = response["headers"].as_object().into_iter().flatten();
        let declared = declared.into_iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        match (declared, came.header(name)) {
            (None, None) => {}
            (None, Some(_)) => panic!("{name} is declared: {row}"),
            (Some((_, header)), None) => assert_eq!(header["required"], false, "{name}: {row}"),
            (Some((_, header)), Some(value)) => {
                assert!(conforms(document, &header["schema"], &json!(value)), "{name}: {row}");
            }
        }
    }
}

fn conforms(document: &Value, schema: &Value, value: &Value) -> bool {
    let schema = json!({ "components": document["components"], "allOf": [schema] });
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).expect("a schema").is_valid(value)
}

fn document() -> Document {
    Answers::openapi(
        &Deployment::at("https://api.notes.example")
            .described("production")
            .contact("The notes", "https://notes.example/support")
            .license("MIT", "https://spdx.org/licenses/MIT.html"),
    )
}

#[test]
fn the_document_is_as_reviewed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/answers.json");
    let found = format!("{:#}\n", document().to_value());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &found).expect("the snapshot is written");
    }
    assert!(
        std::fs::read_to_string(path).unwrap_or_default() == found,
        "it differs from {path}: review it with BLESS=1"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn pages_lead_to_the_end() {
    let address = served().await;
    let mut target = "/notes?limit=2".to_owned();
    let mut sizes = Vec::new();
    loop {
        let came = ask(address, &format!("GET {target}"), "").await;
        let body: Value = serde_json::from_str(&came.body).expect("a document");
        sizes.push(body["items"].as_array().expect("items").len());
        let Some(link) = came.header("link") else {
            assert_eq!(body["next"], Value::Null);
            break;
        };
        let next = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).expect("a link");
        assert_eq!(next, format!("?limit=2&after={}", body["next"].as_str().expect("a cursor")));
        target = format!("/notes{next}");
    }
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test(flavor = "current_thread")]
async fn a_cursor_is_good_for_one_caller_of_one_operation() {
    let issuer = TestIssuer::new("https://id.notes.example");
    let address = served_to(&issuer).await;
    let token = |name: &str| format!("authorization: Bearer {}\r\n", issuer.token().subject(name).sign(NOW));
    let next = async |path: &str, headers: &str| {
        let came = ask(address, &format!("GET {path}?limit=2"), headers).await;
        let body: Value = serde_json::from_str(&came.body).expect("a document");
        body["next"].as_str().expect("a cursor").to_owned()
    };
    let (alice, bob) = (token("alice"), token("bob"));
    let rows = [
        (next("/notes/mine", &alice).await, "/notes/mine", &alice, 200),
        (next("/notes/mine", &alice).await, "/notes/mine", &bob, 400),
        (next("/notes/mine", &alice).await, "/notes", &alice, 400),
        (next("/notes", "").await, "/notes/mine", &alice, 400),
        (next("/notes", "").await, "/notes", &String::new(), 200),
    ];
    for (cursor, path, headers, status) in rows {
        let came = ask(address, &format!("GET {path}?limit=2&after={cursor}"), headers).await;
        assert_eq!(came.status, status, "{path} {headers} {came:?}");
    }
}

/// Keeps the errors of answers as lines.
#[derive(Clone, Default)]
struct Errors(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("a line");
    }
}

impl tracing::Subscriber for Errors {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "palisade::respond"
    }

    fn new_span(&self, _span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _span: &tracing::span::Id, _values: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _span: &tracing::span::Id, _follows: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().expect("the lines").push(line.0);
    }

    fn enter(&self, _span: &tracing::span::Id) {}

    fn exit(&self, _span: &tracing::span::Id) {}
}

#[tokio::test(flavor = "current_thread")]
async fn an_answer_that_breaks_its_declaration_is_told_without_its_value() {
    let errors = Errors::default();
    let _subscribed = tracing::subscriber::set_default(errors.clone());
    assert_eq!(ask(served().await, "GET /notes/undeclared", "").await.status, 500);
    let errors = errors.0.lock().expect("the lines");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("ERROR message=an answer breaks its own declaration pointer=/text"), "{errors:?}");
    assert!(errors[0].ends_with("code=\"length\"") && !errors[0].contains("hunter2"), "{errors:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_stream_that_breaks_off_is_no_whole_answer() {
    let came = ask(served().await, "GET /notes/broken", "").await;
    assert_eq!((came.status, came.end), (200, End::Cut));
    assert!(!came.body.contains("\"b\""));
}

#[tokio::test(flavor = "current_thread")]
async fn a_short_key_for_cursors_is_refused() {
    let gate = Gate::builder()
        .bearer(TestIssuer::new("https://id.notes.example").tokens(TestIssuer::AUDIENCE))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .cursor_key(Secret::new(vec![7; 31]))
        .audit(Audit::none("a test"))
        .build::<Answers>()
        .await;
    assert!(gate.unwrap_err().to_string().contains("`.cursor_key(..)` of 32 random bytes"));
}
