//! The calls themselves: one table, from which the curl lines and the requests of `--once` are made.

use std::{fmt, net::SocketAddr};

use http::Method;

use super::Samples;

const GOOD: &str = r#"{"title":"Two mugs","sku":"MUG-0007","quantity":2,"contact":"bob@example.org","tags":["kitchen"],"shipTo":{"name":"Bob","street":"2 Main Street","city":"Springfield","postalCode":"12345","country":"US"}}"#;
const BAD: &str = r#"{"title":"  ","sku":"mug","quantity":0,"contact":"bob","tags":["kitchen",""],"owner":"alice","shipTo":{"name":"Bob","street":"2 Main Street","city":"Springfield","country":"us"}}"#;

/// A request, and what it is expected to come to.
#[derive(Debug, Clone)]
pub struct Call {
    /// What it shows.
    pub what: &'static str,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The header that says who asks, and its content.
    pub credential: Option<(&'static str, String)>,
    /// Who asks, in words.
    pub who: &'static str,
    /// The key under which it is carried out once, in its quotes.
    pub key: Option<&'static str>,
    /// The body.
    pub body: Option<&'static str>,
    /// The status of the answer.
    pub expected: u16,
    /// How often it is made.
    pub times: Times,
}

/// How often a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Once,
    /// Until it is answered as expected, at most so often.
    Repeated(u32),
}

/// The calls worth seeing. `tokens` are by name, as [`crate::deployment::Identities::tokens`] gives them.
#[must_use]
pub fn calls(tokens: &[(&'static str, String)], report_key: &str, samples: &Samples) -> Vec<Call> {
    let call = |what, method, path: &str, who: &'static str, expected| {
        let token = tokens.iter().find(|(name, _)| *name == who);
        let credential = token.map(|(_, token)| ("Authorization", format!("Bearer {token}")));
        Call {
            what,
            method,
            path: path.to_owned(),
            credential,
            who,
            key: None,
            body: None,
            expected,
            times: Times::Once,
        }
    };
    let orders = "/v1/orders";
    let order = |what, who, expected| call(what, Method::POST, orders, who, expected);
    let placed = &format!("{orders}/{}", samples.placed.as_str());
    let shipped = &format!("{orders}/{}", samples.shipped.as_str());
    vec![
        order("an order is placed", "bob", 201).once("\"mugs\"").with_body(GOOD),
        order("and sent again: it is the same order", "bob", 201).once("\"mugs\"").with_body(GOOD),
        order("an order is refused, with all that is wrong with it", "bob", 422).once("\"bad\"").with_body(BAD),
        order("the token lacks a scope", "reader", 403).once("\"mugs\"").with_body(GOOD),
        call("somebody else's order is not there", Method::GET, placed, "bob", 404),
        call("a login that is too old", Method::DELETE, placed, "stale", 401),
        call("support may, but the order has left", Method::DELETE, shipped, "support", 409),
        call("nobody in particular asks", Method::GET, orders, "anonymous", 401),
        call("a machine reads the report", Method::GET, "/v1/reports/daily", "reports", 200).with_key(report_key),
        order("more than 60 orders a minute", "bob", 429).once("\"many\"").with_body(GOOD).repeated(100),
    ]
}

impl Call {
    fn with_body(self, body: &'static str) -> Self {
        Self { body: Some(body), ..self }
    }

    fn once(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    fn with_key(self, key: &str) -> Self {
        Self { credential: Some(("X-Api-Key", key.to_owned())), ..self }
    }

    fn repeated(self, most: u32) -> Self {
        Self { times: Times::Repeated(most), ..self }
    }

    /// The call as a line for a shell.
    #[must_use]
    pub fn curl(&self, address: SocketAddr) -> impl fmt::Display {
        let Self { method, path, .. } = self;
        let mut words = String::new();
        if let Some((name, value)) = &self.credential {
            words += &format!(" -H '{name}: {value}'");
        }
        if let Some(key) = self.key {
            words += &format!(" -H 'Idempotency-Key: {key}'");
        }
        if let Some(body) = self.body {
            words += &format!(" -H 'Content-Type: application/json' -d '{body}'");
        }
        let call = format!("-X {method} http://{address}{path}{words}");
        match self.times {
            Times::Once => format!("curl -i {call}"),
            Times::Repeated(most) => format!(
                "for i in $(seq {most}); do curl -s -o /dev/null -w '%{{http_code}}\\n' {call}; done | sort | uniq -c"
            ),
        }
    }
}
