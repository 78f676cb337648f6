//! Queries and forms: what is read was spelled so, whatever is read is sound, and reading it again says the same.

use palisade::{__private::read_query, prelude::*, value::check};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(input, output)]
struct Search {
    #[secure(range(min = 1, max = 100))]
    a: Option<u8>,
    #[secure(length(min = 1, max = 8))]
    b: Option<String>,
    #[serde(default)]
    #[secure(length(max = 3), each(length(max = 4)))]
    c: Vec<String>,
    #[secure(style = comma_separated, length(max = 3))]
    d: Option<Vec<i64>>,
    #[secure(style = deep_object)]
    e: Option<Inner>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(input, output)]
struct Inner {
    f: bool,
    #[secure(length(max = 4))]
    g: Option<String>,
    #[secure(style = deep_object)]
    e: Option<Box<Inner>>,
}

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Some(read) = read_query::<Search>(text) else { return };
    match read {
        Err(report) => assert!(!report.is_empty(), "{text:?} is refused for nothing"),
        Ok(search) => {
            assert!(check(&search).is_ok(), "{text:?} is not sound");
            let spelled = spell(&search);
            assert_eq!(read_query::<Search>(&spelled).map(Result::ok), Some(Some(search)), "{text:?} as {spelled:?}");
            let plain = text.split('&').filter(|pair| !pair.is_empty()).count();
            let again = spelled.split('&').filter(|pair| !pair.is_empty()).count();
            assert_eq!(plain, again, "{text:?} as {spelled:?}: a pair was dropped");
        }
    }
}

/// The query that says what was read.
fn spell(search: &Search) -> String {
    let mut pairs = Vec::new();
    if let Some(a) = search.a {
        pairs.push(format!("a={a}"));
    }
    if let Some(b) = &search.b {
        pairs.push(format!("b={}", encode(b)));
    }
    pairs.extend(search.c.iter().map(|item| format!("c={}", encode(item))));
    if let Some(d) = &search.d {
        let items: Vec<String> = d.iter().map(i64::to_string).collect();
        pairs.push(format!("d={}", items.join(",")));
    }
    if let Some(inner) = &search.e {
        spell_inner("e", inner, &mut pairs);
    }
    pairs.join("&")
}

fn spell_inner(place: &str, inner: &Inner, pairs: &mut Vec<String>) {
    pairs.push(format!("{place}[f]={}", inner.f));
    if let Some(g) = &inner.g {
        pairs.push(format!("{place}[g]={}", encode(g)));
    }
    if let Some(deeper) = &inner.e {
        spell_inner(&format!("{place}[e]"), deeper, pairs);
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
