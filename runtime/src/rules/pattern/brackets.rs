//! Reads a class in brackets.

use super::{class::Class, reader::Reader, refusal::Why, syntax::Place};

impl Reader {
    /// Reads from `[`, which stands at `from`, to the matching `]`.
    pub(super) const fn class(&mut self, from: usize) -> Class {
        self.at += 1;
        let negated = matches!(self.peek(), Some(b'^'));
        if negated {
            self.at += 1;
        }
        let mut class = Class::EMPTY;
        // A hyphen that opens or closes a class is a character in every engine.
        if matches!(self.peek(), Some(b'-')) {
            class = Class::one(self.character());
        }
        loop {
            match self.peek() {
                Some(b']') => break,
                Some(_) => self.range(&mut class),
                None => {
                    self.refuse(Why::UnclosedClass, from, from + 1);
                    return class;
                }
            }
        }
        self.at += 1;
        if negated {
            if class.is_empty() {
                self.refuse(Why::OpenClass, from, self.at);
            }
            class = class.complement();
        }
        if class.is_empty() {
            self.refuse(Why::EmptyClass, from, self.at);
        }
        if class.overflows() {
            self.refuse(Why::TooManyRanges, from, self.at);
        }
        class
    }

    /// Reads one character, range or escape of a class.
    const fn range(&mut self, class: &mut Class) {
        let from = self.at;
        let low = self.member();
        match (self.peek(), self.ahead(1)) {
            (Some(b'-'), Some(b'-')) => self.refuse(Why::SetOperator, self.at, self.at + 2),
            (Some(b'-'), Some(b']') | None) => return class.add_all(&low),
            (Some(b'-'), Some(_)) => self.at += 1,
            (_, _) => return class.add_all(&low),
        }
        let high = self.member();
        match (low.only(), high.only()) {
            (Some(low), Some(high)) if high < low => self.refuse(Why::ReversedRange, from, self.at),
            (Some(low), Some(high)) if mixes(low, high) => self.refuse(Why::MixedRange, from, self.at),
            (Some(low), Some(high)) => class.add(low, high),
            (None, _) | (_, None) => self.refuse(Why::RangeOfClass, from, self.at),
        }
    }

    const fn member(&mut self) -> Class {
        let from = self.at;
        match (self.peek(), self.ahead(1)) {
            (Some(b'\\'), _) => self.escape(Place::InClass),
            (Some(b'['), _) => self.wrong_member(Why::NestedClass, from, 1),
            (Some(byte), Some(next)) if byte == next && is_operator(byte) => {
                self.wrong_member(Why::SetOperator, from, 2)
            }
            (Some(b'-'), Some(next)) if next != b']' => self.wrong_member(Why::LoneHyphen, from, 1),
            (Some(_), _) => Class::one(self.character()),
            (None, _) => Class::EMPTY,
        }
    }
}

/// Twice in a row these are, or are kept for, set operations under the flag `v` and in other engines.
const fn is_operator(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'&' | b'*'..=b'.' | b':'..=b'@' | b'^' | b'`' | b'~')
}

/// Letters of both cases, or letters and digits, as the ends of one range: a slip, since signs lie between them.
const fn mixes(low: u32, high: u32) -> bool {
    const fn kind(scalar: u32) -> u8 {
        // Digits, capitals and small letters of ASCII.
        match scalar {
            0x30..=0x39 => 1,
            0x41..=0x5A => 2,
            0x61..=0x7A => 3,
            _ => 0,
        }
    }
    let (low, high) = (kind(low), kind(high));
    low != 0 && high != 0 && low != high
}
