//! A pattern as an automaton, built at its first use, for patterns that are no program.
//!
//! Patterns hold no automaton themselves. They would not be plain data then, and rustc would leave every rule beside them in
//! memory, where it now writes their bounds into the code.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    fmt::Write,
    sync::{Mutex, PoisonError},
};

use foldhash::fast::RandomState;
use regex::{Regex, RegexBuilder};

use super::{reader::Reader, syntax::Token};

/// Room for the largest automaton that the parser lets through.
const LARGEST: usize = 64 << 20;

/// Where a constant pattern lies: its address and length.
type Place = (usize, usize);

/// Every automaton that was asked for, so that each is built once. `None` stands for one that cannot be built.
static BUILT: Mutex<BTreeMap<&'static str, Option<Regex>>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// Those that this thread asked for. No other thread has to wait for it, and each has a scratch space of its own.
    static KNOWN: RefCell<HashMap<Place, Option<Regex>, RandomState>> = RefCell::default();
}

/// Whether the whole text is a match. An automaton that cannot be built matches nothing.
pub(super) fn matches(source: &'static str, text: &str) -> bool {
    let is_match = |regex: Option<&Regex>| regex.is_some_and(|regex| regex.is_match(text));
    let known = KNOWN.try_with(|known| {
        let mut known = known.borrow_mut();
        let place = (source.as_ptr().addr(), source.len());
        is_match(known.entry(place).or_insert_with(|| built(source)).as_ref())
    });
    // A thread that ends has forgotten them.
    known.unwrap_or_else(|_| is_match(built(source).as_ref()))
}

#[cold]
fn built(source: &'static str) -> Option<Regex> {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    built.entry(source).or_insert_with(|| build(source)).clone()
}

pub(super) fn build(source: &'static str) -> Option<Regex> {
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
