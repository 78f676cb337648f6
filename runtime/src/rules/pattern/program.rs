//! A pattern as a few steps over bytes, for patterns where the next character always says what to do.

use super::{row::Row, set::Set};

/// The classes of a program, one bit each.
pub(super) type Classes = u16;

/// One step. Distances count steps, so that a part can be moved as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Takes so many bytes, all of which must fit.
    Fixed {
        class: Classes,
        count: u16,
    },
    /// Takes all bytes that fit. What follows a run never fits it, so more than `max` is no match.
    Run {
        class: Classes,
        min: u16,
        max: u16,
    },
    /// The same without an upper bound.
    Endless {
        class: Classes,
        min: u16,
    },
    /// Takes everything that is left: nothing needs to know where it ends.
    Rest {
        class: Classes,
        min: u16,
        max: u16,
    },
    /// These three count characters, for a class that holds everything above ASCII.
    FixedText {
        class: Classes,
        count: u16,
    },
    Text {
        class: Classes,
        min: u16,
        max: u16,
    },
    EndlessText {
        class: Classes,
        min: u16,
    },
    /// Goes on when the next byte fits, else skips.
    Enter {
        class: Classes,
        skip: u16,
    },
    /// Goes back when the next byte fits.
    Again {
        class: Classes,
        back: u16,
    },
    /// Goes back until `min` turns are done, and up to `max` when the next byte fits.
    Count {
        class: Classes,
        back: u8,
        min: u16,
        max: u16,
    },
    /// Skips the other alternatives.
    Skip {
        skip: u16,
    },
    /// Nothing may follow.
    End,
}

/// Without an upper bound, as a `max`.
pub(super) const ENDLESS: u16 = u16::MAX;

/// The steps of one pattern, and which classes each byte is in.
#[derive(Clone, Debug)]
pub(super) struct Program {
    classes: [Classes; 256],
    steps: [Step; Self::STEPS],
    /// The same as a row, which most patterns are: it takes a few instructions for each byte.
    row: Option<Row>,
}

impl Program {
    pub(super) const STEPS: usize = 28;
    pub(super) const CLASSES: usize = Classes::BITS as usize;

    /// A program whose class number n is `sets[n]`.
    pub(super) const fn new(sets: &[Set; Self::CLASSES], steps: [Step; Self::STEPS]) -> Self {
        let row = Row::of(&steps, sets);
        let mut classes = [0; 256];
        // A block knows its classes itself. Byte by byte the table would be most of what compiling a pattern costs.
        let mut class = if matches!(&row, Some(row) if row.is_block()) { Self::CLASSES } else { 0 };
        while class < Self::CLASSES && !sets[class].is_empty() {
            let mut ascii = sets[class].ascii();
            while ascii != 0 {
                classes[ascii.trailing_zeros() as usize] |= 1 << class;
                ascii &= ascii - 1;
            }
            let mut byte = if sets[class].is_ascii() { 0x100 } else { 0x80 };
            while byte < 0x100 {
                classes[byte] |= 1 << class;
                byte += 1;
            }
            class += 1;
        }
        Self { classes, steps, row }
    }

    /// Whether the whole text is a match.
    #[inline]
    pub(super) fn matches(&self, text: &str) -> bool {
        match &self.row {
            Some(row) => row.matches(&self.classes, text.as_bytes()),
            None => self.walk(text),
        }
    }

    fn walk(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        let mut turns = 0;
        let mut at = 0;
        while let Some(step) = self.steps.get(at) {
            at += 1;
            match *step {
                Step::Fixed { class, count } => {
                    let Some((taken, behind)) = rest.split_at_checked(usize::from(count)) else {
                        return false;
                    };
                    if !self.all_fit(class, taken) {
                        return false;
                    }
                    rest = behind;
                }
                Step::Rest { class, min, max } => {
                    let long_enough = usize::from(min) <= rest.len();
                    return long_enough && !exceeds(rest.len(), max) && self.all_fit(class, rest);
                }
                Step::Run { class, min, max } => {
                    let (taken, behind) = self.run(class, rest);
                    if taken.len() < usize::from(min) || usize::from(max) < taken.len() {
                        return false;
                    }
                    rest = behind;
                }
                Step::Endless { class, min } => {
                    let (taken, behind) = self.run(class, rest);
                    if taken.len() < usize::from(min) {
                        return false;
                    }
                    rest = behind;
                }
                Step::Text { class, min, max } => {
                    let (taken, behind) = self.run(class, rest);
                    if !has_characters(taken, usize::from(min), usize::from(max)) {
                        return false;
                    }
                    rest = behind;
                }
                Step::EndlessText { class, min } => {
                    let (taken, behind) = self.run(class, rest);
                    if !has_characters(taken, usize::from(min), usize::MAX) {
                        return false;
                    }
                    rest = behind;
                }
                Step::FixedText { class, count } => {
                    let Some((taken, behind)) = split_characters(rest, usize::from(count)) else {
                        return false;
                    };
                    if !self.all_fit(class, taken) {
                        return false;
                    }
                    rest = behind;
                }
                Step::Enter { class, skip } => {
                    if !self.next_fits(class, rest) {
                        at += usize::from(skip);
                    }
                }
                Step::Again { class, back } => {
                    if self.next_fits(class, rest) {
                        at -= usize::from(back);
                    }
                }
                Step::Count { class, back, min, max } => {
                    turns += 1;
                    if turns < usize::from(min) || (may_follow(turns, max) && self.next_fits(class, rest)) {
                        at -= usize::from(back);
                    } else {
                        turns = 0;
                    }
                }
                Step::Skip { skip } => at += usize::from(skip),
                Step::End => return rest.is_empty(),
            }
        }
        false
    }

    /// All bytes at the beginning that fit, and the rest.
    #[inline]
    fn run<'a>(&self, class: Classes, bytes: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let end = bytes.iter().position(|byte| !self.fits(class, *byte)).unwrap_or(bytes.len());
        bytes.split_at_checked(end).unwrap_or((bytes, &[]))
    }

    #[inline]
    fn all_fit(&self, class: Classes, bytes: &[u8]) -> bool {
        bytes.iter().all(|byte| self.fits(class, *byte))
    }

    fn next_fits(&self, class: Classes, rest: &[u8]) -> bool {
        rest.first().is_some_and(|byte| self.fits(class, *byte))
    }

    #[inline]
    fn fits(&self, class: Classes, byte: u8) -> bool {
        // The table has a place for each byte, so this cannot fail.
        self.classes[usize::from(byte)] & class != 0
    }
}

fn exceeds(count: usize, max: u16) -> bool {
    max != ENDLESS && usize::from(max) < count
}

fn may_follow(count: usize, max: u16) -> bool {
    max == ENDLESS || count < usize::from(max)
}

/// Whether there are between `min` and `max` characters, each of one to four bytes. They are only counted where the
/// number of bytes leaves it open.
#[inline]
fn has_characters(bytes: &[u8], min: usize, max: usize) -> bool {
    if min.saturating_mul(4) <= bytes.len() && bytes.len() <= max {
        return true;
    }
    let count = bytes.iter().filter(|byte| begins(**byte)).count();
    min <= count && count <= max
}

/// The first `count` characters and the rest.
#[inline]
fn split_characters(bytes: &[u8], count: usize) -> Option<(&[u8], &[u8])> {
    let mut left = count;
    let end = bytes.iter().position(|byte| begins(*byte) && left.checked_sub(1).map(|fewer| left = fewer).is_none());
    if left == 0 { bytes.split_at_checked(end.unwrap_or(bytes.len())) } else { None }
}

/// Whether this is the first byte of a character.
fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
