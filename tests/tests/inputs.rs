//! Every source of input, through a socket and both protocols: what enters, and how each defect is refused.

use std::net::SocketAddr;

use palisade::{
    input::{Bytes, Text},
    prelude::*,
};
use tokio::net::TcpListener;

#[path = "inputs/document.rs"]
mod document;
#[path = "inputs/start.rs"]
mod start;
#[path = "inputs/wire.rs"]
mod wire;

use wire::{Ask, get, post};

/// Stands where a request is wrong. It must come back nowhere.
const CANARY: &str = "kanarienvogel";
const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Debug, PartialEq, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Search {
    #[secure(range(min = 1, max = 100))]
    limit: Option<u8>,
    #[secure(length(min = 1, max = 8))]
    title: Option<String>,
    exact: Option<bool>,
    #[serde(default)]
    #[secure(length(max = 3), each(length(min = 1, max = 4)))]
    tag: Vec<String>,
    #[secure(style = comma_separated, length(max = 3))]
    order_ids: Option<Vec<u32>>,
    #[secure(style = deep_object)]
    filter: Option<Filter>,
}

#[derive(Debug, PartialEq, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Filter {
    #[secure(one_of(["open", "shipped"]))]
    status: String,
    #[secure(length(max = 2), each(length(max = 4)))]
    owner: Option<Vec<String>>,
    #[secure(style = deep_object)]
    total: Option<Between>,
}

#[derive(Debug, PartialEq, serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Between {
    from: u16,
    to: Option<u16>,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(rename = "X-Attempt")]
    #[secure(range(max = 9))]
    attempt: u8,
    #[serde(rename = "X-Note")]
    #[secure(length(min = 1, max = 8))]
    note: Option<String>,
    #[serde(rename = "X-Feature")]
    #[secure(length(max = 2), each(length(max = 4)))]
    features: Option<Vec<String>>,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Crumbs {
    #[secure(one_of(["light", "dark"]))]
    theme: String,
    visits: Option<u32>,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Place {
    #[secure(pattern("[A-Z]{3}"))]
    code: String,
    number: u8,
}

#[secure(get = "/query", public = "a test", rate = "100000/min per ip")]
async fn query(_search: Query<Search>) -> NoContent {
    NoContent
}

#[secure(post = "/form", public = "a test", rate = "100000/min per ip")]
async fn form(_search: Form<Search>) -> NoContent {
    NoContent
}

#[secure(post = "/json", public = "a test", rate = "100000/min per ip")]
async fn json(_between: Json<Between>) -> NoContent {
    NoContent
}

#[secure(get = "/fields", public = "a test", rate = "100000/min per ip")]
async fn fields(_fields: Headers<Fields>) -> NoContent {
    NoContent
}

#[secure(get = "/crumbs", public = "a test", rate = "100000/min per ip")]
async fn crumbs(_crumbs: Cookies<Crumbs>) -> NoContent {
    NoContent
}

#[secure(
    get = "/place/{code}/{number}",
    open(code, "a test"),
    open(number, "a test"),
    public = "a test",
    rate = "100000/min per ip"
)]
async fn place(_place: Path<Place>) -> NoContent {
    NoContent
}

#[secure(post = "/text", public = "a test", rate = "100000/min per ip")]
async fn text(_text: Text<8>) -> NoContent {
    NoContent
}

#[secure(post = "/octets", public = "a test", rate = "100000/min per ip")]
async fn octets(_octets: Bytes<8>) -> NoContent {
    NoContent
}

#[secure(
    post = "/all/{code}/{number}",
    open(code, "a test"),
    open(number, "a test"),
    public = "a test",
    rate = "100000/min per ip"
)]
async fn all(
    _place: Path<Place>,
    _search: Query<Search>,
    _fields: Headers<Fields>,
    _crumbs: Cookies<Crumbs>,
    _between: Form<Between>,
) -> NoContent {
    NoContent
}

#[secure(title = "Inputs", version = "1.0.0", endpoints(query, form, json, fields, crumbs, place, text, octets, all))]
struct Inputs;

async fn serve() -> SocketAddr {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(palisade::axum::serve(listener, Inputs::router(gate), std::future::pending()));
    address
}

/// Sends each request over both protocols. What is expected of one that enters is nothing.
async fn check(rows: Vec<(&str, Ask, u16, &str)>) {
    let address = serve().await;
    for (what, ask, status, problem) in rows {
        let first = ask.over_http_1(address).await;
        assert_eq!((first.status, first.problem().as_str()), (status, problem), "{what}: {ask:?}");
        assert!(!first.body.contains(CANARY), "{what}: {first:?}");
        if let Some(second) = ask.over_http_2(address).await {
            assert_eq!(second, first, "{what}: {ask:?}");
        }
    }
}

#[tokio::test]
async fn what_is_sound_enters() {
    let search = |query: &str| get(format!("/query?{query}"));
    let forms = |body: &str| post("/form", FORM, body);
    let rows = |ask: &dyn Fn(&str) -> Ask| {
        [
            "limit=100&title=boots&exact=true",
            "",
            "&&limit=1&",
            "title=a+b%20c",
            "title=%E2%82%AC%E2%82%AC",
            "title=%2525",
            "tag=a&limit=1&tag=b&tag=c",
            "orderIds=1,2,3",
            "filter%5Bstatus%5D=open",
            "filter[status]=open&filter[owner]=a&filter[owner]=b&filter[total][from]=1",
        ]
        .map(|text| ("sound", ask(text), 204, ""))
    };
    check(rows(&search).into_iter().chain(rows(&forms)).collect()).await;
    check(vec![
        ("JSON", post("/json", "application/json", r#"{"from":1}"#), 204, ""),
        ("a charset", post("/form", "application/x-www-form-urlencoded;charset=UTF-8", "limit=1"), 204, ""),
        ("header fields", get("/fields").header("x-attempt", "1").header("X-NOTE", "a, b"), 204, ""),
        ("two in one", get("/fields").header("x-attempt", "1").header("x-feature", "a,, b ,"), 204, ""),
        (
            "one in two",
            get("/fields").header("x-attempt", "1").header("x-feature", "a").header("x-feature", "b"),
            204,
            "",
        ),
        ("others", get("/fields").header("x-attempt", "1").header("x-other", "\u{e9}"), 204, ""),
        ("a cookie", get("/crumbs").header("cookie", "theme=dark"), 204, ""),
        ("cookies", get("/crumbs").header("cookie", "a={\"b\":[1, 2]}; theme=dark; Theme=; visits=3; x=a=b"), 204, ""),
        ("a place", get("/place/EUR/7"), 204, ""),
        ("text", post("/text", "text/plain; charset=utf-8", "\u{20ac}\u{20ac}"), 204, ""),
        ("no text", post("/text", "text/plain", ""), 204, ""),
        ("octets", post("/octets", "application/octet-stream", b"\0\xff".to_vec()), 204, ""),
        (
            "everything",
            post("/all/EUR/7?limit=1", FORM, "from=1").header("x-attempt", "1").header("cookie", "theme=dark"),
            204,
            "",
        ),
    ])
    .await;
}

/// Each defect of a text of names and texts, wherever it stands.
fn defects() -> Vec<(&'static str, String, u16, &'static str)> {
    let row = |what, text: &str, status, problem| (what, text.to_owned(), status, problem);
    let many = |count: usize| vec!["tag=a"; count].join("&");
    vec![
        row("an empty number", "limit=", 422, "/limit type"),
        row("an empty number, without =", "limit", 422, "/limit type"),
        row("an empty text", "title=", 422, "/title length"),
        row("an empty truth value", "exact=", 422, "/exact type"),
        row("another truth value", "exact=1", 422, "/exact type"),
        row("a sign", "limit=%2B1", 422, "/limit type"),
        row("a space", "limit=+1", 422, "/limit type"),
        row("a leading zero", "limit=01", 422, "/limit type"),
        row("a fraction", "limit=1.0", 422, "/limit type"),
        row("out of range", "limit=101", 422, "/limit range"),
        row("beyond the type", "limit=256", 422, "/limit range"),
        row("too long", "title=kanarienvogel", 422, "/title length"),
        row("still encoded", "title=%2565%2565%2565", 422, "/title length"),
        row("unknown", "kanarie=kanarienvogel", 422, "/kanarie unknown"),
        row("in another case", "Limit=1", 422, "/Limit unknown"),
        row("in brackets", "limit[]=1", 422, "/limit[] unknown"),
        row("said twice", "limit=1&limit=1", 422, "/limit duplicate"),
        row("said twice, once encoded", "limit=1&%6cimit=kanarienvogel", 422, "/limit duplicate"),
        row("too many items", &many(4), 422, "/tag length"),
        row("an empty item", "tag=a&tag=", 422, "/tag/1 length"),
        row("a long item", "tag=abcde", 422, "/tag/0 length"),
        row("too many between commas", "orderIds=1,2,3,4", 422, "/orderIds length"),
        row("an empty list", "orderIds=", 422, "/orderIds/0 type"),
        row("nothing behind a comma", "orderIds=1,", 422, "/orderIds/1 type"),
        row("a comma that is encoded", "orderIds=1%2C2", 422, "/orderIds/0 type"),
        row("a list said twice", "orderIds=1&orderIds=2", 422, "/orderIds duplicate"),
        row("an object without its members", "filter=open", 422, "/filter type"),
        row("an object without a member", "filter[owner]=a", 422, "/filter/status missing"),
        row("a member it does not know", "filter[status]=open&filter[x]=1", 422, "/filter/x unknown"),
        row("a member said twice", "filter[status]=open&filter[status]=open", 422, "/filter/status duplicate"),
        row("a member that is wrong", "filter[status]=lost", 422, "/filter/status one_of"),
        row("an object and a text", "filter[status]=open&filter=a", 422, "/filter duplicate"),
        row("deeper", "filter[status]=open&filter[total][from]=x", 422, "/filter/total/from type"),
        row("deeper than it goes", "filter[status]=open&filter[status][x]=1", 422, "/filter/status[x] unknown"),
        row("a bracket that is left open", "filter[status=open", 422, "/filter[status unknown"),
        row("half an escape", "title=%", 400, "malformed"),
        row("no digits", "title=%zz", 400, "malformed"),
        row("a broken name", "%zz=1", 400, "malformed"),
        row("NUL", "title=a%00b", 400, "malformed"),
        row("NUL in a name", "a%00b=1", 400, "malformed"),
        row("no UTF-8", "title=%ff", 400, "malformed"),
        row("an overlong slash", "title=%C0%AF", 400, "malformed"),
        row("an overlong NUL", "title=%C0%80", 400, "malformed"),
        row("a surrogate", "title=%ED%A0%80", 400, "malformed"),
        row("beyond Unicode", "title=%F4%90%80%80", 400, "malformed"),
        row("far too many items", &many(100), 400, "malformed"),
        row("far too many commas", &format!("orderIds={}", vec!["1"; 200].join(",")), 400, "malformed"),
        row("far too many names", &(0..50).map(|at| format!("x{at}=1&")).collect::<String>(), 400, "malformed"),
    ]
}

#[tokio::test]
async fn each_defect_of_a_query_and_of_a_form_is_refused() {
    let rows: Vec<_> = defects();
    let placed = |place: &str, problem: &str| {
        if problem.starts_with('/') { format!("{place} {problem}") } else { problem.to_owned() }
    };
    let queries: Vec<_> = rows.iter().map(|row| placed("query", row.3)).collect();
    let bodies: Vec<_> = rows.iter().map(|row| placed("body", row.3)).collect();
    let mut all = Vec::new();
    for ((what, text, status, _), (query, body)) in rows.iter().zip(queries.iter().zip(&bodies)) {
        all.push((*what, get(format!("/query?{text}")), *status, query.as_str()));
        all.push((*what, post("/form", FORM, text.as_str()), *status, body.as_str()));
    }
    check(all).await;
}

#[tokio::test]
async fn each_defect_of_header_fields_is_refused() {
    let first = || get("/fields").header("x-attempt", "1");
    check(vec![
        ("absent", get("/fields"), 422, "header /X-Attempt missing"),
        ("empty", get("/fields").header("x-attempt", ""), 422, "header /X-Attempt type"),
        ("another type", get("/fields").header("x-attempt", CANARY), 422, "header /X-Attempt type"),
        ("out of range", get("/fields").header("x-attempt", "10"), 422, "header /X-Attempt range"),
        ("said twice", first().header("X-Attempt", "1"), 422, "header /X-Attempt duplicate"),
        ("a list that is none", get("/fields").header("x-attempt", "1, 1"), 422, "header /X-Attempt type"),
        ("an empty text", first().header("x-note", ""), 422, "header /X-Note length"),
        ("too long", first().header("x-note", CANARY), 422, "header /X-Note length"),
        (
            "too many items",
            first().header("x-feature", "a,b").header("x-feature", "c"),
            422,
            "header /X-Feature length",
        ),
        ("a long item", first().header("x-feature", "a,abcde"), 422, "header /X-Feature/1 length"),
        ("no ASCII", first().header("x-note", "\u{e9}"), 400, "malformed"),
        ("no UTF-8", first().header("x-note", b"\xff"), 400, "malformed"),
        ("a tab", first().header("x-note", "a\tb"), 400, "malformed"),
    ])
    .await;
}

#[tokio::test]
async fn each_defect_of_cookies_is_refused() {
    let crumbs = |cookies: &str| get("/crumbs").header("cookie", cookies);
    check(vec![
        ("absent", get("/crumbs"), 422, "cookie /theme missing"),
        ("another", crumbs("a=b"), 422, "cookie /theme missing"),
        ("in another case", crumbs("Theme=dark"), 422, "cookie /theme missing"),
        ("empty", crumbs("theme="), 422, "cookie /theme one_of"),
        ("in quotes", crumbs("theme=\"dark\""), 422, "cookie /theme one_of"),
        ("still encoded", crumbs("theme=%64ark"), 422, "cookie /theme one_of"),
        ("another type", crumbs("theme=dark; visits=kanarienvogel"), 422, "cookie /visits type"),
        ("said twice", crumbs("theme=dark; theme=dark"), 422, "cookie /theme duplicate"),
        ("no pair", crumbs("theme"), 400, "malformed"),
        ("nothing", crumbs(""), 400, "malformed"),
        ("no name", crumbs("=dark; theme=dark"), 400, "malformed"),
        ("a name with a space", crumbs("a b=dark; theme=dark"), 400, "malformed"),
        ("nothing behind the end", crumbs("theme=dark;"), 400, "malformed"),
        ("no space between", crumbs("theme=dark;visits=1"), 400, "malformed"),
        ("quotes that are left open", crumbs("a=\"b; theme=dark; c=d\""), 400, "malformed"),
        ("a comma", crumbs("theme=dark,visits=1"), 400, "malformed"),
        ("a backslash", crumbs("theme=da\\rk"), 400, "malformed"),
        ("no ASCII", crumbs("theme=\u{e9}"), 400, "malformed"),
        ("no ASCII, in another", crumbs("a=\u{e9}; theme=dark"), 400, "malformed"),
    ])
    .await;
}

#[tokio::test]
async fn only_http_2_may_divide_cookies() {
    let address = serve().await;
    let divided = get("/crumbs").header("cookie", "theme=dark").header("cookie", "visits=1");
    assert_eq!(divided.over_http_1(address).await.status, 400);
    assert_eq!(divided.over_http_2(address).await.map(|told| told.status), Some(204));
    let twice = get("/crumbs").header("cookie", "theme=dark").header("cookie", "theme=dark");
    let told = twice.over_http_2(address).await.expect("an answer");
    assert_eq!(told.problem(), "cookie /theme duplicate");
}

#[tokio::test]
async fn each_defect_of_a_path_is_refused() {
    check(vec![
        ("another form", get("/place/kanarienvogel/7"), 422, "path /code pattern"),
        ("another type", get("/place/EUR/x"), 422, "path /number type"),
        ("beyond the type", get("/place/EUR/256"), 422, "path /number range"),
        ("no UTF-8", get("/place/%ff/7"), 404, "not-found"),
        ("NUL", get("/place/EUR%00/7"), 404, "not-found"),
        ("a plus is no space", get("/place/E+R/7"), 422, "path /code pattern"),
    ])
    .await;
}

#[tokio::test]
async fn each_defect_of_a_body_is_refused() {
    let types = [
        ("/form", FORM, "limit=1"),
        ("/text", "text/plain", "a"),
        ("/octets", "application/octet-stream", "a"),
        ("/json", "application/json", "{\"from\":1}"),
    ];
    let mut rows = Vec::new();
    for (target, content_type, body) in types {
        let typed = |content_type: &str| post(target, content_type, body);
        rows.extend([
            ("no type", typed(""), 415, "content-type"),
            ("another type", typed("application/kanarienvogel"), 415, "content-type"),
            ("many types", typed(&format!("{content_type}, {content_type}")), 415, "content-type"),
            ("two types", typed(content_type).header("content-type", content_type), 415, "content-type"),
            ("another charset", typed(&format!("{content_type}; charset=iso-8859-1")), 415, "content-type"),
            ("a parameter", typed(&format!("{content_type}; a=b")), 415, "content-type"),
            (
                "a charset said twice",
                typed(&format!("{content_type}; charset=utf-8; charset=utf-8")),
                415,
                "content-type",
            ),
            ("compressed", typed(content_type).header("content-encoding", "gzip"), 415, "content-type"),
            ("too large", post(target, content_type, vec![b'1'; 20_000]), 413, "too-large"),
        ]);
    }
    rows.extend([
        ("a charset for octets", post("/octets", "application/octet-stream; charset=utf-8", "a"), 415, "content-type"),
        ("nine octets", post("/octets", "application/octet-stream", "123456789"), 413, "too-large"),
        ("nine bytes", post("/text", "text/plain", "123456789"), 413, "too-large"),
        ("no UTF-8", post("/text", "text/plain", b"\xff".to_vec()), 400, "malformed"),
        ("overlong", post("/text", "text/plain", b"\xc0\x80".to_vec()), 400, "malformed"),
        ("NUL", post("/text", "text/plain", "a\0b"), 400, "malformed"),
        ("a raw byte in a form", post("/form", FORM, b"title=\xff".to_vec()), 400, "malformed"),
        ("a raw NUL in a form", post("/form", FORM, "title=a\0b"), 400, "malformed"),
    ]);
    check(rows).await;
}

#[tokio::test]
async fn one_answer_names_what_is_wrong_in_every_source() {
    let ask = post("/all/kanarienvogel/x?limit=&kanarie=1", FORM, "from=kanarienvogel&to=65536")
        .header("x-attempt", CANARY)
        .header("cookie", "theme=kanarienvogel");
    let wrong = "path /code pattern, path /number type, query /limit type, query /kanarie unknown, \
                 header /X-Attempt type, cookie /theme one_of, body /from type, body /to range";
    check(vec![("everything", ask, 422, wrong)]).await;
}
