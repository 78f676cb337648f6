//! Random patterns against `regex`, which reads them by itself.

use proptest::prelude::*;
use regex::Regex;

use super::{Pattern, fallback::build, parse};

/// A part of a pattern as the test knows it.
#[derive(Clone, Debug)]
enum Part {
    /// A class: how it is written here, how `regex` writes it, and some of its members.
    Class(&'static str, &'static str, &'static [char]),
    Repeat(Box<Part>, u16, Option<u16>),
    Sequence(Vec<Part>),
    Either(Vec<Part>),
}

const CLASSES: [(&str, &str, &[char]); 16] = [
    ("a", "a", &['a']),
    ("b", "b", &['b']),
    ("A", "A", &['A']),
    ("-", "-", &['-']),
    (" ", " ", &[' ']),
    ("é", "é", &['é']),
    ("\\.", "\\.", &['.']),
    ("[ab]", "[ab]", &['a', 'b']),
    ("[a-cA-C]", "[a-cA-C]", &['a', 'c', 'A', 'B']),
    ("[A-Z]", "[A-Z]", &['A', 'Q', 'Z']),
    ("\\d", "[0-9]", &['0', '9']),
    ("\\w", "[0-9A-Za-z_]", &['_', '7', 'x', 'X']),
    ("[^\\w-]", "[^0-9A-Za-z_\\-]", &[' ', '.', 'é', '😀', '\n']),
    ("[^a-c]", "[^a-c]", &['A', 'é', '\u{3000}', '-', '٣']),
    ("[à-ÿ-]", "[à-ÿ\\-]", &['à', 'é', '-']),
    ("[ \\t\u{3000}]", "[ \\t\u{3000}]", &[' ', '\t', '\u{3000}']),
];

impl Part {
    fn write(&self, dialect: fn(&'static str, &'static str) -> &'static str) -> String {
        match self {
            Self::Class(ours, theirs, _) => dialect(ours, theirs).to_owned(),
            Self::Repeat(part, min, max) => {
                let part = match &**part {
                    Self::Class(..) => part.write(dialect),
                    Self::Repeat(..) | Self::Sequence(_) | Self::Either(_) => format!("(?:{})", part.write(dialect)),
                };
                match (min, max) {
                    (0, Some(1)) => format!("{part}?"),
                    (0, None) => format!("{part}*"),
                    (1, None) => format!("{part}+"),
                    (min, None) => format!("{part}{{{min},}}"),
                    (min, Some(max)) if min == max => format!("{part}{{{min}}}"),
                    (min, Some(max)) => format!("{part}{{{min},{max}}}"),
                }
            }
            Self::Sequence(parts) => parts.iter().map(|part| part.write(dialect)).collect(),
            Self::Either(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.write(dialect)).collect();
                format!("(?:{})", parts.join("|"))
            }
        }
    }

    /// A match, led by `choices`; a member that `avoid` names is taken only where nothing else is left.
    fn sample(&self, choices: &mut impl Iterator<Item = usize>, avoid: fn(char) -> bool, text: &mut String) {
        match self {
            Self::Class(_, _, members) => {
                let choice = choices.next().unwrap_or(0);
                let rest: Vec<char> = members.iter().copied().filter(|member| !avoid(*member)).collect();
                let members = if rest.is_empty() { members } else { &rest[..] };
                text.push(members[choice % members.len()]);
            }
            Self::Repeat(part, min, max) => {
                let more = max.map_or(3, |max| max - min);
                let turns = usize::from(*min) + choices.next().unwrap_or(0) % usize::from(more + 1);
                for _ in 0..turns {
                    part.sample(choices, avoid, text);
                }
            }
            Self::Sequence(parts) => {
                for part in parts {
                    part.sample(choices, avoid, text);
                }
            }
            Self::Either(parts) => parts[choices.next().unwrap_or(0) % parts.len()].sample(choices, avoid, text),
        }
    }

    /// Whether a match can do without what `avoid` names.
    fn can_avoid(&self, avoid: fn(char) -> bool) -> bool {
        match self {
            Self::Class(_, _, members) => members.iter().any(|member| !avoid(*member)),
            Self::Repeat(part, min, _) => *min == 0 || part.can_avoid(avoid),
            Self::Sequence(parts) => parts.iter().all(|part| part.can_avoid(avoid)),
            Self::Either(parts) => parts.iter().any(|part| part.can_avoid(avoid)),
        }
    }

    fn shortest(&self) -> u64 {
        match self {
            Self::Class(..) => 1,
            Self::Repeat(part, min, _) => u64::from(*min) * part.shortest(),
            Self::Sequence(parts) => parts.iter().map(Self::shortest).sum(),
            Self::Either(parts) => parts.iter().map(Self::shortest).min().unwrap_or(0),
        }
    }

    fn longest(&self) -> Option<u64> {
        match self {
            Self::Class(..) => Some(1),
            Self::Repeat(part, _, max) => Some(u64::from((*max)?) * part.longest()?),
            Self::Sequence(parts) => parts.iter().map(Self::longest).sum(),
            Self::Either(parts) => parts.iter().map(Self::longest).collect::<Option<Vec<_>>>()?.into_iter().max(),
        }
    }
}

fn part() -> impl Strategy<Value = Part> {
    let class = (0..CLASSES.len()).prop_map(|at| Part::Class(CLASSES[at].0, CLASSES[at].1, CLASSES[at].2));
    let counts = prop_oneof![
        Just((0, Some(1))),
        Just((0, None)),
        Just((1, None)),
        Just((2, None)),
        Just((2, Some(2))),
        Just((1, Some(3))),
        Just((0, Some(2))),
    ];
    class.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            (inner.clone(), counts.clone()).prop_map(|(part, (min, max))| Part::Repeat(Box::new(part), min, max)),
            prop::collection::vec(inner.clone(), 1..5).prop_map(Part::Sequence),
            prop::collection::vec(inner, 1..4).prop_map(Part::Either),
        ]
    })
}

/// Matches of `part`, the same with one character changed, and texts that have nothing to do with it.
fn texts(part: &Part, choices: &[usize], noise: &str) -> Vec<String> {
    let mut texts = vec![String::new(), noise.to_owned()];
    let avoided: [fn(char) -> bool; 3] = [|_| false, |member| member.is_ascii_uppercase(), char::is_whitespace];
    for (shift, avoid) in avoided.into_iter().enumerate() {
        let mut text = String::new();
        let mut led = choices.iter().copied().cycle().skip(shift).take(200);
        part.sample(&mut led, avoid, &mut text);
        for changed in choices.iter().take(4) {
            let mut characters: Vec<char> = text.chars().collect();
            let at = changed % (characters.len() + 1);
            let other = noise.chars().next().unwrap_or('a');
            match changed % 3 {
                0 => characters.insert(at, other),
                1 if at < characters.len() => characters[at] = other,
                _ if at < characters.len() => drop(characters.remove(at)),
                _ => characters.push(other),
            }
            texts.push(characters.into_iter().collect());
        }
        texts.push(format!("{text}\n"));
        texts.push(text);
    }
    texts
}

/// Compiles, unless the pattern is one of those that the grammar allows and the checks refuse.
fn compile(source: &str) -> Option<Pattern> {
    let source: &'static str = source.to_owned().leak();
    match parse(source) {
        Ok(_) => Some(Pattern::compile(source)),
        Err(refusal) => {
            let why = format!("{:?}", refusal.why);
            assert!(["Explosive", "TooLarge", "NestedTooDeep"].contains(&why.as_str()), "{source:?}: {why}");
            None
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_matches_what_regex_matches(
        part in part(),
        choices in prop::collection::vec(0..1_000usize, 8..40),
        noise in "[abAB .é0_\\-\n😀]{0,6}",
    ) {
        let Some(pattern) = compile(&part.write(|ours, _| ours)) else { return Ok(()) };
        let oracle = Regex::new(&format!(r"\A(?:{})\z", part.write(|_, theirs| theirs))).unwrap();
        let automaton = build(pattern.source()).unwrap();
        for text in texts(&part, &choices, &noise) {
            let expected = oracle.is_match(&text);
            prop_assert_eq!(pattern.matches(&text), expected, "{:?} on {:?}", pattern.source(), text);
            let found = automaton.is_match(&text);
            prop_assert_eq!(found, expected, "automaton of {:?} on {:?}", pattern.source(), text);
            if expected {
                let length = text.chars().count() as u64;
                prop_assert!(pattern.min_length() <= length, "{:?} on {:?}", pattern.source(), text);
                prop_assert!(pattern.max_length().is_none_or(|most| length <= most), "{:?} on {:?}", pattern.source(), text);
                prop_assert!(!pattern.requires_outer_space() || text.trim() != text, "{:?} on {:?}", pattern.source(), text);
            }
        }
        prop_assert_eq!(pattern.min_length(), part.shortest());
        prop_assert_eq!(pattern.max_length(), part.longest());
        prop_assert_eq!(pattern.requires_uppercase(), !part.can_avoid(|member| member.is_ascii_uppercase()));
        prop_assert_eq!(pattern.requires_lowercase(), !part.can_avoid(|member| member.is_ascii_lowercase()));
    }

    /// A pattern for documents means the same, read by `regex`, as long as `\d` and `\w` are those of ASCII.
    #[test]
    fn the_pattern_of_a_document_means_the_same(
        part in part(),
        choices in prop::collection::vec(0..1_000usize, 8..20),
        noise in "[abAB .é0_\\-\n]{0,6}",
    ) {
        let Some(pattern) = compile(&part.write(|ours, _| ours)) else { return Ok(()) };
        let document = pattern.ecma().replace(r"[^\w\-]", r"[^0-9A-Za-z_\-]");
        let document = document.replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_]");
        let oracle = Regex::new(&document).unwrap();
        for text in texts(&part, &choices, &noise) {
            prop_assert_eq!(pattern.matches(&text), oracle.is_match(&text), "{:?} on {:?}", pattern.ecma(), text);
        }
    }

    /// Whatever is written, compiling it ends with an answer, and what is accepted can be built.
    #[test]
    fn any_text_is_a_pattern_or_refused(source in r"[ab0-9A-Z(){}\[\]|?*+^$.\\:,&é-]{0,24}", text in "[ab0A-]{0,6}") {
        let source: &'static str = source.leak();
        if parse(source).is_ok() {
            let pattern = Pattern::compile(source);
            let automaton = build(source);
            prop_assert!(automaton.is_some(), "{:?}", source);
            let found = automaton.is_some_and(|automaton| automaton.is_match(&text));
            prop_assert_eq!(pattern.matches(&text), found, "{:?} on {:?}", source, text);
        }
    }
}
