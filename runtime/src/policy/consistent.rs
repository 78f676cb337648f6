//! The proof, in const evaluation, that the rules on a field do not contradict each other.

use super::{Bound, Facet, Kind, Leaves, Position, Rules, catalogue::same, field::tighter, place::Place};
use crate::rules::RuleRef;

/// What the rules on one value say together, gathered to be held against each other.
struct Gathered {
    min_length: u64,
    max_length: Option<u64>,
    lowest: Option<End>,
    highest: Option<End>,
    /// The step that leaves texts so, by name.
    lowercase: Option<&'static str>,
    uppercase: Option<&'static str>,
    trimmed: Option<&'static str>,
    steps: bool,
}

/// One end of a range.
#[derive(Clone, Copy)]
struct End {
    bound: Bound,
    reach: Reach,
}

/// Whether a range reaches its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    To,
    Before,
}

/// Proves that some value can satisfy all rules that hold at once: those of every group, and those of one more.
#[track_caller]
pub(super) const fn assert_consistent(at: Place<'_>, kind: Kind, rules: &Rules) {
    assert_consistent_in(at, kind, rules, None);
    let mut rule = 0;
    while rule < rules.own().len() {
        if let Some(group) = rules.own()[rule].group() {
            assert_consistent_in(at, kind, rules, Some(group.name()));
        }
        rule += 1;
    }
}

/// Whether a rule holds in the group of this name.
const fn holds_in(rule: &RuleRef, name: Option<&str>) -> bool {
    match (rule.group(), name) {
        (None, _) => true,
        (Some(group), Some(name)) => same(group.name(), name),
        (Some(_), None) => false,
    }
}

#[track_caller]
const fn assert_consistent_in(at: Place<'_>, kind: Kind, rules: &Rules, group: Option<&str>) {
    let mut all = Gathered {
        min_length: 0,
        max_length: None,
        lowest: None,
        highest: None,
        lowercase: None,
        uppercase: None,
        trimmed: None,
        steps: false,
    };
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = rules.own()[rule].facets();
        let always = rules.own()[rule].group().is_none();
        let mut facet = 0;
        while holds_in(&rules.own()[rule], group)
            && let Some(said) = facets.at(facet)
        {
            if !always && matches!(said, Facet::Cleaned(..)) {
                at.says(": a cleaning step runs in every group: write it in an attribute without `on`").panic();
            }
            if !always && matches!(said, Facet::Sensitive) {
                at.says(": a value is confidential in every group: write `sensitive` in an attribute without `on`")
                    .panic();
            }
            all = gather(all, said);
            assert_unit(at, kind, said);
            if matches!(said, Facet::RejectUnclean) && !all.steps {
                at.says(": `reject_unclean` is about the cleaning steps in front of it, and there is none: write `trim, reject_unclean`").panic();
            }
            facet += 1;
        }
        rule += 1;
    }
    assert_possible(at, rules, group, &all);
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
    if let (Some(lowest), Some(highest)) = (all.lowest, all.highest)
        && is_empty(kind, lowest, highest)
    {
        at.says(": the ranges do not meet: widen one of them").panic();
    }
    if let Kind::Integer(smallest, largest) = kind {
        let (smallest, largest) = (Bound::Whole(smallest), Bound::Whole(largest));
        if is_outside(all.lowest, smallest, largest) || is_outside(all.highest, smallest, largest) {
            at.says(": the range leaves the field's own type: write bounds that the type can hold").panic();
        }
    }
}

const fn is_outside(end: Option<End>, smallest: Bound, largest: Bound) -> bool {
    matches!(end, Some(end) if smallest.is_above(end.bound) || end.bound.is_above(largest))
}

/// Whether no number of this kind is between the two.
const fn is_empty(kind: Kind, lowest: End, highest: End) -> bool {
    if lowest.bound.is_above(highest.bound) {
        return true;
    }
    let touches = matches!((lowest.reach, highest.reach), (Reach::To, Reach::To));
    let same = !highest.bound.is_above(lowest.bound);
    let next = match (kind, lowest.bound, highest.bound) {
        (Kind::Integer(..), Bound::Whole(low), Bound::Whole(high)) => {
            matches!((lowest.reach, highest.reach), (Reach::Before, Reach::Before)) && low + 1 == high
        }
        _ => false,
    };
    (same && !touches) || next
}

const fn gather(all: Gathered, facet: Facet) -> Gathered {
    match facet {
        Facet::MinLength(length) => Gathered { min_length: larger(all.min_length, length), ..all },
        Facet::MaxLength(length) | Facet::Truncated(length) => {
            Gathered { max_length: tighter(all.max_length, Some(length)), ..all }
        }
        Facet::Pattern(pattern) => Gathered {
            min_length: larger(all.min_length, pattern.shortest),
            max_length: tighter(all.max_length, pattern.longest),
            ..all
        },
        Facet::Holds(position, part) => match position {
            Position::Start | Position::End | Position::Anywhere => {
                Gathered { min_length: larger(all.min_length, characters(part)), ..all }
            }
            Position::Nowhere => all,
        },
        Facet::Minimum(bound) | Facet::Raised(bound) => {
            Gathered { lowest: higher(all.lowest, End { bound, reach: Reach::To }), ..all }
        }
        Facet::Maximum(bound) | Facet::Lowered(bound) => {
            Gathered { highest: lower(all.highest, End { bound, reach: Reach::To }), ..all }
        }
        Facet::ExclusiveMinimum(bound) => {
            Gathered { lowest: higher(all.lowest, End { bound, reach: Reach::Before }), ..all }
        }
        Facet::ExclusiveMaximum(bound) => {
            Gathered { highest: lower(all.highest, End { bound, reach: Reach::Before }), ..all }
        }
        Facet::Cleaned(step, leaves) | Facet::Clean(step, leaves) => {
            let all = Gathered { steps: true, ..all };
            match leaves {
                // It may bring back what another took away, as an escape does small letters.
                Leaves::Anything => Gathered { lowercase: None, uppercase: None, trimmed: None, ..all },
                // What was lower case and is made upper case is upper case: the last step says.
                Leaves::NoCapitals => Gathered { lowercase: Some(step), uppercase: None, ..all },
                Leaves::NoSmallLetters => Gathered { lowercase: None, uppercase: Some(step), ..all },
                Leaves::Trimmed => Gathered { trimmed: Some(step), ..all },
            }
        }
        Facet::MultipleOf(_)
        | Facet::NoneOf(_)
        | Facet::Unique
        | Facet::Between(_)
        | Facet::Format(_)
        | Facet::OneOf(_)
        | Facet::Unit(_)
        | Facet::RejectUnclean
        | Facet::Sensitive
        | Facet::Custom(_) => all,
    }
}

/// The tighter of two lower ends.
const fn higher(there: Option<End>, end: End) -> Option<End> {
    match there {
        Some(there) if there.bound.is_above(end.bound) => Some(there),
        Some(there) if !end.bound.is_above(there.bound) && matches!(there.reach, Reach::Before) => Some(there),
        Some(_) | None => Some(end),
    }
}

/// The tighter of two upper ends.
const fn lower(there: Option<End>, end: End) -> Option<End> {
    match there {
        Some(there) if end.bound.is_above(there.bound) => Some(there),
        Some(there) if !there.bound.is_above(end.bound) && matches!(there.reach, Reach::Before) => Some(there),
        Some(_) | None => Some(end),
    }
}

const fn larger(left: u64, right: u64) -> u64 {
    if left < right { right } else { left }
}

#[track_caller]
const fn assert_cleaned_pattern(at: Place<'_>, all: &Gathered, facet: Facet) {
    if let Facet::Pattern(pattern) = facet {
        if let Some(step) = all.lowercase
            && pattern.needs_uppercase
        {
            at.says(": ")
                .quoted(step)
                .text(" runs first, and ")
                .quoted(pattern.source)
                .text(" needs a capital: no value can pass")
                .panic();
        }
        if let Some(step) = all.uppercase
            && pattern.needs_lowercase
        {
            at.says(": ")
                .quoted(step)
                .text(" runs first, and ")
                .quoted(pattern.source)
                .text(" needs a small letter: no value can pass")
                .panic();
        }
        if let Some(step) = all.trimmed
            && pattern.needs_outer_space
        {
            at.says(": ")
                .quoted(step)
                .text(" runs first, and ")
                .quoted(pattern.source)
                .text(" needs white space at an end: no value can pass")
                .panic();
        }
    }
}

#[track_caller]
const fn assert_cleaned_part(at: Place<'_>, all: &Gathered, facet: Facet) {
    let Facet::Holds(position @ (Position::Start | Position::End | Position::Anywhere), part) = facet else {
        return;
    };
    if let Some(step) = all.lowercase
        && has_between(part, b'A', b'Z')
    {
        at.says(": ")
            .quoted(step)
            .text(" runs first, and ")
            .quoted(part)
            .text(" has a capital: no value can pass")
            .panic();
    }
    if let Some(step) = all.uppercase
        && has_between(part, b'a', b'z')
    {
        at.says(": ")
            .quoted(step)
            .text(" runs first, and ")
            .quoted(part)
            .text(" has a small letter: no value can pass")
            .panic();
    }
    let outer = match position {
        Position::Start => part.as_bytes().first(),
        Position::End => part.as_bytes().last(),
        Position::Anywhere | Position::Nowhere => None,
    };
    if let Some(step) = all.trimmed
        && matches!(outer, Some(b'\t'..=b'\r' | b' '))
    {
        at.says(": ")
            .quoted(step)
            .text(" runs first, and ")
            .quoted(part)
            .text(" needs white space at an end: no value can pass")
            .panic();
    }
}

/// Every cleaning step runs before every constraint, so where a rule stands among the others does not matter.
#[track_caller]
const fn assert_possible(at: Place<'_>, rules: &Rules, group: Option<&str>, all: &Gathered) {
    let mut rule = 0;
    while rule < rules.own().len() {
        let facets = rules.own()[rule].facets();
        let mut facet = 0;
        while holds_in(&rules.own()[rule], group)
            && let Some(said) = facets.at(facet)
        {
            assert_cleaned_pattern(at, all, said);
            assert_cleaned_part(at, all, said);
            assert_some_choice(at, all, said);
            facet += 1;
        }
        rule += 1;
    }
}

#[track_caller]
const fn assert_some_choice(at: Place<'_>, all: &Gathered, facet: Facet) {
    let Facet::OneOf(choices) = facet else { return };
    let mut choice = 0;
    while choice < choices.len() {
        let text = choices[choice];
        let length = characters(text);
        let fits = all.min_length <= length && !matches!(all.max_length, Some(max) if max < length);
        let cleaned = (all.lowercase.is_some() && has_between(text, b'A', b'Z'))
            || (all.uppercase.is_some() && has_between(text, b'a', b'z'));
        if fits && !cleaned {
            return;
        }
        choice += 1;
    }
    at.says(": none of the choices can pass the rules beside them: change one of the two").panic();
}

#[track_caller]
const fn assert_unit(at: Place<'_>, kind: Kind, facet: Facet) {
    if let (Facet::Unit(_), Kind::List(_) | Kind::Array(..) | Kind::Map(..)) = (facet, kind) {
        at.says(": only texts are measured in bytes or graphemes: remove `unit`, items and entries are counted")
            .panic();
    }
}

const fn characters(text: &str) -> u64 {
    let text = text.as_bytes();
    let mut count = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        at += 1;
    }
    count
}

const fn has_between(text: &str, lowest: u8, highest: u8) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        if lowest <= text[at] && text[at] <= highest {
            return true;
        }
        at += 1;
    }
    false
}
