//! A pattern as an automaton, built at its first use, for patterns that are no program.

use std::{fmt::Write, sync::OnceLock};

use regex::{Regex, RegexBuilder};

use super::{reader::Reader, syntax::Token};

/// Room for the largest automaton that the parser lets through.
const LARGEST: usize = 64 << 20;

/// An automaton that may not be built yet.
#[derive(Debug)]
pub(super) struct Automaton {
    regex: OnceLock<Option<Regex>>,
}

impl Automaton {
    pub(super) const fn new() -> Self {
        Self { regex: OnceLock::new() }
    }

    /// Whether the whole text is a match. An automaton that cannot be built matches nothing.
    pub(super) fn matches(&self, source: &'static str, text: &str) -> bool {
        self.regex.get_or_init(|| build(source)).as_ref().is_some_and(|regex| regex.is_match(text))
    }

    #[cfg(test)]
    pub(super) fn is_built(&self, source: &'static str) -> bool {
        self.regex.get_or_init(|| build(source)).is_some()
    }
}

#[cold]
fn build(source: &'static str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(&translate(source)?);
    builder.size_limit(LARGEST).build().ok()
}

/// The pattern in the syntax of `regex`, written anew from what was read, so that nothing of the source can mean
/// something else there.
fn translate(source: &'static str) -> Option<String> {
    let mut reader = Reader::new(source);
    let mut text = String::from(r"\A(?:");
    loop {
        match reader.next() {
            Token::Class(class) => {
                text.push('[');
                for (low, high) in class.ranges() {
                    write!(text, r"\x{{{low:X}}}-\x{{{high:X}}}").ok()?;
                }
                text.push(']');
            }
            Token::Open => {
                text.push_str("(?:");
                continue;
            }
            Token::Close => text.push(')'),
            Token::Bar => {
                text.push('|');
                continue;
            }
            Token::End => break,
        }
        let repeat = reader.repeat();
        match (repeat.is_once(), repeat.max) {
            (true, _) => {}
            (false, Some(max)) => write!(text, "{{{},{max}}}", repeat.min).ok()?,
            (false, None) => write!(text, "{{{},}}", repeat.min).ok()?,
        }
    }
    text.push_str(r")\z");
    if reader.refusal().is_none() { Some(text) } else { None }
}
