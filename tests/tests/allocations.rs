//! Checking and cleaning an order that is right already allocates nothing, and refusing one takes little more than reading it.

use std::collections::HashMap;

use allocation_counter::measure;
use palisade::{
    prelude::*,
    value::{Path, Report, Value, from_json},
};
use serde::Deserialize;

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Order {
    #[secure(trim, lowercase, email, sensitive)]
    contact: String,
    #[secure(pattern("[A-Z]{3}"))]
    currency: String,
    #[secure(length(min = 1, max = 20))]
    items: Vec<LineItem>,
    #[secure(trim, length(max = 500))]
    note: Option<String>,
    #[secure(length(max = 10), each(trim, length(min = 1, max = 24)))]
    tags: Vec<String>,
    #[secure(length(max = 16), keys(length(min = 1, max = 40)), values(trim, length(max = 200)))]
    metadata: HashMap<String, String>,
}

#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct LineItem {
    #[secure(pattern("[A-Z]{3}-[0-9]{4,8}"))]
    sku: String,
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
}

const ORDER: &str = r#"{"contact":"ada@mail.example","currency":"EUR","items":[{"sku":"ABC-1234","quantity":3},
    {"sku":"ABD-12345678","quantity":1000}],"note":"Grüße, bitte zweimal klingeln","tags":["gift","express"],
    "metadata":{"channel":"web","campaign":"autumn"}}"#;

#[test]
fn a_valid_and_clean_order_is_cleaned_and_checked_without_allocating() {
    let mut order: Order = serde_json::from_str(ORDER).expect("an order");
    let mut report = Report::new();
    let counted = measure(|| {
        order.clean();
        order.check(&Path::root(), &mut report);
    });
    assert!(report.is_empty(), "{report:?}");
    assert_eq!(counted.count_total, 0);
    assert_eq!((order.items.len(), order.tags.len(), order.metadata.len()), (2, 2, 2));
}

#[test]
fn the_counter_counts() {
    let mut order: Order = serde_json::from_str(&ORDER.replace("EUR", "eur")).expect("an order");
    let counted = measure(|| assert_eq!(palisade::value::examine(&mut order).len(), 1));
    assert!(0 < counted.count_total);
}

#[test]
fn six_errors_are_kept_in_two_allocations() {
    let six = ORDER
        .replace("ada@mail.example", "ada")
        .replace("EUR", "eur")
        .replace("ABC-1234", "ABC")
        .replace("\"quantity\":3", "\"quantity\":0")
        .replace("\"gift\"", "\"\"")
        .replace("express", &"e".repeat(25));
    let order: Order = serde_json::from_str(&six).expect("an order");
    let mut report = Report::new();
    let counted = measure(|| order.check(&Path::root(), &mut report));
    assert_eq!(report.len(), 6, "{report:?}");
    // Places in a map take one more each: a key is the client's own text.
    assert_eq!(counted.count_total, 2);
}

/// What is wrong in as many ways as there are: most are only seen by decoding again, into a tree.
fn refused_orders() -> Vec<(&'static str, String)> {
    let with = |from: &str, to: &str| {
        assert!(ORDER.contains(from), "{from}");
        ORDER.replace(from, to)
    };
    let everywhere = ORDER
        .replace("\"ada@mail.example\"", "1")
        .replace("\"EUR\"", "null")
        .replace("\"quantity\"", "\"count\"")
        .replace("[\"gift\",\"express\"]", "{\"gift\":[],\"express\":[]}")
        .replace("\"web\"", "7");
    vec![
        ("a constraint", with("EUR", "eur")),
        ("a type", with("\"quantity\":3", "\"quantity\":\"3\"")),
        ("a missing member", with("\"currency\":\"EUR\",", "")),
        ("an unknown member", with("\"note\"", "\"nota\"")),
        ("a duplicate", with("\"note\"", "\"currency\":\"EUR\",\"note\"")),
        ("a duplicate in a map", with("\"campaign\"", "\"channel\"")),
        ("all of it", everywhere),
        ("nothing there", "{}".to_owned()),
        ("another type", "[1,2,3]".to_owned()),
        ("no JSON at the end", ORDER.trim_end_matches('}').to_owned()),
    ]
}

#[test]
fn a_refused_order_takes_at_most_three_times_what_a_good_one_does() {
    let good = measure(|| drop(from_json::<Order>(ORDER).expect("an order")));
    for (what, document) in refused_orders() {
        let refused = measure(|| {
            let report = from_json::<Order>(&document).expect_err("it is refused");
            drop(serde_json::to_vec(&report));
        });
        // The answer itself is one text for each violation, whatever was sent.
        assert!(
            refused.count_total <= 3 * good.count_total,
            "{what}: {} allocations, and a good one takes {}",
            refused.count_total,
            good.count_total
        );
        assert!(
            refused.bytes_total <= 3 * good.bytes_total + ANSWER,
            "{what}: {} bytes, and a good one takes {}",
            refused.bytes_total,
            good.bytes_total
        );
    }
}

/// What a report of as many violations as there can be takes when it is written.
const ANSWER: u64 = 16 * 1024;

/// Of a type that every caller sees whole, nothing is asked.
#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Open {
    id: u32,
    #[secure(length(max = 9))]
    lines: Vec<OpenLine>,
}

#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct OpenLine {
    sku: u32,
}

/// The same, with one thing that only some see.
#[derive(serde::Serialize, Secure)]
#[secure(output)]
struct Guarded {
    #[secure(owner)]
    id: u32,
    #[secure(length(max = 9))]
    lines: Vec<OpenLine>,
    #[secure(visible(owner))]
    note: u32,
}

#[test]
fn an_answer_that_everybody_sees_whole_costs_nothing_more() {
    use palisade::respond::{Recipient, Respond};

    let lines = || vec![OpenLine { sku: 1 }, OpenLine { sku: 2 }];
    let recipient = Recipient::anybody();
    let measured = |answer: &mut dyn FnMut()| measure(answer).count_total;
    let (mut open, mut plain) = (Some(Json(Open { id: 1, lines: lines() })), Some(Json(OpenLine { sku: 1 })));
    let whole =
        measured(&mut || assert_eq!(open.take().map(|open| open.respond(&recipient).status().as_u16()), Some(200)));
    let least =
        measured(&mut || assert_eq!(plain.take().map(|open| open.respond(&recipient).status().as_u16()), Some(200)));
    assert_eq!(whole, least);
    let mut guarded = Some(Json(Guarded { id: 1, lines: lines(), note: 2 }));
    let marked =
        measured(&mut || assert_eq!(guarded.take().map(|open| open.respond(&recipient).status().as_u16()), Some(200)));
    // The list of marks.
    assert_eq!(marked, least + 1);
}

#[test]
fn a_token_is_verified_in_one_allocation_and_remembered_in_none() {
    use palisade::{
        auth::{Algorithm, TokenCache, Tokens},
        testing::TestIssuer,
    };

    const NOW: u64 = 1_800_000_000;
    let id = TestIssuer::new("https://id.shop.example");
    let asymmetric = id.tokens(TestIssuer::AUDIENCE);
    let symmetric = Tokens::issuer("https://id.shop.example").audience(TestIssuer::AUDIENCE).keys(id.symmetric_keys());
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    for algorithm in [Algorithm::Hs256, Algorithm::EdDsa, Algorithm::Es256, Algorithm::Es384, Algorithm::Rs256] {
        let tokens = if algorithm.is_symmetric() { &symmetric } else { &asymmetric };
        let token =
            id.token().algorithm(algorithm).scope("orders:read orders:write").role("support").role("shop admin");
        let token = token.authenticated(60).claim("acr", "urn:mfa").claim("amr", vec!["pwd", "otp"]);
        let token = token.claim("cnf", serde_json::json!({"jkt": thumbprint})).claim("tenant", 7).sign(NOW);
        // The first good token of a key has its header remembered.
        let first = measure(|| drop(tokens.verify(&token, NOW)));
        let mut verified = None;
        let counted = measure(|| verified = tokens.verify(&token, NOW).ok());
        let verified = verified.expect("a good token");
        // The payload; and for RSA what `ring` computes with.
        let expected = if algorithm == Algorithm::Rs256 { 6 } else { 1 };
        assert_eq!((first.count_total, counted.count_total), (expected + 1, expected), "{algorithm}");

        let asked = measure(|| {
            assert_eq!((verified.subject(), verified.client()), ("alice", Some("shop-web")));
            assert!(verified.scopes().eq(["orders:read", "orders:write"]));
            assert!(verified.roles().eq(["support", "shop admin"]));
            assert!(verified.authentication_methods().eq(["pwd", "otp"]));
        });
        assert_eq!(asked.count_total, 0, "{algorithm}");

        let forged = token.replace('.', "._");
        let refused = measure(|| assert!(tokens.verify(&forged, NOW).is_err()));
        assert!(refused.count_total <= expected, "{algorithm}");

        let cache = TokenCache::new(100);
        cache.insert(&token, std::sync::Arc::new(verified), NOW + 60, NOW);
        let hit = measure(|| assert!(cache.get(&token, NOW).is_some()));
        assert_eq!(hit.count_total, 0, "{algorithm}");
    }
}
