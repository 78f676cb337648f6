//! Everything that is measured, by table and row. The first row of a table is what the others are compared with.

use std::{hint::black_box, time::Duration};

use axum::Router;
use bytes::Bytes;
use http::StatusCode;
use palisade::{
    auth::Algorithm,
    rules::{Apply, email::Email, pattern::Pattern},
    value::from_json,
};

use crate::{
    endpoint::{self, by_hand as hand_written, peers, plain, secured as gate, token},
    order::{self, borrowed, by_garde, by_hand, by_validator, clean, secured},
    tokens,
};

pub struct Table {
    pub name: &'static str,
    pub rows: &'static [Operation],
}

pub struct Operation {
    pub name: &'static str,
    /// Sets up, and returns what is measured.
    pub prepare: fn() -> Box<dyn FnMut()>,
    pub runs: Runs,
}

/// How often an operation stays what it is.
#[derive(PartialEq)]
pub enum Runs {
    Always,
    /// Often enough to count its instructions, but not to take its time.
    FewTimes,
}

const fn row(name: &'static str, prepare: fn() -> Box<dyn FnMut()>) -> Operation {
    Operation { name, prepare, runs: Runs::Always }
}

pub static TABLES: &[Table] = &[
    Table {
        name: "check a valid order",
        rows: &[
            row("by hand", || on::<by_hand::Order, _>(order::VALID, |order| order.check().len())),
            row("Palisade", || on::<secured::Order, _>(order::VALID, |order| order.report().len())),
            row("garde", || on::<by_garde::Order, _>(order::VALID, |order| order.report().is_ok())),
            row("validator", || on::<by_validator::Order, _>(order::VALID, |order| order.report().is_ok())),
        ],
    },
    Table {
        name: "collect 6 errors",
        rows: &[
            row("by hand", || on::<by_hand::Order, _>(&order::invalid(), by_hand::Order::check)),
            row("Palisade", || on::<secured::Order, _>(&order::invalid(), secured::Order::report)),
            row("garde", || on::<by_garde::Order, _>(&order::invalid(), by_garde::Order::report)),
            row("validator", || on::<by_validator::Order, _>(&order::invalid(), by_validator::Order::report)),
        ],
    },
    Table {
        name: "6 errors to JSON",
        rows: &[
            row("by hand", || on::<by_hand::Order, _>(&order::invalid(), |order| by_hand::to_json(&order.check()))),
            row("Palisade", || on::<secured::Order, _>(&order::invalid(), |order| secured::to_json(&order.report()))),
            row("garde", || {
                on::<by_garde::Order, _>(&order::invalid(), |order| {
                    order.report().map_err(|report| by_garde::to_json(&report))
                })
            }),
            row("validator", || {
                on::<by_validator::Order, _>(&order::invalid(), |order| {
                    order.report().map_err(|report| by_validator::to_json(&report))
                })
            }),
        ],
    },
    Table {
        name: "one pattern",
        rows: &[
            row("by hand", || on_text(SKU, |text| by_hand::is_sku(text.as_bytes()))),
            row("Palisade", || {
                static PATTERN: Pattern = Pattern::new("[A-Z]{3}-[0-9]{4,8}").seal().into_rule();
                on_text(SKU, |text| PATTERN.check(text))
            }),
            row("regex", || {
                let regex = regex::Regex::new("^[A-Z]{3}-[0-9]{4,8}$").expect("a pattern");
                on_text(SKU, move |text| regex.is_match(text))
            }),
        ],
    },
    Table {
        name: "one e-mail address",
        rows: &[
            row("by hand", || on_text(EMAIL, |text| by_hand::is_email(text.as_bytes()))),
            row("Palisade", || {
                static RULE: Email = Email::new().seal().into_rule();
                on_text(EMAIL, |text| RULE.check(text))
            }),
            row("garde", || on_text(EMAIL, |text| garde::rules::email::apply(&text, ()).is_ok())),
            row("validator", || on_text(EMAIL, |text| validator::ValidateEmail::validate_email(&text))),
        ],
    },
    Table {
        name: "clean a clean order",
        rows: &[
            row("by hand", || cleaning::<clean::by_hand::Order>(clean::by_hand::Order::clean)),
            row("Palisade", || cleaning::<clean::secured::Order>(palisade::value::Value::clean)),
            row("validify", || cleaning::<clean::by_validify::Order>(validify::Modify::modify)),
        ],
    },
    Table {
        name: "a valid order from bytes",
        rows: &[
            row("serde_json alone", || from_bytes::<by_hand::Order>(|_| true)),
            row("by hand", || from_bytes::<by_hand::Order>(|order| order.check().is_empty())),
            row("Palisade", || {
                Box::new(|| {
                    let order = from_json::<secured::Order>(black_box(order::VALID));
                    drop(black_box(order.expect("an order")));
                })
            }),
            row("Palisade, borrowed", || {
                Box::new(|| {
                    let order = from_json::<borrowed::Order<'_>>(black_box(order::VALID));
                    drop(black_box(order.expect("an order")));
                })
            }),
            row("garde", || from_bytes::<by_garde::Order>(|order| order.report().is_ok())),
            row("validator", || from_bytes::<by_validator::Order>(|order| order.report().is_ok())),
        ],
    },
    Table {
        name: "verify a token, HS256",
        rows: &[
            row("the signature alone", || tokens::raw(Algorithm::Hs256)),
            row("Palisade", || tokens::ours(Algorithm::Hs256)),
            row("jsonwebtoken", || tokens::peer(Algorithm::Hs256)),
        ],
    },
    Table {
        name: "verify a token, RS256",
        rows: &[
            row("the signature alone", || tokens::raw(Algorithm::Rs256)),
            row("Palisade", || tokens::ours(Algorithm::Rs256)),
            row("jsonwebtoken", || tokens::peer(Algorithm::Rs256)),
        ],
    },
    Table {
        name: "verify a token, EdDSA",
        rows: &[
            row("the signature alone", || tokens::raw(Algorithm::EdDsa)),
            row("Palisade", || tokens::ours(Algorithm::EdDsa)),
            row("jsonwebtoken", || tokens::peer(Algorithm::EdDsa)),
        ],
    },
    Table {
        name: "verify a token, ES256",
        rows: &[
            row("the signature alone", || tokens::raw(Algorithm::Es256)),
            row("Palisade", || tokens::ours(Algorithm::Es256)),
            row("jsonwebtoken", || tokens::peer(Algorithm::Es256)),
        ],
    },
    Table { name: "remember a token", rows: &[row("Palisade", tokens::remembered)] },
    Table {
        name: "the endpoint, a valid order",
        rows: &[
            row("plain axum `Json<T>`, no protection", || accepted(plain::json())),
            row("plain axum `Bytes` and serde_json", || accepted(plain::bytes())),
            row("by hand, token cached", || accepted(hand_written::orders())),
            row("**Palisade, token cached**", || accepted(gate::shop())),
            Operation {
                name: "Palisade, every token new",
                prepare: || every_token_new(gate::shop()),
                runs: Runs::FewTimes,
            },
            row("garde", || accepted(peers::orders())),
            row("jsonwebtoken, tower_governor, garde", || accepted(peers::stack())),
            row("(making the request)", || making(Some(customer()))),
        ],
    },
    Table {
        name: "the endpoint, 6 errors: 422",
        rows: &[row("peers", || six_errors(peers::stack())), row("Palisade", || six_errors(gate::shop()))],
    },
    Table {
        name: "the endpoint, no token: 401",
        rows: &[
            row("by hand", || refused(hand_written::orders(), "/orders", None, StatusCode::UNAUTHORIZED)),
            row("peers", || refused(peers::stack(), "/orders", None, StatusCode::UNAUTHORIZED)),
            row("Palisade", || refused(gate::shop(), "/orders", None, StatusCode::UNAUTHORIZED)),
            row("(making the request)", || making(None)),
        ],
    },
    Table {
        name: "the endpoint, a forged token: 401",
        rows: &[
            row("by hand", || refused(hand_written::orders(), "/orders", Some(forged()), StatusCode::UNAUTHORIZED)),
            row("peers", || refused(peers::stack(), "/orders", Some(forged()), StatusCode::UNAUTHORIZED)),
            row("Palisade", || refused(gate::shop(), "/orders", Some(forged()), StatusCode::UNAUTHORIZED)),
            row("(making the request)", || making(Some(forged()))),
        ],
    },
    Table {
        name: "the endpoint, no such scope: 403",
        rows: &[
            row("by hand", || refused(hand_written::orders(), "/orders", Some(reader()), StatusCode::FORBIDDEN)),
            row("peers", || refused(peers::stack(), "/orders", Some(reader()), StatusCode::FORBIDDEN)),
            row("Palisade", || refused(gate::shop(), "/orders", Some(reader()), StatusCode::FORBIDDEN)),
            row("(making the request)", || making(Some(reader()))),
        ],
    },
    Table {
        name: "the endpoint, limited: 429",
        rows: &[
            row("by hand", || {
                let mut app = hand_written::limited();
                assert_eq!(endpoint::call(&mut app, request(customer())).0, StatusCode::OK);
                refused(app, "/orders", Some(customer()), StatusCode::TOO_MANY_REQUESTS)
            }),
            row("peers", || {
                let mut app = peers::limited(Duration::from_secs(86_400), 1);
                assert_eq!(endpoint::call(&mut app, request(customer())).0, StatusCode::OK);
                refused(app, "/orders", Some(customer()), StatusCode::TOO_MANY_REQUESTS)
            }),
            row("Palisade", || {
                let mut app = gate::shop();
                let document = Bytes::from_static(order::VALID.as_bytes());
                let first = endpoint::request("/limited", Some(&customer()), &document);
                assert_eq!(endpoint::call(&mut app, first).0, StatusCode::OK);
                refused(app, "/limited", Some(customer()), StatusCode::TOO_MANY_REQUESTS)
            }),
            row("(making the request)", || making(Some(customer()))),
        ],
    },
];

fn on<T: serde::de::DeserializeOwned + 'static, R>(
    document: &str,
    run: impl Fn(&T) -> R + 'static,
) -> Box<dyn FnMut()> {
    let order: T = serde_json::from_str(document).expect("an order");
    Box::new(move || drop(black_box(run(black_box(&order)))))
}

const SKU: &str = "ABC-1000";
const EMAIL: &str = "ada.lovelace@mail.example.org";

fn on_text(text: &'static str, run: impl Fn(&str) -> bool + 'static) -> Box<dyn FnMut()> {
    assert!(run(text));
    Box::new(move || {
        black_box(run(black_box(text)));
    })
}

fn cleaning<T: serde::de::DeserializeOwned + 'static>(clean: fn(&mut T)) -> Box<dyn FnMut()> {
    let mut order: T = serde_json::from_str(order::VALID).expect("an order");
    Box::new(move || clean(black_box(&mut order)))
}

fn from_bytes<T: serde::de::DeserializeOwned + 'static>(is_valid: fn(&T) -> bool) -> Box<dyn FnMut()> {
    Box::new(move || {
        let order: T = serde_json::from_slice(black_box(order::VALID.as_bytes())).expect("an order");
        assert!(is_valid(&order));
        drop(black_box(order));
    })
}

fn customer() -> String {
    token::bearer("alice", "orders:read orders:write", token::SECRET)
}

fn reader() -> String {
    token::bearer("bob", "orders:read", token::SECRET)
}

fn forged() -> String {
    token::bearer("mallory", "orders:read orders:write", b"another secret, which nobody knows")
}

/// Makes a request and drops it: what the rows of its table have in common.
fn making(authorization: Option<String>) -> Box<dyn FnMut()> {
    let document = Bytes::from_static(order::VALID.as_bytes());
    Box::new(move || drop(black_box(endpoint::request("/orders", authorization.as_deref(), &document))))
}

fn request(authorization: String) -> axum::extract::Request {
    endpoint::request("/orders", Some(&authorization), &Bytes::from_static(order::VALID.as_bytes()))
}

fn accepted(app: Router) -> Box<dyn FnMut()> {
    refused(app, "/orders", Some(customer()), StatusCode::OK)
}

fn six_errors(app: Router) -> Box<dyn FnMut()> {
    answered(app, "/orders", Some(customer()), order::invalid().into(), StatusCode::UNPROCESSABLE_ENTITY)
}

fn refused(app: Router, path: &'static str, authorization: Option<String>, status: StatusCode) -> Box<dyn FnMut()> {
    answered(app, path, authorization, Bytes::from_static(order::VALID.as_bytes()), status)
}

fn answered(
    app: Router,
    path: &'static str,
    authorization: Option<String>,
    document: Bytes,
    status: StatusCode,
) -> Box<dyn FnMut()> {
    // As `axum::serve` does, once for all requests.
    let mut app: Router = app.with_state(());
    Box::new(move || {
        let request = endpoint::request(path, authorization.as_deref(), &document);
        assert_eq!(endpoint::call(&mut app, request).0, status);
    })
}

/// Each request brings a token that was never seen, for as many as callgrind looks at.
fn every_token_new(app: Router) -> Box<dyn FnMut()> {
    let mut app: Router = app.with_state(());
    let document = Bytes::from_static(order::VALID.as_bytes());
    let names = (0..).map(|number| format!("caller-{number}"));
    let tokens: Vec<String> = names.take(64).map(|name| token::bearer(&name, "orders:write", token::SECRET)).collect();
    let mut next = tokens.into_iter().cycle();
    Box::new(move || {
        let request = endpoint::request("/orders", next.next().as_deref(), &document);
        assert_eq!(endpoint::call(&mut app, request).0, StatusCode::OK);
    })
}
