//! The proof, in const evaluation, that a field is bounded and that its rules do not contradict each other.

use super::{Facet, Field, Kind, Message, Rules, catalogue::same, field::tighter};

/// Proves in const evaluation that a field is bounded and its rules do not contradict each other.
///
/// # Panics
/// In const evaluation, with the type, the field and the mend.
#[track_caller]
pub const fn assert_field(owner: &str, field: &Field) {
    if field.rules().unchecked_reason().is_some() {
        return;
    }
    assert_bounded(owner, field.name(), "", field.kind(), field.rules());
}

/// Where a message is about; composed only once there is something to say.
#[derive(Clone, Copy)]
struct Place<'a> {
    owner: &'a str,
    name: &'a str,
    part: &'a str,
}

impl Place<'_> {
    const fn says(self, text: &str) -> Message {
        Message::new("`").text(self.owner).text(".").text(self.name).text("`").text(self.part).text(text)
    }
}

#[track_caller]
const fn assert_bounded(owner: &str, name: &str, part: &str, kind: Kind, rules: &Rules) {
    let at = Place { owner, name, part };
    assert_consistent(at, kind, rules);
    match kind {
        Kind::Text => {
            if rules.longest().is_none() {
                at.says(": a text without an upper bound: add `length(max = ..)`, or a rule that bounds it").panic();
            }
        }
        Kind::List(item) => {
            if rules.longest().is_none() {
                at.says(": a list without an upper bound: add `length(max = ..)`").panic();
            }
            assert_part(owner, name, " (each item)", "each", *item, rules.on_items());
        }
        Kind::Array(item, _) => assert_part(owner, name, " (each item)", "each", *item, rules.on_items()),
        Kind::Map(key, value) => {
            if rules.longest().is_none() {
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
        Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Object | Kind::Choice => {}
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
            Kind::Integer(..) | Kind::Number | Kind::Boolean | Kind::Object | Kind::Choice => {}
        },
    }
}

/// What the rules on one value say together, gathered to be held against each other.
struct Gathered {
    min_length: u64,
    max_length: Option<u64>,
    minimum: Option<i128>,
    maximum: Option<i128>,
    lowercase: bool,
    trimmed: bool,
}

#[track_caller]
const fn assert_consistent(at: Place<'_>, kind: Kind, rules: &Rules) {
    let mut all =
        Gathered { min_length: 0, max_length: None, minimum: None, maximum: None, lowercase: false, trimmed: false };
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = rules.own()[rule].facets();
        let mut facet = 0;
        while let Some(said) = facets.at(facet) {
            all = gather(all, said);
            assert_cleaned_pattern(at, &all, said);
            facet += 1;
        }
        rule += 1;
    }
    if let Some(max) = all.max_length
        && max < all.min_length
    {
        at.says(": no value is long enough and short enough: at least ")
            .number(all.min_length)
            .text(", at most ")
            .number(max)
            .text(": widen one of them")
            .panic();
    }
    if let (Some(minimum), Some(maximum)) = (all.minimum, all.maximum)
        && maximum < minimum
    {
        at.says(": the ranges do not meet: widen one of them").panic();
    }
    if let Kind::Integer(lowest, highest) = kind {
        let below = matches!(all.minimum, Some(bound) if bound < lowest || highest < bound);
        let above = matches!(all.maximum, Some(bound) if highest < bound || bound < lowest);
        if below || above {
            at.says(": the range leaves the field's own type: write bounds that the type can hold").panic();
        }
    }
}

const fn gather(all: Gathered, facet: Facet) -> Gathered {
    match facet {
        Facet::MinLength(length) => Gathered { min_length: larger(all.min_length, length), ..all },
        Facet::MaxLength(length) => Gathered { max_length: tighter(all.max_length, Some(length)), ..all },
        Facet::Pattern(pattern) => Gathered {
            min_length: larger(all.min_length, pattern.shortest),
            max_length: tighter(all.max_length, pattern.longest),
            ..all
        },
        Facet::Minimum(bound) => {
            let minimum = match all.minimum {
                Some(other) if bound < other => other,
                Some(_) | None => bound,
            };
            Gathered { minimum: Some(minimum), ..all }
        }
        Facet::Maximum(bound) => {
            let maximum = match all.maximum {
                Some(other) if other < bound => other,
                Some(_) | None => bound,
            };
            Gathered { maximum: Some(maximum), ..all }
        }
        Facet::Cleaned(step) => Gathered {
            lowercase: all.lowercase || same(step, "lowercase"),
            trimmed: all.trimmed || same(step, "trim"),
            ..all
        },
        Facet::Format(_) | Facet::OneOf(_) | Facet::Sensitive | Facet::Custom(_) => all,
    }
}

const fn larger(left: u64, right: u64) -> u64 {
    if left < right { right } else { left }
}

#[track_caller]
const fn assert_cleaned_pattern(at: Place<'_>, all: &Gathered, facet: Facet) {
    if let Facet::Pattern(pattern) = facet {
        if all.lowercase && pattern.needs_uppercase {
            at.says(": `lowercase` runs first, and ")
                .quoted(pattern.source)
                .text(" needs a capital: no value can pass")
                .panic();
        }
        if all.trimmed && pattern.needs_outer_space {
            at.says(": `trim` runs first, and ")
                .quoted(pattern.source)
                .text(" needs white space at an end: no value can pass")
                .panic();
        }
    }
}

/// Whether some rule says more than that the value is sensitive, or how it is cleaned.
const fn constrains(rules: &Rules) -> bool {
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = rules.own()[rule].facets();
        let mut facet = 0;
        while let Some(said) = facets.at(facet) {
            match said {
                Facet::Sensitive | Facet::Cleaned(_) => {}
                Facet::MinLength(_)
                | Facet::MaxLength(_)
                | Facet::Minimum(_)
                | Facet::Maximum(_)
                | Facet::Pattern(_)
                | Facet::Format(_)
                | Facet::OneOf(_)
                | Facet::Custom(_) => return true,
            }
            facet += 1;
        }
        rule += 1;
    }
    false
}
