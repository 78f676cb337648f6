//! A row of at most 16 places that each hold one range of ASCII, such as `[A-Z]{3}-[0-9]{4,8}`: all compared at once.

use super::{program::Classes, row::Row, set::Set};

/// What is added to the bytes of a text, place by place, so that a byte out of its range sets the highest bit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    first: Ranges,
    second: Ranges,
}

/// The ranges of eight places, the first in the lowest byte.
#[derive(Clone, Copy, Debug)]
struct Ranges {
    /// 0x80 less the lowest byte of each place: the sum reaches 0x80 when the byte is not below.
    not_below: u64,
    /// 0x7F less the highest byte: the sum reaches 0x80 when the byte is above.
    above: u64,
}

/// The highest bit of each place.
const SIGNS: u64 = 0x8080_8080_8080_8080;

impl Block {
    const PLACES: usize = 16;

    /// The block that a row is, if it is short and each of its classes is a range. Class number n of it is `sets[n]`.
    pub(super) const fn of(row: &Row, sets: &[Set]) -> Option<Self> {
        let places = row.places();
        if Self::PLACES < places.len() {
            return None;
        }
        let nothing = Ranges { not_below: 0, above: 0 };
        let mut block = Self { first: nothing, second: nothing };
        let (mut class, mut lowest, mut highest) = (0, 0, 0);
        let mut at = 0;
        while at < places.len() {
            // Most places are of the class of the one before.
            if places[at] != class {
                class = places[at];
                let Some(range) = sets[number(class)].range() else { return None };
                (lowest, highest) = range;
            }
            let shift = 8 * (at % 8);
            let half = if at < 8 { &mut block.first } else { &mut block.second };
            half.not_below |= (0x80 - lowest as u64) << shift;
            half.above |= (0x7F - highest as u64) << shift;
            at += 1;
        }
        Some(block)
    }

    /// Whether each byte is in the range of its place. The row has that many places.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        self.refused(text) & SIGNS == 0
    }

    /// Where two chunks of a text meet, they hold the same bytes. Places that the text does not reach are shifted out.
    #[inline]
    fn refused(&self, text: &[u8]) -> u64 {
        if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            let unused = 8 * (Self::PLACES.saturating_sub(text.len())) as u32;
            let last = u64::from_le_bytes(*last).checked_shr(unused).unwrap_or(0);
            let refused = self.second.refuse(last).checked_shl(unused).unwrap_or(0);
            return self.first.refuse(u64::from_le_bytes(*first)) | refused;
        }
        let unused = 8 * (8 - text.len().min(7)) as u32;
        let bytes = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32 >> unused
        } else {
            text.iter().rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte))
        };
        self.first.refuse(bytes).checked_shl(unused).unwrap_or(0)
    }
}

impl Ranges {
    /// The highest bit of each place whose byte is out of its range. A byte beyond ASCII may carry into the place behind it,
    /// but then it is itself refused.
    #[inline]
    const fn refuse(self, bytes: u64) -> u64 {
        bytes | bytes.wrapping_add(self.above) | !bytes.wrapping_add(self.not_below)
    }
}

/// The number of the class whose bit this is.
const fn number(class: Classes) -> usize {
    class.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pattern::{program::Step, set::Beyond};

    const SETS: [Set; 2] =
        [Set::new(((1 << 26) - 1) << b'A', Beyond::None), Set::new(((1 << 10) - 1) << b'0', Beyond::None)];

    fn range(class: Classes) -> (u8, u8) {
        SETS[number(class)].range().unwrap()
    }

    #[test]
    fn every_byte_at_every_place_of_every_length_is_in_its_range_or_refused() {
        for min in 0..=16 {
            let capitals = min / 2;
            let steps = [
                Step::Fixed { class: 1, count: capitals },
                Step::Rest { class: 2, min: min - capitals, max: 16 - capitals },
                Step::End,
            ];
            let row = Row::of(&steps, &SETS).unwrap();
            assert!(row.places().len() == 16 && Block::of(&row, &SETS).is_some());
            // The row is asked for its lengths as well as for its block.
            let fits = |text: &[u8]| row.matches(&[0; 256], text);
            for length in 0..=17 {
                let good: Vec<u8> = (0..length).map(|at| if at < capitals { b'Q' } else { b'7' }).collect();
                assert_eq!(fits(&good), min <= length && length <= 16, "{min} {length}");
                for at in 0..usize::from(length) {
                    for byte in 0..=u8::MAX {
                        let mut text = good.clone();
                        text[at] = byte;
                        let (lowest, highest) = range(if at < usize::from(capitals) { 1 } else { 2 });
                        let expected = min <= length && length <= 16 && (lowest..=highest).contains(&byte);
                        assert_eq!(fits(&text), expected, "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_edges_of_ascii_are_ranges_too() {
        for (set, lowest, highest) in [(u128::MAX, 0, 127), (1, 0, 0), (1 << 127, 127, 127)] {
            assert_eq!(Set::new(set, Beyond::None).range(), Some((lowest, highest)));
            let row = Row::of(&[Step::Fixed { class: 1, count: 9 }, Step::End], &[Set::new(set, Beyond::None)]).unwrap();
            for byte in 0..=u8::MAX {
                let expected = (lowest..=highest).contains(&byte);
                assert_eq!(row.matches(&[0; 256], &[byte; 9]), expected, "{byte}");
            }
        }
        for set in [Set::EMPTY, Set::new(0b101, Beyond::None), Set::new(1, Beyond::All)] {
            assert_eq!(set.range(), None);
        }
    }
}
