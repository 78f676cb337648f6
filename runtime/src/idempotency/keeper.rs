//! What a gate owns: where first answers are kept, and for how long a request may run.

use std::{error::Error, fmt, time::Duration};

use super::{Store, memory::Memory};

/// Keeps the first answers to requests of `idempotent` endpoints.
///
/// ```
/// use std::time::Duration;
///
/// use palisade::idempotency::{Capacity, Idempotency};
///
/// let idempotency = Idempotency::memory_with(Capacity { keys: 1_000_000, bytes: 1 << 30 })?;
/// let patient = idempotency.lease(Duration::from_secs(900));
/// # let _ = patient;
/// # Ok::<(), palisade::idempotency::InvalidCapacity>(())
/// ```
pub struct Idempotency {
    store: Box<dyn Store>,
    lease: Duration,
}

/// How much a store in memory holds: as many keys as there are requests in the time that answers are kept, and their
/// answers. What is beyond is refused with 503, since to forget an answer is to carry out a request twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Keys.
    pub keys: usize,
    /// Bytes of all answers, and of what it takes to find them.
    pub bytes: usize,
}

impl Idempotency {
    /// What [`Idempotency::memory`] holds: 262,144 keys, 256 MiB.
    pub const DEFAULT_CAPACITY: Capacity = Capacity { keys: 1 << 18, bytes: 1 << 28 };

    /// A request that runs longer than this may be carried out a second time, should its process be taken for dead.
    pub const DEFAULT_LEASE: Duration = Duration::from_secs(300);

    /// Keeps answers in this process, within [`Idempotency::DEFAULT_CAPACITY`]. They are gone when it ends, and no other process
    /// knows them.
    #[must_use]
    pub fn memory() -> Self {
        Self::shared(Memory::new(Self::DEFAULT_CAPACITY))
    }

    /// Keeps answers in this process, within this capacity.
    ///
    /// # Errors
    /// When there is no room for a single key.
    pub fn memory_with(capacity: Capacity) -> Result<Self, InvalidCapacity> {
        match capacity {
            Capacity { keys: 0, .. } | Capacity { bytes: 0, .. } => Err(InvalidCapacity),
            Capacity { .. } => Ok(Self::shared(Memory::new(capacity))),
        }
    }

    /// Keeps answers in a store that outlives this process, or that several share.
    #[must_use]
    pub fn shared(store: impl Store) -> Self {
        Self { store: Box::new(store), lease: Self::DEFAULT_LEASE }
    }

    /// The longest that a request can run, in whole seconds and at least one. After that, a key that a shared store was not
    /// given back is free again: its process has died. A store in memory dies with it, and needs no lease.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    pub(crate) fn lease_seconds(&self) -> u64 {
        self.lease.as_secs().max(1)
    }
}

impl fmt::Debug for Idempotency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idempotency").field("lease", &self.lease).finish_non_exhaustive()
    }
}

/// A store without room for a single key.
///
/// ```
/// use palisade::idempotency::{Capacity, Idempotency, InvalidCapacity};
///
/// assert_eq!(Idempotency::memory_with(Capacity { keys: 0, bytes: 1 }).err(), Some(InvalidCapacity));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCapacity;

impl fmt::Display for InvalidCapacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a store without room refuses everybody: give it at least one key, and bytes for its answer")
    }
}

impl Error for InvalidCapacity {}
