//! A set of catalogue entries as bits: comparing what a caller has with what a policy asks is one instruction.

/// A set of scopes or roles, one bit for each entry of a catalogue.
///
/// ```
/// use palisade::policy::Mask;
///
/// let granted = Mask::EMPTY.with(0).with(3);
/// assert!(granted.contains(3));
/// assert!(granted.covers(Mask::EMPTY.with(0)));
/// assert!(!granted.covers(Mask::EMPTY.with(1)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mask(u128);

impl Mask {
    /// The set with nothing in it.
    pub const EMPTY: Self = Self(0);
    /// How many entries a catalogue can hold.
    pub const CAPACITY: usize = u128::BITS as usize;

    /// This set and the entry at `index`. An index beyond [`Mask::CAPACITY`] adds nothing.
    #[must_use]
    pub const fn with(self, index: usize) -> Self {
        if index < Self::CAPACITY { Self(self.0 | (1 << index)) } else { self }
    }

    /// Every entry of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The entries of this set that `other` lacks.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the entry at `index` is in the set.
    #[must_use]
    pub const fn contains(self, index: usize) -> bool {
        index < Self::CAPACITY && self.0 & (1 << index) != 0
    }

    /// Whether every entry of `other` is in the set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The bits, lowest entry first.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// The indexes of the entries, ascending.
    pub fn indexes(self) -> impl Iterator<Item = usize> {
        (0..Self::CAPACITY).filter(move |index| self.contains(*index))
    }
}
