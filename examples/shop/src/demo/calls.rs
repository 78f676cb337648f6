//! The calls themselves: one table, from which the curl lines and the requests of `--once` are made.

use std::{fmt, path::Path};

use http::{HeaderMap, Method};
use palisade::{
    Clock, SystemClock,
    auth::{WebhookError, WebhookSender},
};

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
    /// What says who asks.
    pub credential: Credential,
    /// Who asks, in words.
    pub who: &'static str,
    /// The key under which it is carried out once, in its quotes.
    pub key: Option<&'static str>,
    /// The body.
    pub body: Option<String>,
    /// The status of the answer.
    pub expected: u16,
    /// How often it is made.
    pub times: Times,
}

/// What a call proves by who makes it.
#[derive(Debug, Clone)]
pub enum Credential {
    /// Nothing.
    None,
    /// A token.
    Token(String),
    /// An API key.
    Key(String),
    /// The signature of a webhook, with what it is over.
    Webhook(HeaderMap),
    /// The certificate of the warehouse, where there is TLS.
    Certificate,
}

impl Credential {
    /// The header fields that carry it.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        match self {
            Self::None | Self::Certificate => Vec::new(),
            Self::Token(token) => vec![("Authorization".to_owned(), format!("Bearer {token}"))],
            Self::Key(key) => vec![("X-Api-Key".to_owned(), key.clone())],
            Self::Webhook(fields) => {
                let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
                fields.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
            }
        }
    }
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
///
/// # Errors
/// When no webhook can be signed.
pub fn calls(
    tokens: &[(&'static str, String)],
    report_key: &str,
    payments: &WebhookSender,
    samples: &Samples,
) -> Result<Vec<Call>, WebhookError> {
    let call = |what, method, path: &str, who: &'static str, expected| {
        let token = tokens.iter().find(|(name, _)| *name == who);
        let credential = token.map_or(Credential::None, |(_, token)| Credential::Token(token.clone()));
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
    let payment = format!(r#"{{"type":"payment.made","orderId":"{}"}}"#, samples.placed.as_str());
    let mut signed = HeaderMap::new();
    payments.sign(&mut signed, "msg_1", payment.as_bytes(), SystemClock.unix_seconds())?;
    let webhook = |what, expected| Call {
        credential: Credential::Webhook(signed.clone()),
        ..call(what, Method::POST, "/v1/webhooks/payments", "the payment provider", expected)
    };
    let shipment = format!(r#"{{"orderId":"{}"}}"#, samples.placed.as_str());
    let ship = |what, who, expected| call(what, Method::POST, "/v1/shipments", who, expected).with_body(&shipment);
    Ok(vec![
        order("an order is placed", "bob", 201).once("\"mugs\"").with_body(GOOD),
        order("and sent again: it is the same order", "bob", 201).once("\"mugs\"").with_body(GOOD),
        order("an order is refused, with all that is wrong with it", "bob", 422).once("\"bad\"").with_body(BAD),
        order("the token lacks a scope", "reader", 403).once("\"mugs\"").with_body(GOOD),
        call("somebody else's order is not there", Method::GET, placed, "bob", 404),
        call("a login that is too old", Method::DELETE, placed, "stale", 401),
        call("support may, but the order has left", Method::DELETE, shipped, "support", 409),
        call("nobody in particular asks", Method::GET, orders, "anonymous", 401),
        call("a machine reads the report", Method::GET, "/v1/reports/daily", "reports", 200).with_key(report_key),
        webhook("a payment was made", 204).with_body(&payment),
        webhook("the same delivery again", 401).with_body(&payment),
        webhook("a delivery that was changed on its way", 401).with_body(&payment.replace("made", "failed")),
        ship("nobody says without a certificate that an order has left", "support", 401),
        ship("the warehouse can", "the warehouse", 204).with_certificate(),
        order("more than 60 orders a minute", "bob", 429).once("\"many\"").with_body(GOOD).repeated(100),
    ])
}

impl Call {
    fn with_body(self, body: &str) -> Self {
        Self { body: Some(body.to_owned()), ..self }
    }

    fn once(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    fn with_key(self, key: &str) -> Self {
        Self { credential: Credential::Key(key.to_owned()), ..self }
    }

    fn with_certificate(self) -> Self {
        Self { credential: Credential::Certificate, ..self }
    }

    fn repeated(self, most: u32) -> Self {
        Self { times: Times::Repeated(most), ..self }
    }

    /// The call as a line for a shell, to a shop at `base`, by the certificates in this directory where it is served with TLS.
    #[must_use]
    pub fn curl(&self, base: &str, tls: Option<&Path>) -> impl fmt::Display {
        let Self { method, path, .. } = self;
        let mut words = String::new();
        if let Some(directory) = tls {
            words += &format!(" --cacert '{}'", directory.join("clients.pem").display());
        }
        if let (Some(directory), Credential::Certificate) = (tls, &self.credential) {
            let file = |name| directory.join(name).display().to_string();
            words += &format!(" --cert '{}' --key '{}'", file("warehouse.pem"), file("warehouse.key"));
        }
        for (name, value) in self.credential.fields() {
            words += &format!(" -H '{name}: {value}'");
        }
        if let Some(key) = self.key {
            words += &format!(" -H 'Idempotency-Key: {key}'");
        }
        if let Some(body) = &self.body {
            words += &format!(" -H 'Content-Type: application/json' -d '{body}'");
        }
        let call = format!("-X {method} {base}{path}{words}");
        match self.times {
            Times::Once => format!("curl -i {call}"),
            Times::Repeated(most) => format!(
                "for i in $(seq {most}); do curl -s -o /dev/null -w '%{{http_code}}\\n' {call}; done | sort | uniq -c"
            ),
        }
    }
}
