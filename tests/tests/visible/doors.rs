//! What not everybody may write is refused at every door, however it is spelled.

use palisade::prelude::*;
use serde::Deserialize;

#[path = "../shop/client.rs"]
#[expect(dead_code, reason = "the shop asks for more")]
pub(crate) mod client;

use client::Ask;

use crate::policy::Role;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(alias = "cost")]
    #[secure(writable(role = Role::Support))]
    price: Option<u8>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Deep {
    #[secure(style = deep_object)]
    inner: Option<Given>,
    #[secure(writable(role = Role::Support), length(max = 3))]
    list: Option<Vec<u8>>,
}

#[derive(Deserialize, Secure)]
#[secure(ignore_unknown = "a test")]
struct Flat {
    #[serde(flatten)]
    given: Text,
}

#[derive(Deserialize, Secure)]
#[secure(ignore_unknown = "a test")]
struct Text {
    #[secure(writable(role = Role::Support), length(max = 9))]
    price: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Many {
    #[secure(length(max = 2), keys(length(max = 9)))]
    map: std::collections::BTreeMap<String, Vec1>,
    one: Option<Box<Either>>,
}

#[derive(Deserialize, Secure)]
struct Vec1(#[secure(length(max = 2))] Vec<Given>);

#[derive(Deserialize, Secure)]
#[serde(tag = "t")]
#[secure(ignore_unknown = "a test")]
enum Either {
    Newtype(Given),
    Object {
        #[secure(writable(role = Role::Support))]
        price: Option<u8>,
    },
}

macro_rules! door {
    ($name:ident $path:literal $input:ty) => {
        #[secure(post = $path, public = "a test", rate = "1000000/min per ip")]
        async fn $name(_given: $input) -> NoContent {
            NoContent
        }
    };
}

door!(json "/json" Json<Given>);
door!(many "/many" Json<Many>);
door!(form "/form" Form<Given>);
door!(deep "/deep" Form<Deep>);
door!(flat "/flat" Form<Flat>);
door!(query "/query" Query<Deep>);
door!(headers "/headers" Headers<Given>);
door!(cookies "/cookies" Cookies<Given>);
door!(multipart "/multipart" Multipart<Given>);

#[secure(post = "/lines", public = "a test", rate = "1000000/min per ip")]
async fn lines(mut lines: Ndjson<Given, 3>) -> Result<NoContent, Problem> {
    while let Some(line) = lines.next().await {
        line?;
    }
    Ok(NoContent)
}

/// A request that is one type.
#[secure(post = "/whole", public = "a test", rate = "1000000/min per ip")]
struct WholeRequest {
    #[secure(query, writable(role = Role::Support))]
    asked: Option<u8>,
    #[secure(header = "X-Price", writable(role = Role::Support))]
    header: Option<u8>,
    #[secure(cookie, writable(role = Role::Support))]
    cookie: Option<u8>,
    #[secure(body)]
    body: Given,
}

impl Handle for WholeRequest {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        let Self { asked, header, cookie, body } = self;
        assert!(asked.or(header).or(cookie).or(body.price).is_none());
        NoContent
    }
}

#[secure(
    title = "Doors",
    version = "1.0.0",
    roles = Role,
    endpoints(json, many, form, deep, flat, query, headers, cookies, multipart, lines, WholeRequest)
)]
struct Doors;

#[tokio::test]
async fn what_may_not_be_written_is_refused_at_every_door() {
    let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Doors::application(gate.build().await.unwrap());
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));

    let typed = |target: &str, media_type: &str, body: &str| {
        Ask::new("POST", target).header("content-type", media_type).body(body)
    };
    let form = |target: &str, body: &str| typed(target, "application/x-www-form-urlencoded", body);
    let json = |target: &str, body: &str| typed(target, "application/json", body);
    let parts = |name: &str| {
        let body = format!("--B\r\ncontent-disposition: form-data; name={name}\r\n\r\n1\r\n--B--\r\n");
        typed("/multipart", "multipart/form-data; boundary=B", &body)
    };
    let whole = |target: &str| json(target, "{}");
    let rows: Vec<(Ask, &[&str])> = vec![
        (json("/json", r#"{"price":1}"#), &["body /price not_writable"]),
        (json("/json", r#"{"cost":1}"#), &["body /price not_writable"]),
        (json("/json", r#"{"price":null}"#), &[]),
        (json("/many", r#"{"map":{"a":[{},{"cost":1}]}}"#), &["body /map/a/1/price not_writable"]),
        (json("/many", r#"{"map":{},"one":{"t":"Newtype","price":1}}"#), &["body /one/price not_writable"]),
        (json("/many", r#"{"map":{},"one":{"t":"Object","price":1}}"#), &["body /one/price not_writable"]),
        (form("/form", "price=1"), &["body /price not_writable"]),
        (form("/form", "%63ost=1"), &["body /price not_writable"]),
        (form("/deep", "inner[price]=1"), &["body /inner/price not_writable"]),
        (form("/deep", "inner%5Bcost%5D=1&list=2"), &["body /inner/price not_writable", "body /list not_writable"]),
        (form("/deep", ""), &[]),
        (form("/flat", "price=1&x=2"), &["body /price not_writable"]),
        (
            Ask::new("POST", "/query?inner[price]=1&list=1"),
            &["query /inner/price not_writable", "query /list not_writable"],
        ),
        (Ask::new("POST", "/headers").header("price", "1"), &["header /price not_writable"]),
        (Ask::new("POST", "/headers").header("COST", "1"), &["header /price not_writable"]),
        (Ask::new("POST", "/cookies").header("cookie", "price=1"), &["cookie /price not_writable"]),
        (parts("price"), &["body /price not_writable"]),
        (parts("cost"), &["body /price not_writable"]),
        (typed("/lines", "application/x-ndjson", "{}\n{\"cost\":1}"), &["body /price not_writable"]),
        (whole("/whole"), &[]),
        (whole("/whole?asked=1"), &["query /asked not_writable"]),
        (whole("/whole").header("x-price", "1"), &["header /X-Price not_writable"]),
        (whole("/whole").header("cookie", "cookie=1"), &["cookie /cookie not_writable"]),
        (json("/whole", r#"{"cost":1}"#), &["body /price not_writable"]),
    ];
    for (ask, expected) in rows {
        let what = format!("{ask:?}");
        let answer = ask.send(address).await;
        let status = if expected.is_empty() { 204 } else { 422 };
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        if !expected.is_empty() {
            assert_eq!(answer.violations(), expected, "{what}: {}", answer.body);
        }
    }
}
