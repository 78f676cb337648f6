//! The store in memory: bounded in keys and in bytes. It forgets what is over, and nothing else to make room.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;

use super::{Capacity, Claim, Claimed, Fingerprint, KeptAnswer, Promise, Slot, Store, Ticket};

/// Slots behind one lock, which is held for a look-up and no longer.
pub(super) struct Memory {
    capacity: Capacity,
    table: Mutex<Table>,
}

struct Table {
    entries: HashMap<Slot, Entry, RandomState>,
    /// When answers end, the first in front.
    ends: BTreeSet<(u64, Slot)>,
    bytes: usize,
    tickets: u64,
}

struct Entry {
    fingerprint: Fingerprint,
    state: State,
}

enum State {
    /// There is no lease: the process that holds it is the one that would forget it.
    Running(Ticket),
    Answered(KeptAnswer),
}

impl Memory {
    /// What a slot takes beside its answer, roughly.
    const SLOT: usize = 256;

    pub(super) fn new(capacity: Capacity) -> Self {
        let table = Table { entries: HashMap::default(), ends: BTreeSet::new(), bytes: 0, tickets: 0 };
        Self { capacity, table: Mutex::new(table) }
    }

    fn claim_now(&self, claim: &Claim) -> Claimed {
        let mut table = self.lock();
        table.forget(claim.now);
        if let Some(entry) = table.entries.get(&claim.slot) {
            return match &entry.state {
                _ if entry.fingerprint != claim.fingerprint => Claimed::Differs,
                State::Running(_) => Claimed::Running,
                State::Answered(answer) => Claimed::Answered(answer.clone()),
            };
        }
        if self.capacity.keys <= table.entries.len() || self.capacity.bytes < table.bytes + Self::SLOT {
            return Claimed::Full;
        }
        table.tickets += 1;
        let ticket = Ticket::new(table.tickets);
        table.bytes += Self::SLOT;
        table.entries.insert(claim.slot, Entry { fingerprint: claim.fingerprint, state: State::Running(ticket) });
        Claimed::Granted(ticket)
    }

    /// Room was asked for before the request ran. An answer that is larger than what is left is kept all the same: the
    /// request was carried out, and must not be again.
    fn keep_now(&self, slot: &Slot, ticket: Ticket, answer: &KeptAnswer, until: u64) {
        let mut table = self.lock();
        let Some(entry) = table.entries.get_mut(slot) else { return };
        if entry.is_held_by(ticket) {
            entry.state = State::Answered(answer.clone());
            table.bytes += answer.size();
            table.ends.insert((until, *slot));
        }
    }

    fn release_now(&self, slot: &Slot, ticket: Ticket) {
        let mut table = self.lock();
        if table.entries.get(slot).is_some_and(|entry| entry.is_held_by(ticket)) {
            table.remove(slot);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Forgets the answers whose time is over, each once.
    fn forget(&mut self, now: u64) {
        while let Some((until, slot)) = self.ends.first().copied()
            && until <= now
        {
            self.ends.pop_first();
            self.remove(&slot);
        }
    }

    fn remove(&mut self, slot: &Slot) {
        let freed = match self.entries.remove(slot).map(|entry| entry.state) {
            None => 0,
            Some(State::Running(_)) => Memory::SLOT,
            Some(State::Answered(answer)) => Memory::SLOT + answer.size(),
        };
        self.bytes = self.bytes.saturating_sub(freed);
    }
}

impl Entry {
    fn is_held_by(&self, ticket: Ticket) -> bool {
        matches!(self.state, State::Running(holder) if holder == ticket)
    }
}

impl Store for Memory {
    fn claim<'a>(&'a self, claim: &'a Claim) -> Promise<'a, Claimed> {
        Box::pin(async { Ok(self.claim_now(claim)) })
    }

    fn keep<'a>(&'a self, slot: &'a Slot, ticket: Ticket, answer: &'a KeptAnswer, until: u64) -> Promise<'a, ()> {
        Box::pin(async move {
            self.keep_now(slot, ticket, answer, until);
            Ok(())
        })
    }

    fn release<'a>(&'a self, slot: &'a Slot, ticket: Ticket) -> Promise<'a, ()> {
        Box::pin(async move {
            self.release_now(slot, ticket);
            Ok(())
        })
    }
}
