//! What is not in the portable subset of patterns, and what to write in its place.

use super::{class::Class, facts::Repeat};
use crate::policy::Message;

/// A construct that is refused: why, and from which byte to which.
#[derive(Clone, Copy)]
pub(super) struct Refusal {
    pub(super) why: Why,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Why a construct is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    EmptyPattern,
    EmptyGroup,
    EmptyAlternative,
    UnclosedGroup,
    UnopenedGroup,
    NestedTooDeep,
    LookAround,
    NamedGroup,
    UnknownGroup,
    BackReference,
    Anchor,
    Boundary,
    AnyCharacter,
    Space,
    NotSpace,
    Property,
    NullEscape,
    CodePointEscape,
    HexadecimalEscape,
    UnknownEscape,
    LoneBackslash,
    LoneBracket,
    LoneBrace,
    EmptyClass,
    OpenClass,
    UnclosedClass,
    NestedClass,
    SetOperator,
    ReversedRange,
    MixedRange,
    RangeOfClass,
    LoneHyphen,
    TooManyRanges,
    NothingToRepeat,
    RepeatedRepeat,
    LazyRepeat,
    PossessiveRepeat,
    ReversedCount,
    ZeroCount,
    HighCount,
    TooLarge,
    Explosive,
}

impl Why {
    /// The rest of the sentence that the construct begins.
    const fn text(self) -> &'static str {
        match self {
            Self::EmptyPattern => "matches only the empty text: write what the value looks like",
            Self::EmptyGroup => "is an empty group: remove it",
            Self::EmptyAlternative => "leaves one alternative empty: write `(?:..)?` around the others",
            Self::UnclosedGroup => "opens a group that nothing closes: write `)`, or `\\(` for the character",
            Self::UnopenedGroup => "closes a group that nothing opened: remove it, or write `\\)` for the character",
            Self::NestedTooDeep => "nests groups more than 8 deep: write the inner ones out",
            Self::LookAround => "looks around, which engines of linear time cannot: write the texts that are allowed",
            Self::NamedGroup => "names a group, and nothing reads the name: write `(?:`",
            Self::UnknownGroup => {
                "is no group of the portable subset: write `(?:`, and spell out both cases, as in `[Aa]`, where case is free"
            }
            Self::BackReference => {
                "refers back to a group, which engines of linear time cannot: compare the values in a rule of your own"
            }
            Self::Anchor => {
                "is an anchor inside the pattern: remove it, the whole value is matched anyway, or escape it for the character"
            }
            Self::Boundary => {
                "is an assertion whose meaning differs between engines: write the characters that stand there"
            }
            Self::AnyCharacter => {
                "leaves out other characters in each engine: write the characters that are allowed, or `[^\\r\\n]`, or `\\.` for the character"
            }
            Self::Space => "means other characters in each engine: write `[ \\t\\r\\n]`",
            Self::NotSpace => "means other characters in each engine: write `[^ \\t\\r\\n]`",
            Self::Property => {
                "names a property whose characters change with each version of Unicode: write ranges, as in `[a-zà-ÿ]`"
            }
            Self::NullEscape => "is read as an octal number by some engines: write `\\x00`",
            Self::CodePointEscape => {
                "is not spelled the same in each engine: write the character itself, or `\\xHH` up to `\\xFF`"
            }
            Self::HexadecimalEscape => "lacks a digit: write two hexadecimal digits, as in `\\x1F`",
            Self::UnknownEscape => "is no portable escape: write the character itself, or `\\xHH`",
            Self::LoneBackslash => "escapes nothing: write `\\\\` for the character",
            Self::LoneBracket => "closes a class that nothing opened: write `\\]` for the character",
            Self::LoneBrace => "is no count: write `{n}`, `{n,}` or `{n,m}`, or escape it for the character",
            Self::EmptyClass => "matches no character: write the characters that are allowed",
            Self::OpenClass => "is a class for few engines: write the characters that are allowed, or `[^\\r\\n]`",
            Self::UnclosedClass => "opens a class that nothing closes: write `]`, or `\\[` for the character",
            Self::NestedClass => {
                "is a class in a class for some engines: write the ranges out, or `\\[` for the character"
            }
            Self::SetOperator => "is a set operation for some engines: write the character once",
            Self::ReversedRange => "runs backwards: write the lower character first",
            Self::MixedRange => "also holds the signs between the kinds of characters: write each kind, as in `A-Za-z`",
            Self::RangeOfClass => "is a range that begins or ends with a class: write `\\-` for the character",
            Self::LoneHyphen => "is no range: write `\\-` for the character",
            Self::TooManyRanges => "has more than 64 separate ranges: write fewer, wider ones",
            Self::NothingToRepeat => {
                "repeats nothing: write it behind a character, a class or a group, or escape it for the character"
            }
            Self::RepeatedRepeat => "repeats a repetition: write one count, or put the inner one in `(?:..)`",
            Self::LazyRepeat => "is lazy, and the whole value is matched anyway: remove the `?`",
            Self::PossessiveRepeat => "is possessive, which few engines know: remove the second `+`",
            Self::ReversedCount => "counts backwards: write the lower number first",
            Self::ZeroCount => "allows no turn: write a count above zero, or remove what it repeats",
            Self::HighCount => {
                "counts above 1000, which some engines refuse: write at most 1000, or leave the length to `length(max = ..)`"
            }
            Self::TooLarge => {
                "makes the pattern too large: write lower counts, or leave the length to `length(max = ..)`"
            }
            Self::Explosive => {
                "repeats what cannot be told from its own repetition, which makes other engines try every way: \
                 let each turn begin with a character that no turn goes on with"
            }
        }
    }
}

impl Refusal {
    /// The whole message: construct, offset in characters, mend, pattern.
    pub(super) const fn message(&self, source: &str) -> Message {
        let (before, rest) = source.split_at(self.from);
        let (construct, _) = rest.split_at(self.to - self.from);
        Message::new("`pattern`: ")
            .quoted(construct)
            .text(" at offset ")
            .number(characters(before.as_bytes()))
            .text(" ")
            .text(self.why.text())
            .text(" (in ")
            .quoted(source)
            .text(")")
    }
}

const fn characters(text: &[u8]) -> u64 {
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

// The texts above name these numbers.
const _: () = assert!(Class::CAPACITY == 64 && Repeat::HIGHEST == 1_000 && super::parse::DEEPEST == 8);
