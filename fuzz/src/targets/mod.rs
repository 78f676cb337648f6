//! The targets: each is a `run(input)` that panics when the input shows a fault.

pub mod addresses;
pub mod answers;
pub mod api_keys;
pub mod authorization;
pub mod certificates;
pub mod cleaners;
pub mod content_digest;
pub mod content_types;
pub mod cookies;
pub mod email;
pub mod hostname;
pub mod idempotency;
pub mod identifiers;
pub mod introspection;
pub mod json;
pub mod jwk;
pub mod jws;
pub mod lines;
pub mod metadata;
pub mod multipart;
pub mod pattern;
pub mod proofs;
pub mod queries;
pub mod signature_input;
pub mod spiffe;
pub mod texts;
pub mod tokens;
pub mod url;
pub mod webhook;

/// A target: its name, which is that of its folder in `corpus/`, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, in the order of the smoke run.
pub const TARGETS: &[Target] = &[
    ("pattern", pattern::run),
    ("email", email::run),
    ("url", url::run),
    ("hostname", hostname::run),
    ("cleaners", cleaners::run),
    ("identifiers", identifiers::run),
    ("json", json::run),
    ("lines", lines::run),
    ("multipart", multipart::run),
    ("texts", texts::run),
    ("tokens", tokens::run),
    ("jws", jws::run),
    ("jwk", jwk::run),
    ("introspection", introspection::run),
    ("metadata", metadata::run),
    ("authorization", authorization::run),
    ("proofs", proofs::run),
    ("addresses", addresses::run),
    ("spiffe", spiffe::run),
    ("certificates", certificates::run),
    ("queries", queries::run),
    ("cookies", cookies::run),
    ("content_types", content_types::run),
    ("answers", answers::run),
    ("idempotency", idempotency::run),
    ("api_keys", api_keys::run),
    ("content_digest", content_digest::run),
    ("signature_input", signature_input::run),
    ("webhook", webhook::run),
];
