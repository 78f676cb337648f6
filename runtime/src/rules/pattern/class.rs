//! A set of characters, kept as sorted ranges of Unicode scalar values.

use super::set::{Beyond, Set};

const HIGHEST: u32 = 0x10_FFFF;
const SURROGATES: (u32, u32) = (0xD800, 0xDFFF);

/// What `char::is_whitespace` accepts above ASCII.
const SPACES_BEYOND: [(u32, u32); 8] = [
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
];

/// The characters that one position of a pattern may hold. The ranges are sorted and do not touch each other.
#[derive(Clone, Copy)]
pub(super) struct Class {
    ranges: [(u32, u32); Self::CAPACITY],
    count: usize,
    overflow: bool,
}

impl Class {
    pub(super) const CAPACITY: usize = 64;
    pub(super) const EMPTY: Self = Self { ranges: [(0, 0); Self::CAPACITY], count: 0, overflow: false };

    pub(super) const fn one(character: u32) -> Self {
        let mut class = Self::EMPTY;
        class.ranges[0] = (character, character);
        class.count = 1;
        class
    }

    /// The digits of ASCII, which is what `\d` means in ECMA-262.
    pub(super) const fn digits() -> Self {
        Self::EMPTY.with(b'0' as u32, b'9' as u32)
    }

    /// ASCII letters, digits and `_`, which is what `\w` means in ECMA-262.
    pub(super) const fn word() -> Self {
        Self::digits().with(b'A' as u32, b'Z' as u32).with(b'_' as u32, b'_' as u32).with(b'a' as u32, b'z' as u32)
    }

    /// The same class and the characters from `low` to `high`.
    pub(super) const fn with(mut self, low: u32, high: u32) -> Self {
        self.add(low, high);
        self
    }

    pub(super) const fn add(&mut self, mut low: u32, mut high: u32) {
        // Most classes are written in order.
        if self.count == 0 || self.ranges[self.count - 1].1 + 1 < low {
            self.push(low, high);
            return;
        }
        let before = *self;
        self.count = 0;
        let mut at = 0;
        while at < before.count && before.ranges[at].1 + 1 < low {
            self.push(before.ranges[at].0, before.ranges[at].1);
            at += 1;
        }
        while at < before.count && before.ranges[at].0 <= high + 1 {
            if before.ranges[at].0 < low {
                low = before.ranges[at].0;
            }
            if high < before.ranges[at].1 {
                high = before.ranges[at].1;
            }
            at += 1;
        }
        self.push(low, high);
        while at < before.count {
            self.push(before.ranges[at].0, before.ranges[at].1);
            at += 1;
        }
    }

    pub(super) const fn add_all(&mut self, other: &Self) {
        let mut at = 0;
        while at < other.count {
            self.add(other.ranges[at].0, other.ranges[at].1);
            at += 1;
        }
    }

    /// Every character that this class lacks.
    pub(super) const fn complement(&self) -> Self {
        let mut complement = Self { overflow: self.overflow, ..Self::EMPTY };
        let mut low = 0;
        let mut at = 0;
        while at < self.count {
            if low < self.ranges[at].0 {
                complement.push_scalars(low, self.ranges[at].0 - 1);
            }
            low = self.ranges[at].1 + 1;
            at += 1;
        }
        if low <= HIGHEST {
            complement.push_scalars(low, HIGHEST);
        }
        complement
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The character, where there is only one.
    pub(super) const fn only(&self) -> Option<u32> {
        if self.count == 1 && self.ranges[0].0 == self.ranges[0].1 { Some(self.ranges[0].0) } else { None }
    }

    /// More ranges were written than a class holds.
    pub(super) const fn overflows(&self) -> bool {
        self.overflow
    }

    pub(super) fn ranges(&self) -> impl Iterator<Item = (u32, u32)> {
        self.ranges.iter().take(self.count).copied()
    }

    /// How many states the class costs an automaton, about.
    pub(super) const fn width(&self) -> u64 {
        if self.count > 0 && self.ranges[self.count - 1].1 < 0x80 { 1 } else { 4 + self.count as u64 }
    }

    /// The ASCII characters exactly, the others roughly.
    pub(super) const fn set(&self) -> Set {
        let mut ascii = 0u128;
        let mut beyond = Beyond::None;
        // Above ASCII there are all characters if one range, or the two around the surrogates, hold them.
        let mut from = 0x80;
        let mut at = 0;
        while at < self.count {
            let (low, high) = self.ranges[at];
            if low < 0x80 {
                let upto = if high < 0x7F { (1u128 << (high + 1)) - 1 } else { u128::MAX };
                ascii |= upto & !((1u128 << low) - 1);
            }
            if high >= 0x80 {
                beyond = Beyond::Some;
                from = if low <= from && high + 1 >= SURROGATES.0 && high <= SURROGATES.1 {
                    SURROGATES.1 + 1
                } else if low <= from {
                    high + 1
                } else {
                    from
                };
            }
            at += 1;
        }
        Set::new(ascii, if from > HIGHEST { Beyond::All } else { beyond })
    }

    /// Whether a character above ASCII is white space, and whether one is not.
    pub(super) const fn spaces_beyond(&self) -> (bool, bool) {
        let (mut space, mut other) = (false, false);
        let mut at = 0;
        while at < self.count {
            let low = if self.ranges[at].0 < 0x80 { 0x80 } else { self.ranges[at].0 };
            let high = self.ranges[at].1;
            if low <= high {
                let mut inside = false;
                let mut known = 0;
                while known < SPACES_BEYOND.len() {
                    let (first, last) = SPACES_BEYOND[known];
                    space = space || (low <= last && first <= high);
                    inside = inside || (first <= low && high <= last);
                    known += 1;
                }
                other = other || !inside;
            }
            at += 1;
        }
        (space, other)
    }

    /// Surrogates are no characters: a range that begins or ends among them is cut back.
    const fn push_scalars(&mut self, low: u32, high: u32) {
        let low = if SURROGATES.0 <= low && low <= SURROGATES.1 { SURROGATES.1 + 1 } else { low };
        let high = if SURROGATES.0 <= high && high <= SURROGATES.1 { SURROGATES.0 - 1 } else { high };
        if low <= high {
            self.push(low, high);
        }
    }

    const fn push(&mut self, low: u32, high: u32) {
        if self.count < Self::CAPACITY {
            self.ranges[self.count] = (low, high);
            self.count += 1;
        } else {
            self.overflow = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(class: &Class) -> Vec<(u32, u32)> {
        class.ranges().collect()
    }

    #[test]
    fn ranges_that_touch_become_one() {
        let class = Class::EMPTY.with(10, 12).with(20, 22).with(13, 13).with(14, 19);
        assert_eq!(ranges(&class), [(10, 22)]);
        assert_eq!(ranges(&Class::EMPTY.with(20, 22).with(10, 12)), [(10, 12), (20, 22)]);
    }

    #[test]
    fn a_complement_leaves_out_surrogates() {
        assert_eq!(ranges(&Class::EMPTY.with(0, 0xD7FF).complement()), [(0xE000, HIGHEST)]);
        assert_eq!(ranges(&Class::EMPTY.with(0xE000, HIGHEST).complement()), [(0, 0xD7FF)]);
        assert!(Class::EMPTY.with(0, 0xD7FF).with(0xE000, HIGHEST).complement().is_empty());
    }

    #[test]
    fn white_space_is_what_the_standard_library_trims() {
        for character in '\u{80}'..='\u{FFFF}' {
            let expected = (character.is_whitespace(), !character.is_whitespace());
            assert_eq!(Class::one(u32::from(character)).spaces_beyond(), expected, "{character:?}");
        }
    }

    #[test]
    fn everything_above_ascii_is_seen_as_such() {
        assert!(Class::one(b'a'.into()).complement().set().shows_in_bytes());
        assert!(Class::EMPTY.with(0, 0xD7FF).with(0xE000, HIGHEST).set().shows_in_bytes());
        assert!(!Class::EMPTY.with(0x81, HIGHEST).set().shows_in_bytes());
        assert!(!Class::EMPTY.with(0x80, 0xD7FF).set().shows_in_bytes());
        assert!(Class::digits().set().shows_in_bytes());
    }

    #[test]
    fn more_ranges_than_fit_are_noticed() {
        let class = (0..=Class::CAPACITY as u32).fold(Class::EMPTY, |class, at| class.with(at * 2, at * 2));
        assert!(class.overflows());
    }
}
