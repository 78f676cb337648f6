//! Several ways in at once: who comes in by what, who the handler then sees, and what the others are told.

#[path = "callers/brought.rs"]
mod brought;
#[path = "callers/world.rs"]
mod world;

use palisade::{Api, openapi::Deployment};
use serde_json::{Value, json};

use self::{
    brought::Brought,
    world::{Service, World},
};

const BEARER: &str = r#"Bearer realm="Service""#;
const BAD_TOKEN: &str = r#"Bearer realm="Service", error="invalid_token""#;
const AMBIGUOUS: &str = r#"Bearer realm="Service", error="invalid_request""#;
const KEY: &str = r#"ApiKey realm="Service", header="x-api-key""#;
const CERTIFICATE: &str = r#"ClientCertificate realm="Service""#;
const SIGNATURE: &str = r#"Signature realm="Service""#;
const WEBHOOK: &str = r#"Webhook realm="Service""#;

/// Each endpoint with the challenges of those who bring nothing. What its document requires are the same ways.
fn endpoints() -> [(&'static str, &'static [&'static str], Value); 8] {
    let [token, key, certificate] = [json!({"oauth2": []}), json!({"api_key": []}), json!({"mtls": []})];
    let [partner, payments] = [json!({"partner": []}), json!({"payments": []})];
    [
        ("/any", &[BEARER, KEY, CERTIFICATE, SIGNATURE, WEBHOOK], json!([token, key, certificate, partner, payments])),
        ("/both", &[BEARER, KEY], json!([{"oauth2": [], "api_key": []}])),
        // A key, a certificate and a signature are no way in for a person.
        ("/person", &[BEARER], json!([token])),
        ("/tenant", &[BEARER], json!([token])),
        (
            "/machine",
            &[BEARER, KEY, CERTIFICATE, SIGNATURE, WEBHOOK],
            json!([token, key, certificate, partner, payments]),
        ),
        ("/either", &[BEARER, KEY], json!([token, key])),
        ("/job", &[KEY], json!([key])),
        ("/open", &[], json!([{}])),
    ]
}

/// What comes of a request at each endpoint, in their order: a name is 200 and whom the handler saw, a number the refusal. `!` is
/// one of the token, `?` one for which there is no way to answer.
#[rustfmt::skip]
const TABLE: &[(Brought, [&str; 8])] = &[
    // what is brought                  any              both             person   tenant          machine          either            job      open
    (Brought::Nothing,               ["401",           "401",           "401",   "401",          "401",           "401",            "401",   "everybody"]),
    (Brought::UserToken,             ["alice",         "401",           "alice", "401!",         "403",           "person alice",   "401",   "everybody"]),
    (Brought::TokenWithTenant,       ["alice",         "401",           "alice", "alice of blue", "403",          "person alice",   "401",   "everybody"]),
    (Brought::ClientToken,           ["batch",         "401",           "403",   "403",          "batch",         "machine batch",  "401",   "everybody"]),
    (Brought::BadToken,              ["401!",          "401!",          "401!",  "401!",         "401!",          "401!",           "401",   "401!"]),
    (Brought::Key,                   ["job",           "401",           "403",   "401",          "job",           "machine job",    "job",   "everybody"]),
    (Brought::BadKey,                ["401",           "401",           "401",   "401",          "401",           "401",            "401",   "401"]),
    (Brought::UserTokenAndKey,       ["400",           "alice with job", "400",  "400",          "400",           "400",            "400?",  "400?"]),
    (Brought::BadTokenAndKey,        ["400",           "401!",          "400",   "400",          "400",           "400",            "400?",  "400?"]),
    (Brought::UserTokenAndBadKey,    ["400",           "401",           "400",   "400",          "400",           "400",            "400?",  "400?"]),
    (Brought::BoundToken,            ["401!",          "401!",          "401!",  "401!",         "401!",          "401!",           "401",   "401!"]),
    (Brought::BoundTokenByItsKey,    ["alice",         "401",           "alice", "401!",         "403",           "person alice",   "401",   "everybody"]),
    (Brought::BoundTokenByAnother,   ["401!",          "401!",          "401!",  "401!",         "401!",          "401!",           "401",   "401!"]),
    (Brought::Certificate,           ["spiffe://prod.example/reader", "401", "403", "401",       "spiffe://prod.example/reader", "401", "401",   "everybody"]),
    (Brought::UserTokenByCertificate, ["alice",        "401",           "alice", "401!",         "403",           "person alice",   "401",   "everybody"]),
    (Brought::Signature,             ["acme",          "401",           "403",   "401",          "acme",          "401",            "401",   "everybody"]),
    (Brought::Webhook,               ["payments",      "401",           "403",   "401",          "payments",      "401",            "401",   "everybody"]),
];

#[tokio::test]
async fn rules_5_and_6_who_comes_in_by_what_and_what_the_others_are_told() {
    let world = World::new().await;
    for (brought, cells) in TABLE {
        for ((path, challenges, _), cell) in endpoints().into_iter().zip(cells) {
            let found = world.get(path, *brought).await;
            let name = format!("{brought:?} at {path}");
            let refused = cell.trim_end_matches(['!', '?']).parse::<u16>();
            let Ok(status) = refused else {
                assert_eq!((found.status, found.text.as_str()), (200, *cell), "{name}");
                continue;
            };
            assert_eq!(found.status, status, "{name}: {}", found.text);
            assert_eq!(found.challenges, told(cell, *brought, challenges), "{name}");
            assert!(!found.text.contains("alice") && !found.text.contains("job"), "{name}: {}", found.text);
        }
    }
}

/// What stands in `WWW-Authenticate`: each way that would do has a value of its own, and one of them a fault.
fn told(cell: &str, brought: Brought, challenges: &[&'static str]) -> Vec<&'static str> {
    match cell {
        "403" | "400?" => Vec::new(),
        "400" => vec![AMBIGUOUS],
        // On a public endpoint, how to do better with what was brought.
        "401!" if challenges.is_empty() => vec![BAD_TOKEN],
        "401" if challenges.is_empty() && matches!(brought, Brought::BadKey) => vec![KEY],
        "401!" => challenges.iter().map(|told| if *told == BEARER { BAD_TOKEN } else { *told }).collect(),
        _ => challenges.to_vec(),
    }
}

#[test]
fn rule_6_the_document_requires_the_same_ways() {
    let document = Service::openapi(&Deployment::at("https://api.example")).to_value();
    for (path, _, security) in endpoints() {
        assert_eq!(document["paths"][path]["get"]["security"], security, "{path}");
    }
}
