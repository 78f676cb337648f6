//! A set of characters as the checks need it: ASCII exactly, everything else roughly.

/// ASCII characters as bits, and how much of the rest is in.
#[derive(Clone, Copy)]
pub(super) struct Set {
    ascii: u128,
    beyond: Beyond,
}

/// Which characters above ASCII a set holds.
#[derive(Clone, Copy)]
pub(super) enum Beyond {
    None,
    Some,
    All,
}

const UPPERCASE: u128 = ((1 << 26) - 1) << b'A';
const LOWERCASE: u128 = ((1 << 26) - 1) << b'a';
/// Tab, line feed, vertical tab, form feed, carriage return and space: the ASCII part of `char::is_whitespace`.
const SPACES: u128 = 0b1_1111 << 9 | 1 << b' ';

impl Set {
    pub(super) const EMPTY: Self = Self::new(0, Beyond::None);

    pub(super) const fn new(ascii: u128, beyond: Beyond) -> Self {
        Self { ascii, beyond }
    }

    pub(super) const fn union(self, other: Self) -> Self {
        let beyond = match (self.beyond, other.beyond) {
            (Beyond::None, Beyond::None) => Beyond::None,
            // Where one holds some, a byte cannot tell what belongs to which.
            (Beyond::Some, _) | (_, Beyond::Some) => Beyond::Some,
            (Beyond::All, _) | (_, Beyond::All) => Beyond::All,
        };
        Self::new(self.ascii | other.ascii, beyond)
    }

    /// Whether both may hold the same character.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.ascii & other.ascii != 0 || !(matches!(self.beyond, Beyond::None) || matches!(other.beyond, Beyond::None))
    }

    /// Whether the first byte of a character tells if it is in.
    pub(super) const fn shows_in_bytes(self) -> bool {
        !matches!(self.beyond, Beyond::Some)
    }

    pub(super) const fn is_ascii(self) -> bool {
        matches!(self.beyond, Beyond::None)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.ascii == 0 && self.is_ascii()
    }

    /// The ASCII characters, one bit each.
    pub(super) const fn ascii(self) -> u128 {
        self.ascii
    }

    /// The lowest and the highest, if the set holds all ASCII characters between them and nothing else.
    pub(super) const fn range(self) -> Option<(u8, u8)> {
        if self.ascii == 0 || !self.is_ascii() {
            return None;
        }
        let (lowest, highest) = (self.ascii.trailing_zeros(), 127 - self.ascii.leading_zeros());
        if self.ascii.count_ones() == highest - lowest + 1 { Some((lowest as u8, highest as u8)) } else { None }
    }

    /// Whether `other` holds nothing more. Only for sets that show in bytes.
    pub(super) const fn covers(self, other: Self) -> bool {
        other.ascii & !self.ascii == 0 && (other.is_ascii() || matches!(self.beyond, Beyond::All))
    }

    pub(super) const fn only_uppercase(self) -> bool {
        self.is_ascii() && self.ascii & !UPPERCASE == 0
    }

    pub(super) const fn only_lowercase(self) -> bool {
        self.is_ascii() && self.ascii & !LOWERCASE == 0
    }

    pub(super) const fn has_ascii_space(self) -> bool {
        self.ascii & SPACES != 0
    }

    pub(super) const fn has_ascii_other_than_space(self) -> bool {
        self.ascii & !SPACES != 0
    }
}
