//! A pattern in the first line, texts in the others: it is refused in words, or matches what `regex` matches.

use std::{collections::HashSet, sync::Mutex};

use palisade::rules::pattern::engine::Pattern;

use crate::agreement::oracle;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let (source, texts) = input.split_once('\n').unwrap_or((input, ""));
    let source = kept(source);
    let pattern = match Pattern::try_compile(source) {
        Ok(pattern) => pattern,
        Err(message) => {
            assert!(message.starts_with("`pattern`: "), "{source:?} is refused with {message:?}");
            return;
        }
    };
    let facts = pattern.facts();
    assert!(facts.longest.is_none_or(|longest| facts.shortest <= longest), "{source:?} has the lengths of no text");
    let Some(oracle) = oracle(&pattern.ecma()) else {
        panic!("`regex` does not read {:?}, which documents would say for {source:?}", pattern.ecma())
    };
    // The pattern and its parts are texts that come near a match.
    for text in texts.split('\n').chain([source, texts, ""]).chain(source.split(['|', '(', ')', '{', '[', ']', '\\'])) {
        let expected = oracle.is_match(text);
        assert_eq!(pattern.matches(text), expected, "{source:?} on {text:?}");
        if expected {
            let length = text.chars().count() as u64;
            assert!(facts.shortest <= length, "{source:?} on {text:?}: shorter than the shortest");
            assert!(facts.longest.is_none_or(|longest| length <= longest), "{source:?} on {text:?}: too long");
            assert!(
                !facts.needs_uppercase || text.contains(|c: char| c.is_ascii_uppercase()),
                "{source:?} on {text:?}"
            );
            assert!(
                !facts.needs_lowercase || text.contains(|c: char| c.is_ascii_lowercase()),
                "{source:?} on {text:?}"
            );
            assert!(!facts.needs_outer_space || text.trim() != text, "{source:?} on {text:?}");
        }
    }
}

/// A pattern lives as long as the program. Each is kept once, and where a leak checker finds it.
fn kept(source: &str) -> &'static str {
    static KEPT: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let kept = kept.get_or_insert_default();
    if let Some(known) = kept.get(source) {
        return known;
    }
    let source: &'static str = source.to_owned().leak();
    kept.insert(source);
    source
}
