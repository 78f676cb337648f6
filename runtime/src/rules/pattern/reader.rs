//! Where in the text of a pattern the reading is, and the first construct that is refused.

use super::{
    class::Class,
    refusal::{Refusal, Why},
};

/// Where in a pattern the reading is. After a refusal there is nothing more to read.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    source: &'static str,
    pub(super) at: usize,
    end: usize,
    refusal: Option<Refusal>,
}

impl Reader {
    /// Begins behind a leading `^` and will end before a trailing `$`: the whole value is matched anyway.
    pub(super) const fn new(source: &'static str) -> Self {
        let (from, to) = bare(source.as_bytes());
        Self { source, at: from, end: to, refusal: None }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) const fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// Notes the construct between `from` and `to`; the first one is the one that is told.
    pub(super) const fn refuse(&mut self, why: Why, from: usize, to: usize) {
        if self.refusal.is_none() {
            let to = boundary(self.source, if to < self.source.len() { to } else { self.source.len() });
            self.refusal = Some(Refusal { why, from, to });
        }
        self.at = self.end;
    }

    /// The next byte, which is not yet read.
    pub(super) const fn peek(&self) -> Option<u8> {
        if self.at < self.end { Some(self.source.as_bytes()[self.at]) } else { None }
    }

    /// Reads one character. The source is a `str`, so its bytes are well formed.
    pub(super) const fn character(&mut self) -> u32 {
        let bytes = self.source.as_bytes();
        let lead = bytes[self.at];
        let (mut scalar, more) = match lead {
            0x00..=0x7F => (lead as u32, 0),
            0x80..=0xDF => (lead as u32 & 0x1F, 1),
            0xE0..=0xEF => (lead as u32 & 0x0F, 2),
            0xF0..=0xFF => (lead as u32 & 0x07, 3),
        };
        self.at += 1;
        let end = self.at + more;
        while self.at < end {
            scalar = scalar << 6 | (bytes[self.at] & 0x3F) as u32;
            self.at += 1;
        }
        scalar
    }

    /// The byte that many places behind the next.
    pub(super) const fn ahead(&self, count: usize) -> Option<u8> {
        if self.at + count < self.end { Some(self.source.as_bytes()[self.at + count]) } else { None }
    }

    /// Refuses what should have been a class.
    pub(super) const fn wrong_member(&mut self, why: Why, from: usize, length: usize) -> Class {
        self.refuse(why, from, from + length);
        Class::EMPTY
    }
}

/// From where to where a pattern reaches without its anchors.
pub(super) const fn bare(source: &[u8]) -> (usize, usize) {
    let from = if let [b'^', ..] = source { 1 } else { 0 };
    let [.., b'$'] = source else {
        return (from, source.len());
    };
    let end = source.len() - 1;
    let mut escapes = end;
    while escapes > from && source[escapes - 1] == b'\\' {
        escapes -= 1;
    }
    if (end - escapes).is_multiple_of(2) { (from, end) } else { (from, source.len()) }
}

/// The first place at or after `at` where a character begins.
const fn boundary(source: &str, at: usize) -> usize {
    let mut at = at;
    while !source.is_char_boundary(at) {
        at += 1;
    }
    at
}
