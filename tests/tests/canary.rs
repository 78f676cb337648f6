//! A secret in every place that a request can hold: what is said of it never holds the secret.

mod canary {
    pub(crate) mod positions;
}
#[expect(dead_code, reason = "other tests ask the rows for more")]
mod rule_rows;

use std::{
    fmt::{Debug, Write},
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{body::Body, extract::ConnectInfo};
use canary::positions::{Confidential, ConfidentialWord, Everything, Word, documents};
use http::Request;
use http_body_util::BodyExt;
use palisade::{
    Outage,
    prelude::*,
    testing::{FakeClock, TestIssuer},
    value::{Findings, Input, Invariant, NotVerified, Report, Verified, Verify, examine, from_json, from_texts},
};
use rule_rows::TEXTS;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tower::ServiceExt;
use tracing::{Event, Metadata, Subscriber, field, span};

const SECRET: &str = "hunter2-canary";

/// Texts with the secret in them, which break different rules.
fn secrets() -> Vec<String> {
    let wrapped =
        ["{}", " {}\u{202e}\n", "https://{}@{}.example/{}?{}#{}", "{}@{}", "<script>{}</script>", "\"{}\"", "{}é日"];
    let mut secrets: Vec<String> = wrapped.iter().map(|form| form.replace("{}", SECRET)).collect();
    secrets.push(format!("{SECRET} ").repeat(90_000));
    secrets
}

/// Everything that can be said of a report.
fn said(report: &Report) -> String {
    let mut said = format!("{report} {report:?} {report:#?} {}", serde_json::to_string(report).expect("JSON"));
    for violation in report.violations() {
        write!(said, "{violation} {violation:?} {} {}", violation.pointer(), violation.detail()).expect("a text");
        violation.parameters(&mut |name, parameter| write!(said, "{name} {parameter:?}").expect("a text"));
    }
    said
}

fn assert_silent(said: &str, about: &dyn Debug) {
    // In any case, since a rule may have cleaned the text.
    assert!(!said.to_lowercase().contains(SECRET), "{about:?}: {said}");
}

#[test]
fn no_rule_says_the_secret() {
    for row in TEXTS {
        let mut refused = false;
        for secret in secrets() {
            // The longest is for the bound that every text has.
            if refused && 1_000 < secret.len() {
                continue;
            }
            let (_, report) = row.examine(&secret);
            refused |= !report.is_empty();
            assert_silent(&said(&report), row);
            for document in [json!(secret), json!([secret]), json!({ "a": secret })] {
                let report = row.read(&document.to_string()).err();
                assert_silent(&report.as_ref().map(said).unwrap_or_default(), row);
            }
        }
        // A step that cuts leaves nothing to refuse.
        assert!(refused || row.word == "truncate", "{}: none is refused", row.written);
    }
}

/// The document with the secret at each place in turn: instead of each value, within each list, and as an unknown member.
fn mutants(document: &Value, secret: &str) -> Vec<Value> {
    let mut pointers = vec![String::new()];
    walk(document, "", &mut pointers);
    let mut mutants = Vec::new();
    for pointer in pointers {
        for instead in [json!(secret), json!([secret]), json!({ "a": secret }), json!([[secret, { "kind": secret }]])] {
            let mut mutant = document.clone();
            *mutant.pointer_mut(&pointer).expect("it is there") = instead;
            mutants.push(mutant);
        }
        let mut mutant = document.clone();
        match mutant.pointer_mut(&pointer).expect("it is there") {
            Value::Object(members) => drop(members.insert("surplus".to_owned(), json!(secret))),
            Value::Array(items) => items.push(json!(secret)),
            _ => continue,
        }
        mutants.push(mutant);
    }
    mutants
}

fn walk(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    if !pointer.is_empty() {
        pointers.push(pointer.to_owned());
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| walk(value, &format!("{pointer}/{name}"), pointers));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| walk(value, &format!("{pointer}/{index}"), pointers));
        }
        _ => {}
    }
}

fn assert_silent_everywhere<T: Input + DeserializeOwned + Debug>(also: impl Fn(&Report, &Value)) {
    let short = secrets().into_iter().filter(|secret| secret.len() < 200);
    for secret in short {
        for document in documents() {
            let text = document.to_string();
            assert!(from_json::<T>(&text).is_ok(), "{:?}", from_json::<T>(&text).err());
            for mutant in mutants(&document, &secret) {
                let text = mutant.to_string();
                if let Err(report) = from_json::<T>(&text) {
                    assert_silent(&said(&report), &text);
                    also(&report, &mutant);
                }
                // Where only serde decodes, what the rules refuse is said in our words.
                if let Ok(mut value) = serde_json::from_str::<T>(&text) {
                    let error = serde_json::from_str::<Valid<T>>(&text).err();
                    assert_silent(&error.map(|error| format!("{error} {error:?}")).unwrap_or_default(), &text);
                    assert_silent(&said(&examine(&mut value)), &text);
                    if let Err(report) = Valid::new(value) {
                        assert_silent(&said(&report), &text);
                    }
                }
            }
        }
    }
}

#[test]
fn no_place_says_the_secret() {
    assert_silent_everywhere::<Everything>(|_, _| {});
}

#[test]
fn what_is_confidential_says_neither_bounds_nor_patterns_nor_arguments() {
    assert_silent_everywhere::<Confidential>(|report, mutant| {
        for violation in report.violations() {
            // The object itself is no secret, nor which members it has.
            let pointer = violation.pointer();
            let is_of_the_object =
                pointer.is_empty() || (violation.code() == "unknown" && pointer.rfind('/') == Some(0));
            let mut parameters = 0;
            violation.parameters(&mut |_, _| parameters += 1);
            if !is_of_the_object {
                assert_eq!((violation.detail().as_str(), parameters), ("is refused", 0), "{violation:?}: {mutant}");
            }
        }
        let said = said(report);
        for word in ["31337", "31,337", "[a-z]", "{1,6}", "`one`", "\"one\"", "2020"] {
            assert!(!said.contains(word), "{word} in {said}: {mutant}");
        }
    });
}

#[test]
fn no_constructor_says_the_secret() {
    for secret in secrets() {
        let (plain, confidential) = (Word::try_from(secret.clone()), ConfidentialWord::try_from(secret.clone()));
        let (plain, confidential) = (plain.expect_err("it is no word"), confidential.expect_err("it is no word"));
        assert_silent(&said(&plain), &secret);
        assert_silent(&said(&confidential), &secret);
        assert!(said(&plain).contains("[a-z]") && !said(&confidential).contains("[a-z]"));
    }
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[secure(range(min = 1_024))]
    port: u16,
    #[secure(pattern("[a-z]{1,6}"))]
    host: String,
    #[secure(email, sensitive)]
    contact: Option<String>,
    since: jiff::civil::Date,
}

#[test]
fn no_text_of_an_environment_says_the_secret() {
    for secret in secrets() {
        let report = from_texts::<Settings>(["port", "host", "contact", "since"].map(|name| (name, secret.as_str())));
        let report = report.expect_err("it is no setting");
        assert!(3 <= report.len(), "{report:?}");
        assert_silent(&said(&report), &secret);
    }
}

static UNKNOWN: Invariant = Invariant::new("known", "must be known");

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(verify)]
struct Known {
    #[secure(length(max = 2), each(length(max = 2_000_000)))]
    names: Vec<String>,
    #[secure(length(max = 2_000_000), sensitive)]
    token: String,
}

impl Verify for Known {
    type Context = ();

    async fn verify(&self, (): &(), findings: &mut Findings<'_>) -> Result<(), Outage> {
        if self.token == "down" {
            return Err(Outage);
        }
        findings.refuse("token", &UNKNOWN);
        findings.refuse_item("names", 0, &UNKNOWN);
        Ok(())
    }
}

#[tokio::test(flavor = "current_thread")]
async fn no_lookup_says_the_secret() {
    for secret in secrets() {
        for token in [secret.as_str(), "down"] {
            let known = Known { names: vec![secret.clone()], token: token.to_owned() };
            let error = Verified::new(known, &()).await.expect_err("nothing is known");
            assert_silent(&format!("{error} {error:?}"), &secret);
            if let NotVerified::Refused(report) = &error {
                assert_silent(&said(report), &secret);
                assert_eq!(report.violations().next().map(|found| found.detail()).as_deref(), Some("is refused"));
            }
        }
    }
}

#[secure(post = "/everything", public = "a test", rate = "1000000/min per ip")]
async fn everything(_: Json<Everything>) -> NoContent {
    NoContent
}

#[secure(post = "/known", public = "a test", rate = "1000000/min per ip")]
async fn known(_: Verified<Json<Known>>) -> NoContent {
    NoContent
}

#[secure(get = "/settings", public = "a test", rate = "1000000/min per ip")]
async fn settings(_: Query<Settings>) -> NoContent {
    NoContent
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Place {
    #[secure(pattern("[a-z]{1,6}"))]
    place: String,
}

#[secure(get = "/places/{place}", open(place, "a test"), public = "a test", rate = "1000000/min per ip")]
async fn place(_: Path<Place>) -> NoContent {
    NoContent
}

#[secure(get = "/private", auth = "oauth2", rate = "1000000/min per caller")]
async fn private() -> NoContent {
    NoContent
}

/// Every way in.
#[secure(title = "Canary", version = "1.0.0", auth(oauth2), endpoints(everything, known, settings, place, private))]
struct Canary;

/// A subscriber that keeps every event and span, whoever emits it.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl field::Visit for Line<'_> {
    fn record_debug(&mut self, field: &field::Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("a line");
    }
}

impl Subscriber for Lines {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut Line(&mut self.0.lock().expect("the lines")));
        span::Id::from_u64(1)
    }

    fn record(&self, _span: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().expect("the lines")));
    }

    fn record_follows_from(&self, _span: &span::Id, _follows: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().expect("the lines")));
    }

    fn enter(&self, _span: &span::Id) {}

    fn exit(&self, _span: &span::Id) {}
}

fn post(path: &str, body: String) -> Request<Body> {
    Request::post(path).header("content-type", "application/json").body(Body::from(body)).expect("a request")
}

/// Requests with the secret in every part.
fn requests() -> Vec<Request<Body>> {
    let mut requests = Vec::new();
    for secret in [SECRET.to_owned(), format!(" {SECRET}\u{202e}\n")] {
        for document in documents() {
            requests.extend(mutants(&document, &secret).iter().map(|mutant| post("/everything", mutant.to_string())));
        }
        let malformed = [format!("{{\"pattern\":\"{secret}"), secret.clone(), format!("{{\"{secret}\":")];
        requests.extend(malformed.into_iter().map(|body| post("/everything", body)));
        for body in [json!({ "names": [secret], "token": secret }), json!({ "names": [secret], "token": "down" })] {
            requests.push(post("/known", body.to_string()));
        }
    }
    let get = |path: &str| Request::get(path);
    let targets = [
        format!("/settings?port={SECRET}&host={SECRET}&contact={SECRET}&since={SECRET}"),
        format!("/settings?port=1{SECRET}&port={SECRET}"),
        format!("/settings?host={SECRET}%ff"),
        format!("/places/{SECRET}"),
        format!("/places/{SECRET}%ff"),
        format!("/{SECRET}"),
        format!("/everything/{SECRET}?{SECRET}"),
        format!("/everything?{SECRET}"),
    ];
    requests.extend(targets.iter().map(|target| get(target).body(Body::empty()).expect("a request")));
    let credentials =
        [format!("Bearer {SECRET}"), format!("Basic {SECRET}"), format!("{SECRET} a"), format!("Bearer {SECRET}.a.b")];
    for value in credentials {
        requests.push(get("/private").header("authorization", value).body(Body::empty()).expect("a request"));
    }
    for name in
        ["content-type", "accept", "x-forwarded-for", "forwarded", "cookie", "user-agent", "content-encoding", "origin"]
    {
        let request = Request::post("/everything").header(name, SECRET).body(Body::from("{}"));
        requests.push(request.expect("a request"));
    }
    requests.push(Request::builder().method(SECRET).uri("/private").body(Body::empty()).expect("a request"));
    requests
}

#[tokio::test(flavor = "current_thread")]
async fn no_answer_and_no_event_says_the_secret() {
    let issuer = TestIssuer::new("https://id.canary.example");
    let gate = Gate::builder()
        .bearer(issuer.tokens(TestIssuer::AUDIENCE))
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::tracing())
        .clock(FakeClock::at(1_800_000_000))
        .build()
        .await
        .expect("the gate opens");
    let app: axum::Router = Canary::application(gate).with_state(());
    let lines = Lines::default();
    let _kept = tracing::subscriber::set_default(lines.clone());
    let (mut refused, requests) = (0, requests());
    let count = requests.len();
    for mut request in requests {
        let about = format!("{} {}", request.method(), request.uri());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
        let answer = app.clone().oneshot(request).await.expect("an answer");
        refused += usize::from(answer.status().is_client_error());
        let headers = format!("{:?}", answer.headers());
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        assert_silent(&headers, &about);
        assert_silent(&String::from_utf8_lossy(&body), &about);
    }
    assert!(count * 9 / 10 < refused, "{refused} of {count}");
    let lines = lines.0.lock().expect("the lines").clone();
    assert!(lines.contains("decision="));
    assert_silent(&lines, &"events");
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Keyed {
    #[secure(length(max = 2), keys(length(max = 200)), values(length(max = 1)))]
    open: std::collections::BTreeMap<String, String>,
    #[secure(length(max = 2), keys(length(max = 200), sensitive), values(length(max = 1)))]
    keys: std::collections::BTreeMap<String, String>,
    #[secure(length(max = 2), keys(length(max = 200)), values(length(max = 1), sensitive))]
    values: std::collections::BTreeMap<String, String>,
}

#[test]
fn a_key_is_what_the_client_says_itself_and_is_masked_where_it_is_confidential() {
    let long = format!("{SECRET}{}", "x".repeat(100));
    for key in [SECRET, &long] {
        let entries = json!({ key: "too long" });
        let empty = json!({});
        let rows = [
            ("open", json!({ "open": entries, "keys": empty, "values": empty }), true),
            ("keys", json!({ "open": empty, "keys": entries, "values": empty }), false),
            ("values", json!({ "open": empty, "keys": empty, "values": entries }), true),
            // Not decoded, so explained from its text.
            ("keys", json!({ "open": empty, "keys": { key: 1 }, "values": empty }), false),
        ];
        for (field, document, is_shown) in rows {
            let report = from_json::<Keyed>(&document.to_string()).expect_err("it is too long");
            let expected = if is_shown { key.get(..64).unwrap_or(key) } else { "*" };
            let found: Vec<String> = report.violations().map(|violation| violation.pointer()).collect();
            assert_eq!(found, [format!("/{field}/{expected}")], "{document}");
            assert_eq!(said(&report).contains(SECRET), is_shown);
            assert!(!said(&report).contains(&long), "it is cut");
        }
    }
}
