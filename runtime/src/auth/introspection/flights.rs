//! Questions that are open: one for each token, and so many at once.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;
use futures_util::{
    FutureExt,
    future::{Shared, WeakShared},
};

use crate::auth::Mark;

/// A question that several may wait for. Whoever waits drives it, so that it goes on when the first of them is gone.
pub(super) type Flight<T> = Shared<Work<T>>;

type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The questions that are open.
pub(super) struct Flights<T> {
    limit: usize,
    /// One that nobody waits for any more is none: what it would say late is not waited for by others.
    open: Mutex<HashMap<Mark, WeakShared<Work<T>>, RandomState>>,
}

/// What came of asking.
pub(super) enum Joined<T: Clone> {
    /// The answer is there already.
    Landed(T),
    /// Wait for this.
    Flight(Flight<T>),
    /// So many questions are open that there is no other.
    Busy,
}

impl<T: Clone> Flights<T> {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, open: Mutex::default() }
    }

    /// Joins the question that is open about `mark`, or starts it.
    pub(super) fn join(
        &self,
        mark: Mark,
        landed: impl FnOnce() -> Option<T>,
        start: impl FnOnce() -> Work<T>,
    ) -> Joined<T> {
        let mut open = self.lock();
        if let Some(flight) = open.get(&mark).and_then(WeakShared::upgrade) {
            return Joined::Flight(flight);
        }
        if let Some(answer) = landed() {
            return Joined::Landed(answer);
        }
        if self.limit <= open.len() {
            open.retain(|_, flight| flight.upgrade().is_some());
        }
        if self.limit <= open.len() {
            return Joined::Busy;
        }
        let flight = start().shared();
        match flight.downgrade() {
            Some(weak) => _ = open.insert(mark, weak),
            // A future that was not polled yet is not over.
            None => return Joined::Busy,
        }
        Joined::Flight(flight)
    }

    /// The question is answered.
    pub(super) fn land(&self, mark: &Mark) {
        self.lock().remove(mark);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Mark, WeakShared<Work<T>>, RandomState>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
