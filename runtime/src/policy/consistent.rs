//! The proof, in const evaluation, that the rules on a field do not contradict each other.

use super::{Bound, Facet, Facets, Kind, Leaves, Position, Rules, catalogue::same, field::tighter, place::Place};
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
    /// One of them lists the texts that may be there.
    choices: bool,
    /// One of them holds in one group only.
    grouped: bool,
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

/// Proves that some value can satisfy all rules that hold at once: those of every group, and those of one more. It says how
/// long a value can be by those of every group, as far as that shows here.
#[track_caller]
pub(super) const fn assert_consistent(at: Place<'_>, kind: Kind, rules: &Rules) -> Option<u64> {
    let rules = rules.own();
    if rules.is_empty() {
        return None;
    }
    let all = assert_consistent_in(at, kind, rules, None);
    let mut rule = 0;
    while all.grouped && rule < rules.len() {
        if let Some(group) = rules[rule].group() {
            assert_consistent_in(at, kind, rules, Some(group.name()));
        }
        rule += 1;
    }
    all.max_length
}

#[track_caller]
const fn assert_consistent_in(at: Place<'_>, kind: Kind, rules: &[RuleRef], name: Option<&str>) -> Gathered {
    let mut all = Gathered {
        min_length: 0,
        max_length: None,
        lowest: None,
        highest: None,
        lowercase: None,
        uppercase: None,
        trimmed: None,
        steps: false,
        choices: false,
        grouped: false,
    };
    let mut rule = 0;
    while rule < rules.len() {
        match (rules[rule].group(), name) {
            (None, _) => gather_all(&mut all, at, kind, rules[rule].meaning()),
            (Some(group), Some(name)) if same(group.name(), name) => {
                assert_grouped(at, rules[rule].meaning());
                gather_all(&mut all, at, kind, rules[rule].meaning());
            }
            (Some(_), _) => all.grouped = true,
        }
        rule += 1;
    }
    if all.choices || all.lowercase.is_some() || all.uppercase.is_some() || all.trimmed.is_some() {
        assert_possible(at, rules, name, &all);
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
    all
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
const fn assert_grouped(at: Place<'_>, facets: &Facets) {
    let mut facet = 0;
    while let Some(said) = facets.at(facet) {
        if matches!(said, Facet::Cleaned(..)) {
            at.says(": a cleaning step runs in every group: write it in an attribute without `on`").panic();
        }
        if matches!(said, Facet::Sensitive) {
            at.says(": a value is confidential in every group: write `sensitive` in an attribute without `on`").panic();
        }
        facet += 1;
    }
}

/// Few rules have more than two facets, and a loop is several times as many steps of const evaluation.
#[track_caller]
const fn gather_all(all: &mut Gathered, at: Place<'_>, kind: Kind, facets: &Facets) {
    let [first, second, third, fourth] = facets.all();
    if let Some(facet) = first {
        gather(all, at, kind, facet);
    }
    if let Some(facet) = second {
        gather(all, at, kind, facet);
    }
    if let Some(facet) = third {
        gather(all, at, kind, facet);
    }
    if let Some(facet) = fourth {
        gather(all, at, kind, facet);
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

#[track_caller]
const fn gather(all: &mut Gathered, at: Place<'_>, kind: Kind, facet: &Facet) {
    match *facet {
        Facet::MinLength(length) => all.min_length = larger(all.min_length, length),
        Facet::MaxLength(length) | Facet::Truncated(length) => all.max_length = tighter(all.max_length, Some(length)),
        Facet::Pattern(pattern) => {
            all.min_length = larger(all.min_length, pattern.shortest);
            all.max_length = tighter(all.max_length, pattern.longest);
        }
        Facet::Holds(Position::Start | Position::End | Position::Anywhere, part) => {
            all.min_length = larger(all.min_length, characters(part));
        }
        Facet::Minimum(bound) | Facet::Raised(bound) => {
            all.lowest = higher(all.lowest, End { bound, reach: Reach::To });
        }
        Facet::Maximum(bound) | Facet::Lowered(bound) => {
            all.highest = lower(all.highest, End { bound, reach: Reach::To });
        }
        Facet::ExclusiveMinimum(bound) => all.lowest = higher(all.lowest, End { bound, reach: Reach::Before }),
        Facet::ExclusiveMaximum(bound) => all.highest = lower(all.highest, End { bound, reach: Reach::Before }),
        Facet::Cleaned(step, leaves) | Facet::Clean(step, leaves) => {
            all.steps = true;
            match leaves {
                // It may bring back what another took away, as an escape does small letters.
                Leaves::Anything => (all.lowercase, all.uppercase, all.trimmed) = (None, None, None),
                // What was lower case and is made upper case is upper case: the last step says.
                Leaves::NoCapitals => (all.lowercase, all.uppercase) = (Some(step), None),
                Leaves::NoSmallLetters => (all.lowercase, all.uppercase) = (None, Some(step)),
                Leaves::Trimmed => all.trimmed = Some(step),
            }
        }
        Facet::OneOf(_) => all.choices = true,
        Facet::Unit(_) => assert_unit(at, kind),
        Facet::RejectUnclean => {
            if !all.steps {
                at.says(": `reject_unclean` is about the cleaning steps in front of it, and there is none: write `trim, reject_unclean`").panic();
            }
        }
        Facet::Holds(Position::Nowhere, _)
        | Facet::MultipleOf(_)
        | Facet::NoneOf(_)
        | Facet::Unique
        | Facet::Between(_)
        | Facet::Format(_)
        | Facet::Sensitive
        | Facet::Custom(_) => {}
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
const fn assert_possible(at: Place<'_>, rules: &[RuleRef], group: Option<&str>, all: &Gathered) {
    let mut rule = 0;
    while rule < rules.len() {
        let facets = rules[rule].meaning();
        let mut facet = 0;
        while holds_in(&rules[rule], group)
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
const fn assert_unit(at: Place<'_>, kind: Kind) {
    if let Kind::List(_) | Kind::Array(..) | Kind::Map(..) = kind {
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
