//! The limiter that a gate owns: rates kept in this process or in a store elsewhere.

use std::{error::Error, fmt};

use super::{Admission, Charge, Outage, Store, memory::Memory};

/// Decides whether a request is within its rates.
///
/// ```
/// use palisade::limit::Limiter;
///
/// let limiter = Limiter::memory_with(1_000_000)?;
/// assert!(Limiter::memory_with(0).is_err());
/// # let _ = limiter;
/// # Ok::<(), palisade::limit::InvalidCapacity>(())
/// ```
pub struct Limiter {
    kept: Kept,
}

enum Kept {
    Memory(Memory),
    Shared(Box<dyn Store>),
}

impl Limiter {
    /// Keys that [`Limiter::memory`] keeps.
    pub const DEFAULT_KEYS: usize = 131_072;

    /// Keys that a limiter in memory can keep at most.
    pub const MOST_KEYS: usize = 1 << 27;

    /// Keeps rates in this process, for [`Limiter::DEFAULT_KEYS`] keys in 3 MiB that never grow.
    #[must_use]
    pub fn memory() -> Self {
        Self { kept: Kept::Memory(Memory::new(Self::DEFAULT_KEYS)) }
    }

    /// Keeps rates in this process for so many keys, in about 24 bytes a key that never grow. Only keys that are
    /// not at their full burst count: the others need no memory.
    ///
    /// # Errors
    /// When it is zero, or above [`Limiter::MOST_KEYS`].
    pub fn memory_with(capacity_keys: usize) -> Result<Self, InvalidCapacity> {
        match capacity_keys {
            0 => Err(InvalidCapacity::Zero),
            1..=Self::MOST_KEYS => Ok(Self { kept: Kept::Memory(Memory::new(capacity_keys)) }),
            _ => Err(InvalidCapacity::TooLarge),
        }
    }

    /// Keeps rates in a store elsewhere.
    #[must_use]
    pub fn shared(store: impl Store) -> Self {
        Self { kept: Kept::Shared(Box::new(store)) }
    }

    /// Takes one unit for each charge, or none at all when one of them is refused. `now` is in nanoseconds of a
    /// clock that does not go back; if it does, it counts as standing still.
    ///
    /// In memory this neither waits nor allocates.
    ///
    /// # Errors
    /// When the store cannot tell, or there are more charges than [`Admission::CAPACITY`].
    pub async fn admit(&self, charges: &[Charge<'_>], now: u64) -> Result<Admission, Outage> {
        match &self.kept {
            Kept::Memory(memory) => memory.admit(charges, now),
            Kept::Shared(store) => store.admit(charges, now).await,
        }
    }

    /// The same at once, without a future: `None` when the rates are kept elsewhere.
    ///
    /// # Errors
    /// Within, as [`Limiter::admit`].
    #[must_use]
    pub fn try_admit_now(&self, charges: &[Charge<'_>], now: u64) -> Option<Result<Admission, Outage>> {
        match &self.kept {
            Kept::Memory(memory) => Some(memory.admit(charges, now)),
            Kept::Shared(_) => None,
        }
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kept {
            Kept::Memory(_) => "Limiter::memory",
            Kept::Shared(_) => "Limiter::shared",
        })
    }
}

/// Why a limiter cannot keep so many keys.
///
/// ```
/// use palisade::limit::{InvalidCapacity, Limiter};
///
/// assert_eq!(Limiter::memory_with(0).err(), Some(InvalidCapacity::Zero));
/// assert_eq!(InvalidCapacity::Zero.to_string(), "a limiter for no keys refuses everybody: give it at least 1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidCapacity {
    /// No key at all.
    Zero,
    /// More than [`Limiter::MOST_KEYS`].
    TooLarge,
}

impl fmt::Display for InvalidCapacity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Zero => "a limiter for no keys refuses everybody: give it at least 1",
            Self::TooLarge => "a limiter in memory keeps at most 134217728 keys: share a store beyond that",
        })
    }
}

impl Error for InvalidCapacity {}
