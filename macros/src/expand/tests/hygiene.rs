//! What expansions may name: the user's own words, absolute paths in the table, and names of ours.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::expand;
use crate::paths::NAMES;

const SOURCES: &[&str] = &[
    include_str!("../../../snapshots/newtype.rs"),
    include_str!("../../../snapshots/constructor.rs"),
    include_str!("../../../snapshots/object.rs"),
    include_str!("../../../snapshots/property.rs"),
    include_str!("../../../snapshots/between.rs"),
    include_str!("../../../snapshots/tuple.rs"),
    include_str!("../../../snapshots/variants.rs"),
    include_str!("../../../snapshots/generic.rs"),
    include_str!("../../../snapshots/catalogue.rs"),
    include_str!("../../../snapshots/callers.rs"),
    include_str!("../../../snapshots/endpoint.rs"),
    include_str!("../../../snapshots/request.rs"),
    include_str!("../../../snapshots/api.rs"),
];

/// Keywords, primitive types, attributes and lints: what no item of the user's can stand in for.
const LANGUAGE: &str = "_ as async await bool const crate else enum false fn for if impl let match mut return self static str \
     struct true type u8 use usize where allow automatically_derived derive doc clippy absolute_paths dead_code \
     declare_interior_mutable_const missing_debug_implementations missing_docs unused_async \
     non_camel_case_types non_upper_case_globals nursery pedantic private_bounds private_interfaces redundant_closure restriction \
     unreachable_patterns unused_imports unused_qualifications schemars serde default rename rename_all deny_unknown_fields schema_with skip_serializing_if";

/// Items of the traits we implement, and what the mirror brings in for the derive of schemars.
const ITEMS: &str = "handler relate consider ORDER serve mount Error KINDS CALLERS from_caller extract try_from Self KIND FIELDS REGARDS_CALLERS CATALOGUE POLICY index shape describe regard regard_below regard_in_place clean check spell inline_schema schema_name schema_id \
     json_schema None Some";

#[test]
fn every_name_is_the_users_ours_or_absolute() -> Result<(), String> {
    for source in SOURCES {
        let mut known = words(source.parse().map_err(|error| format!("{error}"))?);
        known.extend(LANGUAGE.split_whitespace().chain(ITEMS.split_whitespace()).map(str::to_owned));
        walk(expand(source)?, &known)?;
    }
    Ok(())
}

#[test]
fn every_private_name_is_in_the_table() -> Result<(), String> {
    let mut used = BTreeSet::new();
    for source in SOURCES {
        let text = expand(source)?.to_string();
        let after = text.split("__palisade ::").skip(1);
        used.extend(after.map(|rest| {
            rest.trim_start()
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect::<String>()
        }));
    }
    let unlisted: Vec<_> = used.iter().filter(|name| !NAMES.contains(&name.as_str())).collect();
    assert!(unlisted.is_empty(), "used but not in the table: {unlisted:?}");
    Ok(())
}

#[test]
fn expansions_cannot_panic() -> Result<(), String> {
    for source in SOURCES {
        let words = words(expand(source)?);
        for word in ["unwrap", "expect", "panic", "unreachable", "unsafe"] {
            assert!(!words.contains(word), "{word}");
        }
    }
    Ok(())
}

fn words(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => found.extend(words(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// A name is judged unless a path, a method call or an apostrophe leads to it.
fn walk(tokens: TokenStream, known: &BTreeSet<String>) -> Result<(), String> {
    let mut before = (' ', ' ');
    for token in tokens {
        let is_in_path = before == (':', ':');
        match token {
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let is_led_to = is_in_path || before.1 == '.' || before.1 == '\'';
                if !is_led_to && !name.starts_with("__") && !known.contains(&name) {
                    return Err(format!("`{name}` is neither the user's nor absolute"));
                }
                before = (' ', ' ');
            }
            TokenTree::Punct(punct) => before = (before.1, punct.as_char()),
            TokenTree::Group(group) => {
                // The braces of a `use` are part of its path.
                if !(is_in_path && group.delimiter() == Delimiter::Brace) {
                    walk(group.stream(), known)?;
                }
                before = (' ', ' ');
            }
            TokenTree::Literal(_) => before = (' ', ' '),
        }
    }
    Ok(())
}
