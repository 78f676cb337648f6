//! What holds of every rule on texts: value, view and published facets agree.

use std::{cell::RefCell, collections::HashMap};

use palisade::{
    policy::{Facet, PatternFacts, Position, Unit},
    rules::{Apply, Sealed, pattern::engine::Pattern},
    value::{Surroundings, View},
};
use regex::Regex;

/// Whether the rule takes the text, once its view and its facets were asked, too.
pub fn accepts<R: Apply<str>>(sealed: Sealed<R>, text: &str) -> bool {
    let facets = sealed.facets();
    let rule = sealed.into_rule();
    let accepted = rule.check_in(text, Surroundings::NONE);
    let viewed = rule.check_view_in(&View::Text(text.into()), Surroundings::NONE);
    assert_eq!(accepted, viewed, "`{}` on {text:?}: the value, then its view", rule.code());
    if accepted {
        for facet in facets.into_iter() {
            assert!(allows(&facet, text), "`{}` takes {text:?}, and documents {facet:?}", rule.code());
        }
    }
    accepted
}

/// Whether a reader of the document would take the text. What JSON Schema cannot say allows it.
fn allows(facet: &Facet, text: &str) -> bool {
    let length = text.chars().count() as u64;
    match facet {
        Facet::MinLength(least) => *least <= length,
        Facet::MaxLength(most) => length <= *most,
        Facet::Pattern(facts) => fits(facts, length, text),
        Facet::OneOf(texts) => texts.contains(&text),
        Facet::NoneOf(texts) => !texts.contains(&text),
        Facet::Holds(Position::Start, part) => text.starts_with(part),
        Facet::Holds(Position::End, part) => text.ends_with(part),
        Facet::Holds(Position::Anywhere, part) => text.contains(part),
        Facet::Holds(Position::Nowhere, part) => !text.contains(part),
        Facet::Unit(Unit::Bytes | Unit::Graphemes)
        | Facet::Minimum(_)
        | Facet::Maximum(_)
        | Facet::ExclusiveMinimum(_)
        | Facet::ExclusiveMaximum(_)
        | Facet::MultipleOf(_)
        | Facet::Format(_)
        | Facet::Unique
        | Facet::Between(_)
        | Facet::Cleaned(..)
        | Facet::Clean(..)
        | Facet::Truncated(_)
        | Facet::Raised(_)
        | Facet::Lowered(_)
        | Facet::RejectUnclean
        | Facet::Sensitive
        | Facet::Custom(_) => true,
    }
}

fn fits(facts: &PatternFacts, length: u64, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<&'static str, Regex>> = RefCell::default();
    }
    let matches = COMPILED.with_borrow_mut(|compiled| {
        let regex = compiled.entry(facts.source).or_insert_with(|| {
            let ecma = Pattern::try_compile(facts.source).expect("a published pattern is portable").ecma();
            oracle(&ecma).expect("`regex` reads a published pattern")
        });
        regex.is_match(text)
    });
    matches && facts.shortest <= length && facts.longest.is_none_or(|longest| length <= longest)
}

/// The pattern of a document, as `regex` reads it by itself: what ECMA-262 spells otherwise is spelled out.
#[must_use]
pub fn oracle(ecma: &str) -> Option<Regex> {
    let mut theirs = String::with_capacity(ecma.len());
    let mut characters = ecma.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            theirs.push(character);
            continue;
        }
        match characters.next()? {
            'd' => theirs.push_str("[0-9]"),
            'D' => theirs.push_str("[^0-9]"),
            'w' => theirs.push_str("[0-9A-Za-z_]"),
            'W' => theirs.push_str("[^0-9A-Za-z_]"),
            escaped => theirs.extend(['\\', escaped]),
        }
    }
    Regex::new(&theirs).ok()
}
