//! A pattern that is a row of places with one class each, such as `[A-Z]{3}-[0-9]{4,8}`: compared place by place.

use super::{
    block::Block,
    program::{Classes, Step},
    set::Set,
};

/// The class of each place, and how many of them a text may fill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    places: [Classes; Self::PLACES],
    min: usize,
    max: usize,
    /// The same as a block, which short rows of plain classes are: it takes a few instructions for eight bytes.
    block: Option<Block>,
}

impl Row {
    const PLACES: usize = 64;

    /// The row that a program is, if it goes straight on and only its last run varies in length. Class number n is `sets[n]`.
    pub(super) const fn of(steps: &[Step], sets: &[Set]) -> Option<Self> {
        let mut row = Self { places: [0; Self::PLACES], min: 0, max: 0, block: None };
        let mut at = 0;
        while at < steps.len() {
            let (class, min, max) = match steps[at] {
                Step::End => {
                    row.block = Block::of(&row, sets);
                    return Some(row);
                }
                Step::Fixed { class, count } => (class, count, count),
                Step::Rest { class, min, max } => (class, min, max),
                Step::Run { .. }
                | Step::Endless { .. }
                | Step::FixedText { .. }
                | Step::Text { .. }
                | Step::EndlessText { .. }
                | Step::Enter { .. }
                | Step::Again { .. }
                | Step::Count { .. }
                | Step::Skip { .. } => return None,
            };
            let end = row.max + max as usize;
            if Self::PLACES < end {
                return None;
            }
            row.min += min as usize;
            while row.max < end {
                row.places[row.max] = class;
                row.max += 1;
            }
            at += 1;
        }
        Some(row)
    }

    /// The class of each place that a text may fill.
    pub(super) const fn places(&self) -> &[Classes] {
        let (places, _) = self.places.split_at(self.max);
        places
    }

    /// Whether the row needs no table of classes.
    pub(super) const fn is_block(&self) -> bool {
        self.block.is_some()
    }

    /// Whether the whole text fills the row. `classes` says in which classes each byte is.
    #[inline]
    pub(super) fn matches(&self, classes: &[Classes; 256], text: &[u8]) -> bool {
        if text.len() < self.min || self.max < text.len() {
            return false;
        }
        match &self.block {
            Some(block) => block.matches(text),
            None => text.iter().zip(&self.places).all(|(byte, class)| classes[usize::from(*byte)] & class != 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pattern::set::Beyond;

    const DIGITS: u128 = ((1 << 10) - 1) << b'0';
    const LETTERS: u128 = ((1 << 26) - 1) << b'A' | ((1 << 26) - 1) << b'a';

    fn check(steps: &[Step], text: &str, expected: bool) {
        // A digit is of the first class, a letter of the second.
        let mut classes = [0; 256];
        for byte in 0..=u8::MAX {
            classes[usize::from(byte)] = u16::from(byte.is_ascii_digit()) | u16::from(byte.is_ascii_alphabetic()) << 1;
        }
        let sets = [Set::new(DIGITS, Beyond::None), Set::new(LETTERS, Beyond::None)];
        let row = Row::of(steps, &sets).expect("a row");
        assert_eq!(row.matches(&classes, text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn a_text_fills_its_places_and_no_more() {
        let steps = [Step::Fixed { class: 2, count: 2 }, Step::Rest { class: 1, min: 1, max: 3 }, Step::End];
        for (text, expected) in [
            ("ab1", true),
            ("ab123", true),
            ("ab", false),
            ("ab1234", false),
            ("a11", false),
            ("ab12c", false),
            ("", false),
        ] {
            check(&steps, text, expected);
        }
    }

    #[test]
    fn what_is_no_row_of_places_is_left_to_the_program() {
        let run = Step::Run { class: 1, min: 1, max: 3 };
        let fixed = Step::Fixed { class: 1, count: 1 };
        let long = Step::Fixed { class: 1, count: 65 };
        for steps in [&[run, fixed, Step::End][..], &[long, Step::End], &[Step::Skip { skip: 0 }, Step::End]] {
            assert!(Row::of(steps, &[]).is_none(), "{steps:?}");
        }
    }
}
