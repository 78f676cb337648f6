//! Marks in memory: bounded, and never forgotten before their time to make room.

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    hash::BuildHasher,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use foldhash::quality::RandomState;

use super::{Mark, ReplayFault, ReplayStore, Sighted, Sighting};

/// Remembers marks in this process: right for one process, and for tests. Several processes need a store that they share,
/// since each would let the same message in once.
///
/// A mark takes about a hundred bytes. What a store must hold is what comes within the longest window: 100 proofs a second,
/// good for five minutes, are 30,000 marks. Where there is no room, messages are refused (503) until older marks have had
/// their time.
///
/// ```
/// use palisade::auth::{Mark, MemoryReplays, ReplayFault, ReplayStore, Sighting};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), ReplayFault> {
/// let replays = MemoryReplays::new(100_000);
/// let (mark, now) = (Mark::new("dpop", b"thumbprint", b"jti-1"), 1_800_000_000);
/// assert_eq!(replays.sight(&mark, now, now + 300).await?, Sighting::First);
/// assert_eq!(replays.sight(&mark, now + 1, now + 300).await?, Sighting::Again);
/// # Ok(())
/// # }
/// ```
pub struct MemoryReplays {
    capacity: usize,
    kept: AtomicUsize,
    /// The second in which all shards were last searched for marks that are over.
    swept: AtomicU64,
    hasher: RandomState,
    shards: [Mutex<Shard>; MemoryReplays::SHARDS],
}

#[derive(Default)]
struct Shard {
    marks: HashSet<Mark, RandomState>,
    /// The same marks by their last second, the first to go in front.
    ends: BTreeMap<u64, Vec<Mark>>,
    /// The last second whose marks were forgotten.
    forgotten: u64,
}

impl MemoryReplays {
    /// Two requests that read the clock one after the other may come here in the other order. A mark stays this many seconds
    /// longer, so that the later one does not make room for a repetition by the earlier one.
    const GRACE: u64 = 2;
    const SHARDS: usize = 64;

    /// A store for `capacity` marks, and not one more.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            kept: AtomicUsize::new(0),
            swept: AtomicU64::new(0),
            hasher: RandomState::default(),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }

    fn sight_now(&self, mark: &Mark, now: u64, until: u64) -> Result<Sighting, ReplayFault> {
        if let Some(sighting) = self.try_sight(mark, now, until) {
            return Ok(sighting);
        }
        // Searching everything helps once in a second: a flood must not make each request do it.
        if self.swept.swap(now, Ordering::Relaxed) != now {
            self.shards.iter().for_each(|shard| self.forget(&mut lock(shard), now));
        }
        self.try_sight(mark, now, until).ok_or(ReplayFault::Full)
    }

    /// `None` where there is no room.
    fn try_sight(&self, mark: &Mark, now: u64, until: u64) -> Option<Sighting> {
        let mut shard = lock(self.shard(mark)?);
        self.forget(&mut shard, now);
        let end = until.saturating_add(Self::GRACE);
        // Whoever comes this late, by a clock that was read long ago or set back, may have come before: nobody knows any more.
        if end <= shard.forgotten || shard.marks.contains(mark) {
            return Some(Sighting::Again);
        }
        self.kept
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |kept| (kept < self.capacity).then_some(kept + 1))
            .ok()?;
        shard.marks.insert(*mark);
        shard.ends.entry(end).or_default().push(*mark);
        Some(Sighting::First)
    }

    /// Forgets the marks of a shard whose time is over, each once.
    fn forget(&self, shard: &mut Shard, now: u64) {
        while let Some(entry) = shard.ends.first_entry()
            && *entry.key() < now
        {
            let (end, over) = entry.remove_entry();
            shard.forgotten = end;
            over.iter().for_each(|mark| _ = shard.marks.remove(mark));
            self.kept.fetch_sub(over.len(), Ordering::Relaxed);
        }
    }

    fn shard(&self, mark: &Mark) -> Option<&Mutex<Shard>> {
        // Whose mark it is may choose it, so it is the keyed hash that says where it goes.
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
        self.shards.get(self.hasher.hash_one(mark) as usize % Self::SHARDS)
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ReplayStore for MemoryReplays {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        Box::pin(async move { self.sight_now(mark, now, until) })
    }
}

impl fmt::Debug for MemoryReplays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MemoryReplays").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Barrier, thread};

    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn mark(number: usize) -> Mark {
        Mark::new("test", b"owner", &number.to_le_bytes())
    }

    #[test]
    fn rule_55_a_mark_is_seen_once_until_its_time_is_over() {
        let replays = MemoryReplays::new(10);
        assert_eq!(replays.sight_now(&mark(1), NOW, NOW + 60), Ok(Sighting::First));
        for now in [NOW, NOW + 1, NOW + 60] {
            assert_eq!(replays.sight_now(&mark(1), now, now + 60), Ok(Sighting::Again), "{now}");
        }
        assert_eq!(replays.sight_now(&mark(2), NOW + 60, NOW + 120), Ok(Sighting::First));
        assert_eq!(replays.sight_now(&mark(1), NOW + 63, NOW + 120), Ok(Sighting::First));
    }

    #[test]
    fn rule_55_a_clock_that_was_read_a_moment_earlier_sees_the_mark_too() {
        let replays = MemoryReplays::new(10);
        assert_eq!(replays.sight_now(&mark(1), NOW, NOW), Ok(Sighting::First));
        replays.shards.iter().for_each(|shard| replays.forget(&mut lock(shard), NOW + 1));
        assert_eq!(replays.sight_now(&mark(1), NOW, NOW), Ok(Sighting::Again));
    }

    #[test]
    fn rule_55_what_was_forgotten_is_not_let_in_again_by_an_earlier_clock() {
        let replays = MemoryReplays::new(1_000);
        assert_eq!(replays.sight_now(&mark(1), NOW, NOW + 60), Ok(Sighting::First));
        replays.shards.iter().for_each(|shard| replays.forget(&mut lock(shard), NOW + 100));
        for now in [NOW, NOW + 59, NOW + 60] {
            assert_eq!(replays.sight_now(&mark(1), now, NOW + 60), Ok(Sighting::Again), "{now}");
        }
        assert_eq!(replays.sight_now(&mark(1), NOW + 59, NOW + 119), Ok(Sighting::First));
    }

    #[test]
    fn rule_55_a_full_store_says_so_and_forgets_nothing_that_is_needed() {
        let replays = MemoryReplays::new(100);
        for number in 0..100 {
            assert_eq!(replays.sight_now(&mark(number), NOW, NOW + 60), Ok(Sighting::First));
        }
        for number in 100..1_100 {
            assert_eq!(replays.sight_now(&mark(number), NOW + 60, NOW + 120), Err(ReplayFault::Full));
        }
        for number in 0..100 {
            assert_eq!(replays.sight_now(&mark(number), NOW + 60, NOW + 120), Ok(Sighting::Again));
        }
    }

    #[test]
    fn rule_55_room_is_made_by_time_alone_whatever_shard_it_is_in() {
        let replays = MemoryReplays::new(100);
        for number in 0..100 {
            assert_eq!(replays.sight_now(&mark(number), NOW, NOW + 60), Ok(Sighting::First));
        }
        for number in 100..200 {
            assert_eq!(replays.sight_now(&mark(number), NOW + 63, NOW + 120), Ok(Sighting::First));
        }
        assert_eq!(replays.kept.load(Ordering::Relaxed), 100);
        for shard in &replays.shards {
            let shard = lock(shard);
            assert_eq!(shard.marks.len(), shard.ends.values().flatten().count());
        }
    }

    #[test]
    fn rule_55_of_many_at_once_one_is_the_first() {
        let (replays, barrier) = (MemoryReplays::new(1_000), Barrier::new(8));
        let firsts: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        let sighted = (0..100).map(|number| replays.sight_now(&mark(number), NOW, NOW + 60));
                        sighted.filter(|sighted| *sighted == Ok(Sighting::First)).count()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(firsts, 100);
    }
}
