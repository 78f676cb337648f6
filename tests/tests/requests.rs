//! Whole requests, made from the document and mutated: the server accepts exactly those whose every part `jsonschema` accepts, and a
//! refusal names exactly the parts that it does not.

#[path = "drift/generate.rs"]
mod generate;

use std::{collections::BTreeSet, net::SocketAddr};

use axum::{body::Body, extract::ConnectInfo};
use generate::Generator;
use http::{HeaderValue, Request, StatusCode};
use http_body_util::BodyExt;
use jsonschema::Validator;
use palisade::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Whole requests of each endpoint.
const ROUNDS: u64 = 2_000;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Seat {
    #[secure(pattern("[A-Z]{2,3}"))]
    hall: String,
    #[secure(range(min = 1, max = 40))]
    row: u8,
}

#[derive(Debug, Clone, Copy, Deserialize, Secure)]
#[serde(rename_all = "snake_case")]
enum Sort {
    Newest,
    Oldest,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Search {
    #[secure(range(min = 1, max = 9))]
    page_size: Option<u16>,
    sort: Option<Sort>,
    #[secure(length(min = 1, max = 6))]
    text: String,
    #[serde(default)]
    #[secure(length(max = 3), each(length(min = 1, max = 4)))]
    tag: Vec<String>,
    exact: Option<bool>,
    #[secure(range(min = 0.0, max = 1.0))]
    least: Option<f64>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(rename = "X-Depth")]
    #[secure(range(max = 4))]
    depth: Option<u8>,
    #[serde(rename = "X-Client")]
    #[secure(pattern("[a-z]{1,4}/[0-9]"))]
    client: String,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Crumbs {
    #[secure(pattern("[a-f0-9]{4}"))]
    session: String,
    sort: Option<Sort>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Booking {
    #[secure(length(min = 1, max = 8))]
    guest: String,
    #[secure(length(max = 3))]
    meals: Vec<Meal>,
    payment: Payment,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Meal {
    #[secure(range(min = 1, max = 5))]
    courses: u8,
    vegan: Option<bool>,
}

#[derive(Deserialize, Secure)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Payment {
    Invoice {
        #[secure(range(max = 30))]
        days: u8,
    },
    Voucher {
        #[secure(pattern("[A-Z]{4}"))]
        code: String,
    },
}

/// Books a seat.
#[secure(
    post = "/halls/{hall}/rows/{row}",
    public = "a test",
    rate = "1000000/min per ip",
    open(hall, "a hall is everybody's"),
    open(row, "a row is everybody's")
)]
async fn book(
    Path(_seat): Path<Seat>,
    Query(_search): Query<Search>,
    Headers(_fields): Headers<Fields>,
    Cookies(_crumbs): Cookies<Crumbs>,
    Json(_booking): Json<Booking>,
) -> NoContent {
    NoContent
}

#[secure(title = "Theatre", version = "1.0.0", endpoints(book))]
struct Theatre;

/// One parameter of the document.
struct Parameter {
    name: String,
    place: String,
    required: bool,
    is_list: bool,
    is_fraction: bool,
    schema: Value,
    oracle: Validator,
}

impl Parameter {
    fn new(document: &Value, parameter: &Value) -> Self {
        // Generators and oracles look references up in the schema's own root.
        let mut schema = parameter["schema"].clone();
        schema["components"] = document["components"].clone();
        let target = schema["$ref"].as_str().and_then(|place| document.pointer(place.trim_start_matches('#')));
        let ty = target.unwrap_or(&schema)["type"].clone();
        Self {
            name: parameter["name"].as_str().expect("a name").to_owned(),
            place: parameter["in"].as_str().expect("a place").to_owned(),
            required: parameter["required"] == true,
            is_list: ty == "array",
            is_fraction: ty == "number",
            oracle: oracle(&schema),
            schema,
        }
    }

    /// The texts that spell a value, unless it cannot be spelled where the parameter stands.
    fn texts(&self, value: &Value) -> Option<Vec<String>> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        let texts: Vec<String> = match value {
            Value::Array(items) if self.is_list => items.iter().map(text).collect::<Option<_>>()?,
            value => vec![text(value)?],
        };
        let fits = |text: &String| match self.place.as_str() {
            // A NUL is malformed wherever it stands.
            "query" => !text.contains('\0'),
            "path" => !text.contains('\0') && !text.is_empty() && text != "." && text != "..",
            _ => text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-/._".contains(&byte)) && !text.is_empty(),
        };
        texts.iter().all(fits).then_some(texts)
    }

    /// Whether the texts are a value that the schema accepts.
    fn accepts(&self, texts: &[String]) -> bool {
        if self.is_list {
            return self.oracle.is_valid(&json!(texts));
        }
        match texts {
            [] => !self.required,
            [text] => {
                self.oracle.is_valid(&json!(text))
                    || self.scalar(text).is_some_and(|value| self.oracle.is_valid(&value))
            }
            _ => false,
        }
    }

    /// A number or truth value in its one spelling.
    fn scalar(&self, text: &str) -> Option<Value> {
        let value: Value = serde_json::from_str(text).ok()?;
        let fits = value.is_boolean() || value.is_i64() || value.is_u64() || (value.is_f64() && self.is_fraction);
        fits.then_some(value)
    }
}

fn oracle(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).expect("a sound schema")
}

/// A request in the making, and the parts of it that the document refuses.
struct Attempt {
    path: String,
    query: Vec<String>,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
    body: String,
    wrong: BTreeSet<String>,
}

struct Theory {
    template: String,
    parameters: Vec<Parameter>,
    body: Value,
    body_oracle: Validator,
}

impl Theory {
    fn of(document: &Value, template: &str) -> Self {
        let operation = &document["paths"][template]["post"];
        let parameters = operation["parameters"].as_array().expect("parameters");
        let resolved = parameters.iter().map(|parameter| match parameter["$ref"].as_str() {
            Some(place) => document.pointer(place.trim_start_matches('#')).expect("a parameter"),
            None => parameter,
        });
        let mut body = operation["requestBody"]["content"]["application/json"]["schema"].clone();
        body["components"] = document["components"].clone();
        Self {
            template: template.to_owned(),
            parameters: resolved.map(|parameter| Parameter::new(document, parameter)).collect(),
            body_oracle: oracle(&body),
            body,
        }
    }

    fn attempt(&self, seed: u64) -> Attempt {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        // Most parts are right, so that some requests are right altogether.
        let mutant = |dice: &mut Dice| dice.below(24) == 0;
        let mut generator = Generator::new(&self.body, seed);
        let body = if mutant(&mut dice) { generator.mutant() } else { generator.value() };
        let mut attempt = Attempt {
            path: self.template.clone(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: body.to_string(),
            wrong: BTreeSet::new(),
        };
        if !self.body_oracle.is_valid(&body) {
            attempt.wrong.insert("body".to_owned());
        }
        for (at, parameter) in self.parameters.iter().enumerate() {
            let mut generator = Generator::new(&parameter.schema, seed ^ (at as u64 + 1) << 32);
            let wanted = parameter.place == "path" || dice.below(if parameter.required { 20 } else { 3 }) != 0;
            let made = || if mutant(&mut dice) { generator.mutant() } else { generator.value() };
            let texts = if wanted {
                std::iter::repeat_with(made).take(20).find_map(|value| parameter.texts(&value))
            } else {
                None
            };
            let mut texts = match (texts, parameter.place.as_str()) {
                (Some(texts), _) => texts,
                (None, "path") => vec!["1".to_owned()],
                (None, _) => Vec::new(),
            };
            if parameter.place != "path" && texts.len() == 1 && dice.below(30) == 0 {
                texts.push(texts[0].clone());
            }
            if !parameter.accepts(&texts) {
                attempt.wrong.insert(parameter.place.clone());
            }
            attempt.put(parameter, &texts);
        }
        if dice.below(30) == 0 {
            attempt.query.push("stranger=1".to_owned());
            attempt.wrong.insert("query".to_owned());
        }
        attempt
    }
}

impl Attempt {
    fn put(&mut self, parameter: &Parameter, texts: &[String]) {
        for text in texts {
            match parameter.place.as_str() {
                "path" => self.path = self.path.replace(&format!("{{{}}}", parameter.name), &encoded(text)),
                "query" => self.query.push(format!("{}={}", parameter.name, encoded(text))),
                "header" => self.headers.push((parameter.name.clone(), text.clone())),
                "cookie" => self.cookies.push(format!("{}={text}", parameter.name)),
                other => panic!("a parameter in {other}"),
            }
        }
    }

    fn request(&self) -> Request<Body> {
        let uri = format!("{}?{}", self.path, self.query.join("&"));
        let mut request = Request::post(uri.trim_end_matches('?')).header("content-type", "application/json");
        for (name, text) in &self.headers {
            request = request.header(name, HeaderValue::from_str(text).expect("a header value"));
        }
        if !self.cookies.is_empty() {
            request = request.header("cookie", self.cookies.join("; "));
        }
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        request.extension(ConnectInfo(peer)).body(Body::from(self.body.clone())).expect("a request")
    }
}

/// Every byte that is not a letter or digit, percent-encoded.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// xorshift64*
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % bound
    }
}

#[tokio::test]
async fn a_request_is_accepted_when_each_of_its_parts_is() {
    let gate = Gate::builder()
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test looks at answers"))
        .build()
        .await
        .expect("a gate");
    let app: axum::Router = Theatre::application(gate);
    let document = Theatre::openapi(&Deployment::at("https://theatre.example")).to_value();
    let theory = Theory::of(&document, "/halls/{hall}/rows/{row}");
    let (mut accepted, mut of_several) = (0, 0);
    for seed in 0..ROUNDS {
        let attempt = theory.attempt(seed);
        let answer = app.clone().oneshot(attempt.request()).await.expect("an answer");
        let status = answer.status();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        let told: BTreeSet<String> = match serde_json::from_slice::<Value>(&body) {
            Ok(problem) => {
                let errors = problem["errors"].as_array().cloned().unwrap_or_default();
                errors.iter().map(|error| error["in"].as_str().unwrap_or_default().to_owned()).collect()
            }
            Err(_) => BTreeSet::new(),
        };
        let request = attempt.request();
        let said = format!(
            "seed {seed}: {} {:?} {}\n{status} {}",
            request.uri(),
            request.headers(),
            attempt.body,
            String::from_utf8_lossy(&body)
        );
        assert_eq!(told, attempt.wrong, "{said}");
        assert_eq!(
            status,
            if attempt.wrong.is_empty() { StatusCode::NO_CONTENT } else { StatusCode::UNPROCESSABLE_ENTITY },
            "{said}"
        );
        accepted += u64::from(attempt.wrong.is_empty());
        of_several += u64::from(1 < attempt.wrong.len());
    }
    assert!(ROUNDS / 10 < accepted && accepted < ROUNDS - ROUNDS / 10, "{accepted} of {ROUNDS} accepted");
    assert!(ROUNDS / 20 < of_several, "{of_several} of {ROUNDS} wrong in several parts");
}
