//! Reads a whole pattern once: what is true of every match, and the program where there is one.

use super::{
    draft::Draft,
    facts::{Facts, Repeat},
    program::Program,
    reader::Reader,
    refusal::{Refusal, Why},
    syntax::Token,
};

/// How deep groups may nest. Const evaluation has frames for little more.
pub(super) const DEEPEST: usize = 8;
/// The states of the largest automaton, about; it stays far below what `regex` refuses.
const WIDEST: u64 = 10_000;

/// What a pattern turned out to be.
pub(super) struct Parsed {
    pub(super) facts: Facts,
    pub(super) program: Option<Program>,
}

/// Reads `source`, or says what is not portable in it.
pub(super) const fn parse(source: &'static str) -> Result<Parsed, Refusal> {
    let mut parser = Parser { reader: Reader::new(source), draft: Draft::new(), depth: 0 };
    let from = parser.reader.at();
    if parser.reader.peek().is_none() {
        return Err(Refusal { why: Why::EmptyPattern, from: 0, to: source.len() });
    }
    let facts = parser.alternatives();
    if let Some(b')') = parser.reader.peek() {
        let at = parser.reader.at();
        parser.reader.refuse(Why::UnopenedGroup, at, at + 1);
    }
    if facts.width > WIDEST {
        parser.reader.refuse(Why::TooLarge, from, source.len());
    }
    match parser.reader.refusal() {
        Some(refusal) => Err(refusal),
        None => Ok(Parsed { facts, program: parser.draft.seal(&facts) }),
    }
}

struct Parser {
    reader: Reader,
    draft: Draft,
    depth: usize,
}

impl Parser {
    const fn alternatives(&mut self) -> Facts {
        let start = self.draft.open();
        let mut begin = start;
        let mut branches = 0;
        let mut last = self.sequence();
        let mut facts = last;
        while let Some(b'|') = self.reader.peek() {
            self.reader.next();
            self.draft.branch(begin, &last);
            branches += 1;
            begin = self.draft.open();
            last = self.sequence();
            facts = facts.or(last);
        }
        self.draft.join(start, branches);
        facts
    }

    const fn sequence(&mut self) -> Facts {
        let from = self.reader.at();
        let mut facts = Facts::NOTHING;
        while !matches!(self.reader.peek(), None | Some(b'|' | b')')) {
            facts = facts.then(self.term());
        }
        if self.reader.at() == from {
            self.refuse_empty(from);
        }
        facts
    }

    const fn refuse_empty(&mut self, at: usize) {
        match self.reader.peek() {
            Some(b')') if self.depth == 0 => self.reader.refuse(Why::UnopenedGroup, at, at + 1),
            Some(b'|') => self.reader.refuse(Why::EmptyAlternative, at, at + 1),
            // Behind the last `|`, which may also be the last of a group.
            _ => self.reader.refuse(Why::EmptyAlternative, at - 1, at),
        }
    }

    const fn term(&mut self) -> Facts {
        let from = self.reader.at();
        match self.reader.next() {
            Token::Class(class) => {
                let facts = Facts::of(&class);
                let repeat = self.reader.repeat();
                self.draft.run(facts.first, repeat);
                self.repeated(facts, repeat, from)
            }
            Token::Open => self.group(from),
            Token::Close | Token::Bar | Token::End => Facts::NOTHING,
        }
    }

    const fn group(&mut self, from: usize) -> Facts {
        let inside = self.reader.at();
        if self.depth == DEEPEST {
            self.reader.refuse(Why::NestedTooDeep, from, inside);
            return Facts::NOTHING;
        }
        let why = match self.reader.peek() {
            Some(b')') => Some((Why::EmptyGroup, inside + 1)),
            None => Some((Why::UnclosedGroup, inside)),
            Some(_) => None,
        };
        if let Some((why, to)) = why {
            self.reader.refuse(why, from, to);
            return Facts::NOTHING;
        }
        self.depth += 1;
        let start = self.draft.open();
        let facts = self.alternatives();
        self.depth -= 1;
        let Token::Close = self.reader.next() else {
            self.reader.refuse(Why::UnclosedGroup, from, inside);
            return facts;
        };
        let repeat = self.reader.repeat();
        self.draft.close(start, &facts, repeat);
        self.repeated(facts, repeat, from)
    }

    const fn repeated(&mut self, facts: Facts, repeat: Repeat, from: usize) -> Facts {
        if repeat.is_once() {
            return facts;
        }
        if facts.explodes(repeat) {
            self.reader.refuse(Why::Explosive, from, self.reader.at());
        }
        let repeated = facts.repeat(repeat);
        if repeated.copies > Repeat::HIGHEST as u64 || repeated.width > WIDEST {
            self.reader.refuse(Why::TooLarge, from, self.reader.at());
        }
        repeated
    }
}
