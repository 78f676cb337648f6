//! The proof, in const evaluation, that a field is bounded.

use super::{Facet, Facets, Field, Kind, Rules, Style, Unit, consistent::assert_consistent, place::Place};

/// Proves in const evaluation that a field is bounded and its rules do not contradict each other.
///
/// # Panics
/// In const evaluation, with the type, the field and the mend.
#[track_caller]
pub const fn assert_field(owner: &str, field: &Field) {
    assert_style(owner, field);
    if field.rules().unchecked_reason().is_some() {
        return;
    }
    assert_bounded(owner, field.name(), "", field.kind(), field.rules());
}

/// A field of the kind `Object` may be a list or an object within: that is looked at when the gate is opened.
#[track_caller]
const fn assert_style(owner: &str, field: &Field) {
    let Some(style) = field.declared_style() else { return };
    let fits = match (style, field.kind()) {
        (Style::CommaSeparated, Kind::List(_) | Kind::Array(..) | Kind::Object | Kind::Opaque) => true,
        (Style::DeepObject, Kind::Map(..) | Kind::Object | Kind::Opaque) => true,
        (
            Style::CommaSeparated | Style::DeepObject,
            Kind::Text
            | Kind::Integer(..)
            | Kind::Number
            | Kind::Boolean
            | Kind::List(_)
            | Kind::Array(..)
            | Kind::Map(..)
            | Kind::Choice
            | Kind::Formatted(_),
        ) => false,
    };
    if !fits {
        let at = Place { owner, name: field.name(), part: "" };
        match style {
            Style::CommaSeparated => {
                at.says(": `comma_separated` is for a list, and this is none: remove `style`").panic()
            }
            Style::DeepObject => at.says(": `deep_object` is for an object, and this is none: remove `style`").panic(),
        }
    }
}

#[track_caller]
const fn assert_bounded(owner: &str, name: &str, part: &str, kind: Kind, rules: &Rules) {
    let at = Place { owner, name, part };
    let longest = assert_consistent(at, kind, rules);
    // What bounds nearly every text and list is known by now; to look at all facets again takes as long once more.
    let needs_bound = matches!(kind, Kind::Text | Kind::List(_) | Kind::Map(..));
    let unbounded = needs_bound && longest.is_none() && rules.longest().is_none();
    match kind {
        Kind::Text => {
            if unbounded && counts_graphemes(rules) {
                at.says(": one grapheme may be of any length, so this text has no upper bound: add `length(max = ..)` in code points")
                    .panic();
            }
            if unbounded {
                at.says(": a text without an upper bound: add `length(max = ..)`, or a rule that bounds it").panic();
            }
        }
        Kind::List(item) => {
            if unbounded {
                at.says(": a list without an upper bound: add `length(max = ..)`").panic();
            }
            assert_part(owner, name, " (each item)", "each", *item, rules.on_items());
        }
        Kind::Array(item, _) => assert_part(owner, name, " (each item)", "each", *item, rules.on_items()),
        Kind::Map(key, value) => {
            if unbounded {
                at.says(": a map without an upper bound: add `length(max = ..)`").panic();
            }
            assert_part(owner, name, " (each key)", "keys", *key, rules.on_keys());
            assert_part(owner, name, " (each value)", "values", *value, rules.on_values());
        }
        Kind::Opaque => {
            if !constrains(rules) {
                at.says(
                    ": nothing bounds this type: give it a type that derives `Secure`, or say `unchecked = \"reason\"`",
                )
                .panic();
            }
        }
        Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Object | Kind::Choice | Kind::Formatted(_) => {}
    }
}

#[track_caller]
const fn assert_part(owner: &str, name: &str, part: &str, word: &str, kind: Kind, rules: Option<&'static Rules>) {
    match rules {
        Some(rules) => assert_bounded(owner, name, part, kind, rules),
        None => match kind {
            Kind::Text | Kind::List(_) | Kind::Map(..) | Kind::Opaque => Place { owner, name, part }
                .says(": nothing bounds it: add `")
                .text(word)
                .text("(length(max = ..))`")
                .panic(),
            Kind::Array(item, _) => assert_part(owner, name, part, word, *item, None),
            Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Object | Kind::Choice | Kind::Formatted(_) => {}
        },
    }
}

const fn counts_graphemes(rules: &Rules) -> bool {
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = rules.own()[rule].facets();
        let mut facet = 0;
        while let Some(said) = facets.at(facet) {
            if matches!(said, Facet::Unit(Unit::Graphemes)) {
                return true;
            }
            facet += 1;
        }
        rule += 1;
    }
    false
}

/// Whether some rule says more than that the value is sensitive, or how it is cleaned.
const fn constrains(rules: &Rules) -> bool {
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = if rules.own()[rule].group().is_none() { rules.own()[rule].facets() } else { Facets::NONE };
        let mut facet = 0;
        while let Some(said) = facets.at(facet) {
            match said {
                // That a value is there, or not, says nothing about the value.
                Facet::Sensitive | Facet::Cleaned(..) | Facet::RejectUnclean | Facet::Between(_) => {}
                Facet::MinLength(_)
                | Facet::MaxLength(_)
                | Facet::Minimum(_)
                | Facet::Maximum(_)
                | Facet::ExclusiveMinimum(_)
                | Facet::ExclusiveMaximum(_)
                | Facet::MultipleOf(_)
                | Facet::NoneOf(_)
                | Facet::Holds(..)
                | Facet::Unit(_)
                | Facet::Unique
                | Facet::Pattern(_)
                | Facet::Format(_)
                | Facet::OneOf(_)
                | Facet::Clean(..)
                | Facet::Truncated(_)
                | Facet::Raised(_)
                | Facet::Lowered(_)
                | Facet::Custom(_) => return true,
            }
            facet += 1;
        }
        rule += 1;
    }
    false
}
