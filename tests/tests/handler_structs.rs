//! A whole request as one type, over a real socket: what is wrong with any part of it comes in one answer, in source order.

#[expect(dead_code, reason = "the shop asks its client for more")]
#[path = "shop/client.rs"]
mod client;

use std::net::SocketAddr;

use client::Ask;
use palisade::{
    prelude::*,
    respond::Created,
    testing::{FakeClock, TestIssuer},
    value::{Findings, Invariant, Source},
};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

const NOW: u64 = 1_800_000_000;
/// Stands where a request is wrong. It must come back nowhere.
const CANARY: &str = "kanarienvogel";

/// Where orders are kept: there are those of alice.
#[derive(Debug, Clone)]
struct Orders;

#[derive(Debug)]
struct Order {
    id: u32,
}

impl Object for Order {
    type Id = u32;
    type Store = Orders;

    async fn load(id: u32, _orders: &Orders) -> Result<Option<Self>, Outage> {
        Ok((id < 10).then_some(Self { id }))
    }

    fn rule(&self, caller: &Caller, _action: Action) -> Decision {
        Decision::allow_if(caller.subject() == "alice")
    }
}

/// The number of a line.
#[derive(Debug, Deserialize, Secure)]
struct LineNumber(#[secure(range(min = 1, max = 99))] u8);

/// What is ordered.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewLine {
    #[secure(trim, pattern("[A-Z]{3}"))]
    sku: String,
    #[secure(range(min = 1, max = 9))]
    how_many: u8,
}

/// A line of an order.
#[derive(Debug, Serialize, Secure)]
#[secure(output)]
struct Line {
    order: u32,
    number: u8,
    #[secure(length(max = 3))]
    sku: String,
    #[secure(length(max = 64))]
    note: Option<String>,
}

static SMALL: Invariant = Invariant::new("small", "must be a dry run first, when it is more than a few");
const FEW: u8 = 5;

/// Adds a line to an order.
///
/// Or says what would come of it.
#[secure(
    put = "/orders/{id}/lines/{number}",
    rate = "600/min per caller",
    auth = "oauth2",
    object(id: Order),
    open(number, "a line is the order's, whoever counts them"),
    check = AddLine::is_small
)]
#[serde(rename_all = "camelCase")]
#[derive(Debug)]
struct AddLine {
    caller: Caller,
    #[secure(query = "note", trim, length(max = 64), required_if(FEW < line.how_many))]
    remark: Option<String>,
    order: Authorized<Order>,
    /// Whether nothing is kept.
    #[secure(query)]
    dry_run: Option<bool>,
    #[secure(path)]
    number: LineNumber,
    #[secure(body)]
    line: NewLine,
    #[secure(query, range(max = 100), excluded_with(remark), required_if(order.id == 7))]
    #[serde(default)]
    discount: Option<u8>,
}

impl AddLine {
    fn is_small(&self, findings: &mut Findings<'_>) {
        if FEW < self.line.how_many && self.dry_run != Some(true) {
            findings.within(Source::Query).refuse("dryRun", &SMALL);
            findings.refuse("howMany", &SMALL);
        }
    }
}

impl Handle for AddLine {
    type Answer = Result<Created<Json<Line>>, Problem>;

    async fn handle(self) -> Self::Answer {
        assert_eq!(self.caller.subject(), "alice");
        let Self { order, number, line, remark, .. } = self;
        let line = Line { order: order.id, number: number.0, sku: line.sku, note: remark };
        Ok(Created::at(format!("/orders/{}/lines/{}", line.order, line.number), Json(line)))
    }
}

/// Finds lines of orders.
#[secure(get = "/lines", auth = "oauth2", rate = "600/min per caller")]
struct FindLines {
    #[secure(cookie = "session", length(min = 8, max = 64), sensitive)]
    session: Option<String>,
    #[secure(query, length(max = 3), each(pattern("[A-Z]{3}")))]
    sku: Vec<String>,
    /// Given again, so that nobody counts twice.
    #[secure(header, length(max = 64), required_if(session.is_none()))]
    idempotency_key: Option<String>,
    #[secure(header = "X-Page-Size", range(max = 100), less_than(longest))]
    page_size: u8,
    #[secure(query)]
    longest: u8,
}

impl Handle for FindLines {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        assert!(self.session.is_some() || self.idempotency_key.is_some());
        assert!(self.sku.len() <= 3 && self.page_size < self.longest);
        NoContent
    }
}

/// Says that it is there.
#[secure(get = "/health", public = "a liveness probe", rate = "600/min per ip")]
struct Health {}

impl Handle for Health {
    type Answer = NoContent;

    async fn handle(self) -> NoContent {
        NoContent
    }
}

/// Orders with lines.
#[secure(title = "Orders", version = "1.0.0", auth(oauth2), endpoints(AddLine, FindLines, Health))]
struct Lines;

const BODY: &str = r#"{"sku":"ABC","howMany":2}"#;

fn put(target: &str, body: &str) -> Ask {
    Ask::new("PUT", target).json(body)
}

async fn serve() -> (SocketAddr, TestIssuer) {
    let issuer = TestIssuer::new("https://id.orders.example");
    let gate = Gate::builder()
        .bearer(issuer.tokens("https://api.orders.example"))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"))
        .clock(FakeClock::at(NOW))
        .build()
        .await
        .expect("the gate opens");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app: axum::Router = Lines::application(gate).with_state(Orders);
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
    (address, issuer)
}

#[tokio::test(flavor = "current_thread")]
async fn everything_wrong_with_a_request_comes_in_one_answer_in_source_order() {
    let (address, issuer) = serve().await;
    let token = |subject: &str| issuer.token().audience("https://api.orders.example").subject(subject).sign(NOW);
    let rows: &[(&str, Ask, u16, &[&str])] = &[
        ("nothing is wrong", put("/orders/1/lines/1?note=soon&dryRun=false", BODY), 201, &[]),
        ("what is optional is left out", put("/orders/1/lines/1", BODY), 201, &[]),
        (
            "each part",
            put(
                &format!("/orders/1/lines/100?dryRun={CANARY}&{CANARY}=1&note={}", "n".repeat(65)),
                r#"{"sku":"kanarienvogel","x":1}"#,
            ),
            422,
            &[
                "query /note length",
                "query /dryRun type",
                "path /number range",
                "body /sku pattern",
                "body /howMany missing",
                "body /x unknown",
                "query /kanarienvogel unknown",
            ],
        ),
        ("one part alone", put("/orders/1/lines/x", BODY), 422, &["path /number type"]),
        ("twice", put("/orders/1/lines/1?dryRun=true&dryRun=true", BODY), 422, &["query /dryRun duplicate"]),
        (
            "a rule between fields of one part",
            put("/orders/1/lines/1?note=a&discount=1", BODY),
            422,
            &["query /discount excluded_with"],
        ),
        (
            "a rule between parts",
            put("/orders/1/lines/1?dryRun=true", r#"{"sku":"ABC","howMany":6}"#),
            422,
            &["query /note required_if"],
        ),
        ("a rule that asks the object", put("/orders/7/lines/1", BODY), 422, &["query /discount required_if"]),
        (
            "rules between parts, in source order",
            put("/orders/7/lines/1", r#"{"sku":"ABC","howMany":6}"#),
            422,
            &["query /note required_if", "query /discount required_if"],
        ),
        (
            "a function that sees it all",
            put("/orders/1/lines/1?note=a", r#"{"sku":"ABC","howMany":6}"#),
            422,
            &["query /dryRun small", "body /howMany small"],
        ),
        ("no object", put("/orders/11/lines/1", BODY), 404, &[]),
        ("no body", Ask::new("PUT", "/orders/1/lines/1?dryRun=1"), 415, &[]),
    ];
    for (what, ask, status, violations) in rows {
        let answer = ask.clone().bearer(&token("alice")).send(address).await;
        let found = answer.violations();
        assert_eq!((answer.status, found), (*status, violations.iter().map(ToString::to_string).collect()), "{what}");
        if *status != 201 {
            let told = answer.body.replace("/kanarienvogel", "");
            assert!(!told.contains(CANARY), "{what}: {told}");
        }
    }
    let page = |size: &str| Ask::new("GET", "/lines?sku=ABC&sku=DEF&longest=50").header("x-page-size", size);
    let rows: &[(&str, Ask, u16, &[&str])] = &[
        ("a header", page("20").header("idempotency-key", "1"), 204, &[]),
        ("a cookie", page("20").header("cookie", "session=12345678; theme=dark"), 204, &[]),
        (
            "each part",
            Ask::new("GET", "/lines?sku=abc&sku=ABC&kanarienvogel=1")
                .header("cookie", "session=kanari")
                .header("idempotency-key", &"k".repeat(65)),
            422,
            &[
                "cookie /session length",
                "query /sku/0 pattern",
                "header /idempotency-key length",
                "header /X-Page-Size missing",
                "query /longest missing",
                "query /kanarienvogel unknown",
            ],
        ),
        ("what is absent from two parts", page("20"), 422, &["header /idempotency-key required_if"]),
        ("a header and the query", page("50").header("idempotency-key", "1"), 422, &["header /X-Page-Size less_than"]),
    ];
    for (what, ask, status, violations) in rows {
        let answer = ask.clone().bearer(&token("alice")).send(address).await;
        let found = if answer.body.is_empty() { Vec::new() } else { answer.violations() };
        assert_eq!((answer.status, found), (*status, violations.iter().map(ToString::to_string).collect()), "{what}");
        assert!(!answer.body.replace("/kanarienvogel", "").contains("kanari"), "{what}: {}", answer.body);
    }
    let denied = put("/orders/1/lines/1", BODY).bearer(&token("mallory")).send(address).await;
    assert_eq!(denied.status, 404);
    assert_eq!(put("/orders/1/lines/1", BODY).send(address).await.status, 401);
    assert_eq!(Ask::new("GET", "/health").send(address).await.status, 204);
    assert_eq!(Ask::new("GET", "/health?x=1").send(address).await.status, 422);
}

#[test]
fn the_document_has_its_parameters_and_its_body() {
    let document = Lines::openapi(&Deployment::at("https://api.orders.example")).to_value();
    let operation = &document["paths"]["/orders/{id}/lines/{number}"]["put"];
    assert_eq!(operation["operationId"], "add_line");
    assert_eq!(operation["summary"], "Adds a line to an order.");
    let parameters = operation["parameters"].as_array().expect("parameters");
    let told: Vec<String> =
        parameters.iter().map(|one| format!("{} {} {}", one["in"], one["name"], one["required"])).collect();
    assert_eq!(
        told.join(", ").replace('"', ""),
        "path id true, query discount false, query dryRun false, query note false, path number true"
    );
    assert_eq!(parameters[2]["description"], "Whether nothing is kept.");
    assert_eq!(parameters[3]["schema"]["maxLength"], 64);
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(body["$ref"], "#/components/schemas/NewLine");
    assert_eq!(document["paths"]["/health"]["get"]["operationId"], "health");
}

#[tokio::test(flavor = "current_thread")]
async fn a_request_is_made_and_handled_without_a_gate() {
    assert_eq!(Health {}.handle().await, NoContent);
}
